"""Members on the local stack: Haravan's customers by webhook, their points, tier and last order by Haraloyalty."""

from collections.abc import Callable
from typing import Any

from tests.local.clients import Hub
from tests.local.shops import Shops

START = 7000


def _members(hub: Hub, **params: Any) -> dict[str, dict[str, Any]]:
    return {str(one["vendor_id"]): one for one in hub.all("/members", list="haravan", **params)}


def _by_vendor_id(profiles: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Profiles by the id that Haravan has for the same invented person; one in four does not tell it itself."""
    numbers = {int(one["profile_card_number"].removeprefix("HL")): one for one in profiles}
    first = next(int(one["attributes"][0]["value"]) - n for n, one in numbers.items() if one["attributes"])
    return {str(first + n): one for n, one in numbers.items()}


def test_points_tier_and_last_order_stand_beside_the_shop_s_customers(shops: Shops, calm: Callable[[], None]) -> None:
    """R-HL-03, R-HL-05, R-HL-14, A-HL-4, A-HL-8: profiles join by Haravan's id or by phone; activated here by hand."""
    hub, shop, programme = shops.hub, shops.twins["haravan"], shops.twins["haraloyalty"]
    shop.call("POST", "/seed", {"customers": 8, "start": START, "webhooks": True})
    calm()
    programme.call("POST", "/seed", {"profiles": 8, "start": START})
    before = {str(c["vendor_id"]): c for c in hub.all("/customers") if c["external_ids"].get(shops.id("haravan"))}

    hub.call("POST", f"/connections/{shops.id('haraloyalty')}/backfills", {})
    calm()

    profiles = _by_vendor_id(programme.state("profiles"))
    assert len(profiles) == 8
    for vendor_id, profile in profiles.items():
        ours = _members(hub)[vendor_id]
        assert ours["id"] == before[vendor_id]["id"], "nobody is made for a profile"
        assert ours["external_ids"][shops.id("haraloyalty")] == str(profile["id"])
        assert (ours["points_available"], ours["level"]) == (profile["point_available"], profile["level_name"])
        assert (ours["last_purchase_at"] or "")[:19] == (profile["last_order_at"] or "")[:19]

    vendor_id, profile = next(iter(profiles.items()))
    programme.change("profiles", profile["id"], {"point_available": 4321, "level_name": "Kim cương"})
    hub.run("HaraloyaltyCatchUp")
    calm()
    hub.call("POST", f"/members/{before[vendor_id]['id']}/activate")
    member = _members(hub, registered="true")[vendor_id]
    assert (member["points_available"], member["level"], member["registered"]) == (4321, "Kim cương", True)
