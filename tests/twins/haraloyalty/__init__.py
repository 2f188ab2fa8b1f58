"""The Haraloyalty twin: the loyalty profiles of one invented Haravan shop (mini_crm_haraloyalty.md §2.1).

Token "twin-haraloyalty-token" (Bearer). Member n is person n, and where `ref_id` is told it is the id that the Haravan
twin gives to customer n, so both can be seeded alike and joined.
GET /loy/profiles.json (since_id, phone, updated_at_min, updated_at_max, fields, page, limit), /loy/profiles/{id}.json,
/loy/profiles/{id}/tags.json, /loy/profiles/{id}/attributes.json. Points and tiers change by the control API:
PUT /_twin/records/profiles/{id} {"point_available": 500, "level_name": "Vàng"}. Adjusting points by API is not offered:
its body is not documented.
"""

from tests.twins.haraloyalty.twin import TOKEN, HaraloyaltyTwin

__all__ = ["TOKEN", "HaraloyaltyTwin"]
