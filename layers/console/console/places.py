"""Where records are: at the admin API, and on the screens."""

from urllib.parse import quote

from retailhub.domain.catalogues import BUILT_IN, CATALOGUES
from retailhub.domain.directories import DIRECTORIES

KEPT_AT: dict[str, str] = {
    **{definition.kind: f"/catalogues/{definition.path}" for definition in CATALOGUES},
    **{definition.kind: f"/{definition.path}" for definition in DIRECTORIES},
}
"""What people keep by hand → where the API keeps it."""

SEEN_AT: dict[str, str] = {
    **KEPT_AT,
    **{one.kind: f"/settings/{one.path}" for one in DIRECTORIES if one.few},
    "customer": "/customers",
    "lead": "/leads",
    "opportunity": "/opportunities",
    "order": "/orders",
    "contract": "/contracts",
    "product": "/products",
    "connection": "/connections",
    "ownership_rule": "/settings/ownership-rules",
    "order_automation": "/settings/order-automations",
}
"""Kind → where its records have pages, below /console."""

SET_AT = {
    "duplicate_settings": "/settings/duplicates",
    "point_settings": "/settings/points",
    "lead_sync": "/settings/lead-sync",
    "api_key": "/settings/api-keys",
    "flow": "/flows",
}
"""What has one page for all of its kind."""

NARROWED: dict[str, dict[str, str]] = {
    "customer": {"employee": "owner", "source": "source", "customer_group": "group"},
    "lead": {"employee": "owner", "source": "source"},
    "opportunity": {"employee": "owner", "loss_reason": "loss_reason"},
    "contract": {"employee": "owner", "contract_type": "contract_type"},
    "product": {"product_type": "product_type"},
    "supplier": {"supplier_type": "supplier_type"},
    "contact": {"contact_position": "contact_position"},
    "ticket": {"employee": "owner", "ticket_priority": "priority"},
    "employee": {"department": "department"},
}
"""Lists that can be narrowed to those who name a record: their kind → the record's kind → the filter."""


def page_of(kind: str, record_id: str) -> str:
    """The address of a record's page, below /console; "" for a kind that has none. A source that integrations write
    goes by its key, for its id may hold what no address can."""
    if kind not in SEEN_AT:
        return SET_AT.get(kind, "")
    told = str(BUILT_IN[record_id].key) if kind == "source" and record_id in BUILT_IN else record_id
    return f"{SEEN_AT[kind]}/{quote(told, safe='')}"


def list_of(kind: str, of: str, record_id: str) -> str:
    """The list of those records of a kind that name a record, or "" if there is no such list."""
    asked = NARROWED.get(kind, {}).get(of)
    return f"{SEEN_AT[kind]}?{asked}={quote(record_id, safe='')}" if asked else ""
