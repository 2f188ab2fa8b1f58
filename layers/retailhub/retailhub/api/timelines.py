"""Stories of the records whose resource has no route of its own for them: one function for all kinds."""

from collections.abc import Callable

from retailhub.api import stories
from retailhub.api.routes import Routes
from retailhub.api.shapes.base import Cursor, Limit, ListOf
from retailhub.api.shapes.records import TimelineLine
from retailhub.api.visit import Here
from retailhub.domain.records import RecordType

routes = Routes("timelines")

COLLECTIONS: dict[RecordType, str] = {
    "contract": "contracts",
    "product": "products",
    "lead": "leads",
    "opportunity": "opportunities",
    "ticket": "tickets",
    "supplier": "suppliers",
    "contact": "contacts",
    "customer_group": "customer-groups",
    "employee": "employees",
    "department": "departments",
    "ownership_rule": "ownership-rules",
    "order_automation": "order-automations",
    "loss_reason": "catalogues/loss-reasons",
    "ticket_priority": "catalogues/ticket-priorities",
    "contract_type": "catalogues/contract-types",
    "product_type": "catalogues/product-types",
    "supplier_type": "catalogues/supplier-types",
    "contact_position": "catalogues/contact-positions",
    "source": "catalogues/sources",
}


def _telling(kind: RecordType) -> Callable[..., ListOf[TimelineLine]]:
    def tell(here: Here, record_id: str, limit: Limit = 50, cursor: Cursor = None) -> ListOf[TimelineLine]:
        """Những gì đã xảy ra, theo thứ tự / What happened to it, in order"""
        return stories.told(here, kind, record_id, limit, cursor)

    tell.__name__ = f"get_{kind}_timeline"
    return tell


for _kind, _collection in COLLECTIONS.items():
    routes.get(f"/{_collection}/<record_id>/timeline", "viewer")(_telling(_kind))
