"""What a field that finds a record by typing is filled with."""

from typing import Any

from aws_lambda_powertools.event_handler import Response

from console.hub_api import Refused
from console.routing import Screens
from console.visit import Visit
from retailhub.domain.phones import e164

screens = Screens()
PATHS = {"customers": "/customers", "leads": "/leads", "products": "/products"}
SHOWN = 20


@screens.get("/lookup/<kind>")
def lookup(visit: Visit, kind: str) -> Response[Any]:
    """The records that match what was typed, as options; a whole phone number is looked up at once."""
    if kind not in PATHS:
        raise Refused(404, "unknown_path", visit.t("Không có trang này.", "There is no such page."))
    q = visit.query.get("q", "").strip()
    by_phone = kind == "customers" and len(q) >= 9 and e164(q)
    wanted = {"phone": q} if by_phone else {"q": q}
    found = visit.hub.page(PATHS[kind], limit=SHOWN, **wanted)
    return visit.page("parts/options.html", found=found)
