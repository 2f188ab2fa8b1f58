"""Names come from outside platforms and from people: whatever they hold is text, on every screen."""

from typing import Any

import pytest

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import code, phone
from tests.local.clients import Hub
from tests.local.screenshots import paths

HOSTILE = """<script>window.pwned=1</script><img src=x onerror="window.pwned=1">'"></option>{{7*7}}"""


@pytest.fixture
def everything(hub: Hub) -> None:
    """One of each kind of record, with script text in every field that takes text."""
    made: dict[str, Any] = {}

    def make(kind: str, path: str, **fields: Any) -> None:
        made[kind] = hub.call("POST", path, {"name": f"{HOSTILE} {code('x')}", **fields})["id"]

    for kind in ("loss-reasons", "contract-types", "contact-positions"):
        make(kind, f"/catalogues/{kind}", description=HOSTILE)
    make("priority", "/catalogues/ticket-priorities", resolve_time=1, description=HOSTILE)
    make("product-type", "/catalogues/product-types", code=code("<b>"))
    make("supplier-type", "/catalogues/supplier-types", code=code("<b>"))
    make("source", "/catalogues/sources", key=code("h").lower())
    make("department", "/departments", description=HOSTILE)
    make("employee", "/employees", department=made["department"])
    make("group", "/customer-groups", group_type=HOSTILE, description=HOSTILE)
    make("supplier", "/suppliers", code=code("<b>"), address=HOSTILE, note=HOSTILE, supplier_type=made["supplier-type"])
    person = {"owner": made["employee"], "source": made["source"], "groups": [made["group"]], "note": HOSTILE}
    own = {"custom": {HOSTILE[:50]: HOSTILE}, "social_page": HOSTILE, "addresses": [{"line": HOSTILE, "name": HOSTILE}]}
    make("customer", "/customers", phone=phone(), code=HOSTILE, website=HOSTILE, **person, **own)
    make("contact", "/contacts", customer=made["customer"], note=HOSTILE)
    make("lead", "/leads", phone=phone(), social_page=HOSTILE, **person)
    lost = {"status": "lost", "loss_reason": made["loss-reasons"]}
    make("opportunity", "/opportunities", lead=made["lead"], owner=made["employee"], note=HOSTILE, **lost)
    deal = {"customer": made["customer"], "contract_type": made["contract-types"], "branch": HOSTILE, "seller": HOSTILE}
    line = {"name": HOSTILE, "sku": HOSTILE, "quantity": 1, "price": 5}
    contract = {"code": f"{HOSTILE} {code('x')}", "value": 5, "items": [line], "note": HOSTILE}
    hub.call("POST", "/contracts", contract | deal)
    ticket = {"customer": made["customer"], "priority": made["priority"], "owner": made["employee"]}
    hub.call("POST", "/tickets", {"title": HOSTILE, "description": HOSTILE, **ticket})
    hub.call("POST", "/connections", {"platform": "crmviet", "name": HOSTILE})
    condition = {"field": "social_page", "op": "=", "value": HOSTILE}
    give = {"assign_to": {"department": made["department"]}, "conditions": [condition]}
    make("rule", "/ownership-rules", event="customer_created", **give)
    make("automation", "/order-automations", branches=[{"order_source": HOSTILE, "employee": made["employee"]}])
    hub.call("POST", f"/members/{made['customer']}/activate", {})


@pytest.mark.once
@pytest.mark.usefixtures("everything")
def test_script_text_in_every_field_stays_text_on_every_screen(screen: Screen, hub: Hub) -> None:
    """Nothing of it runs, and no page has to rely on the browser's policy for that: it has nothing to complain of."""
    for path in paths(hub):
        screen.open(path)
        screen.page.wait_for_load_state("networkidle")
        assert screen.page.evaluate("window.pwned") is None, path
        assert screen.page.locator("img[src=x], main script").count() == 0, path
        assert "49'" not in screen.page.content(), path
        assert screen.errors == [], path
