"""Khách hàng: found, looked at, entered, edited, pushed to Haravan; any value tells where it comes from (R-HRV-11…41,
R-DUP, R-OWN-10, R-RWD, R-SYN-13)."""

import re
from typing import Any

from aws_lambda_powertools.event_handler import Response

from console import customer_form, profile, stories, words
from console.forms import filled
from console.hub_api import MOST, Found, Refused
from console.profile import Fact
from console.routing import Screens
from console.visit import Visit
from retailhub.domain.phones import e164

screens = Screens()
FILTERS = ("q", "owner", "source", "group", "is_buyer", "sort")
NUMBER = re.compile(r"[\d\s.()+-]{6,20}", re.ASCII)
SHORTEST_PHONE = 9
PUSHED_TO = "haravan"
TABS = ("info", "addresses", "orders", "contracts", "points", "timeline")
Customer = dict[str, Any]


@screens.get("/customers")
def customers(visit: Visit) -> Response[Any]:
    """The list with its search and filters."""
    return _list(visit)


@screens.get("/customers/lead-sync")
def lead_sync(visit: Visit) -> Response[Any]:
    """How the lead sync goes, for the list's line that asks again and again; whoever comes by hand gets the list."""
    if not visit.headers.get("hx-request"):
        return visit.go("/customers?sync=1")
    return visit.page("customers/lead_sync.html", sync=_sync(visit), refusal=None)


@screens.post("/customers/lead-sync")
def run_lead_sync(visit: Visit) -> Response[Any]:
    """Bring the leads down now (R-SYN-13); refused while a run is under way, and as long as nothing is set."""
    try:
        visit.hub.post("/lead-sync/run", once=visit.form.once)
    except Refused as refusal:
        visit.path = "/customers"
        return _list(visit, refusal)
    return visit.go("/customers?sync=1")


@screens.get("/customers/new")
def new_customer(visit: Visit) -> Response[Any]:
    """The form for a new one."""
    return _form(visit, None)


@screens.post("/customers/new")
def create_customer(visit: Visit) -> Response[Any]:
    """Enter a customer; what the settings forbid is said at the field."""
    try:
        made = visit.hub.post("/customers", filled(customer_form.body(visit.form)), once=visit.form.once)
    except Refused as refusal:
        return _form(visit, None, refusal)
    return visit.go(f"/customers/{made['id']}", "created")


@screens.get("/customers/<customer_id>")
def customer(visit: Visit, customer_id: str) -> Response[Any]:
    """One customer, tab by tab."""
    return _detail(visit, visit.hub.get(f"/customers/{customer_id}"))


@screens.post("/customers/<customer_id>")
def push_customer(visit: Visit, customer_id: str) -> Response[Any]:
    """Send name, mobile and e-mail to Haravan (R-HRV-38…41)."""
    try:
        visit.hub.post(f"/customers/{customer_id}/push", once=visit.form.once)
    except Refused as refusal:
        visit.form.refused(refusal)
        return _detail(visit, visit.hub.get(f"/customers/{customer_id}"))
    return visit.go(f"/customers/{customer_id}?tab=timeline", "pushed")


@screens.get("/customers/<customer_id>/edit")
def edit_customer(visit: Visit, customer_id: str) -> Response[Any]:
    """The form with a customer in it."""
    shown = visit.hub.get(f"/customers/{customer_id}")
    visit.form = customer_form.showing(shown)
    return _form(visit, shown)


@screens.post("/customers/<customer_id>/edit")
def change_customer(visit: Visit, customer_id: str) -> Response[Any]:
    """Save what was changed, unless somebody else changed the customer meanwhile."""
    path = f"/customers/{customer_id}"
    try:
        visit.hub.patch(path, customer_form.changed(visit.form), version=visit.form.version)
    except Refused as refusal:
        return _form(visit, visit.hub.get(path), refusal)
    return visit.go(path, "saved")


def _list(visit: Visit, refusal: Refused | None = None) -> Response[Any]:
    found = _found(visit)
    visit.call_up(one[name] for one in found.items for name in ("owner", "source"))
    return visit.page(
        "customers/list.html",
        status=refusal.status if refusal else 200,
        found=found,
        refusal=refusal,
        sync=_sync(visit) if refusal or visit.query.get("sync") else None,
        **_choices(visit),
    )


def _found(visit: Visit) -> Found:
    """The customers asked for. A number is looked up as a phone and as an Id Vendor before it is searched for."""
    asked = visit.asked(*FILTERS)
    q = str(asked.get("q", ""))
    if NUMBER.fullmatch(q):
        for wanted in _as_number(q) if "cursor" not in asked else ():
            found = visit.hub.page("/customers", limit=MOST, **{**asked, "q": None}, **wanted)
            if found.items:
                return Found(found.items)
        asked["q"] = q.replace(" ", "")
    if visit.query.get("incomplete"):  # the API has no filter for it: a page is what is left of many
        found = visit.hub.page("/customers", limit=MOST, **asked)
        return Found([one for one in found.items if one["incomplete"]], found.next_cursor)
    return visit.hub.page("/customers", **asked)


def _as_number(q: str) -> list[dict[str, str]]:
    digits = re.sub(r"\D", "", q)
    phone = [{"phone": q}] if len(digits) >= SHORTEST_PHONE and e164(q) else []
    return phone + ([{"vendor_id": q}] if q.isdigit() else [])


def _detail(visit: Visit, shown: Customer) -> Response[Any]:
    tab = visit.query.get("tab", "info")
    tab = tab if tab in TABS else "info"
    connections = {one["id"]: one for one in visit.hub.every("/connections")}
    visit.call_up([*profile.ids(shown), *shown["external_ids"]])
    refusal = visit.form.refusal
    return visit.page(
        "customers/detail.html",
        status=refusal.status if refusal else 200,
        customer=shown,
        tab=tab,
        places={one: _place(visit, one, connections) for one in (*shown["external_ids"], shown["origin"])},
        pushed=_may_be_pushed(shown) and any(one["platform"] == PUSHED_TO for one in connections.values()),
        **_of_tab(visit, shown, tab),
    )


def _of_tab(visit: Visit, shown: Customer, tab: str) -> dict[str, Any]:
    path = f"/customers/{shown['id']}"
    if tab == "info":
        return {"parts": profile.profile(shown, visit)}
    if tab == "timeline":
        return _story(visit, shown, path)
    if tab == "points":
        return _points(visit, path)
    found = visit.hub.page(f"{path}/{tab}", **visit.asked())
    visit.call_up(one.get("contract_type") for one in found.items)
    return {"found": found, "in_one_line": stories.in_one_line}


def _points(visit: Visit, path: str) -> dict[str, Any]:
    points = visit.hub.get(f"{path}/points", **visit.asked())
    visit.call_up(one for line in points["ledger"] for one in (line["contract"], line["reason"]["by"]))
    return {"points": points, "found": Found(points["ledger"], points["next_cursor"])}


def _story(visit: Visit, shown: Customer, path: str) -> dict[str, Any]:
    """The whole timeline, or those of its lines that tell where one value comes from."""
    field = visit.query.get("field", "")
    if not profile.known(field):
        return {"found": visit.hub.page(f"{path}/timeline", **visit.asked()), "why": None}
    page = visit.hub.page(f"{path}/timeline", **visit.asked(limit=MOST))
    told = [line for line in page.items if profile.speaks_of(line, field)]
    whole = page.next_cursor is None and not visit.query.get("cursor")
    found = Found(told[::-1] if whole else told, page.next_cursor)
    return {"found": found, "why": _why(visit, shown, field), "newest_first": whole}


def _why(visit: Visit, shown: Customer, field: str) -> tuple[Fact, str]:
    """The value that is asked about, and what decides it."""
    if field in ("custom", "addresses", "external_ids"):
        fact = Fact(field, profile.label(field, visit), "", filled=False)
    else:
        fact = profile.fact(shown, field, visit)
    return fact, profile.ruled(shown, field, visit)


def _form(visit: Visit, shown: Customer | None, refusal: Refused | None = None) -> Response[Any]:
    form, settings = visit.form, visit.hub.get("/duplicate-settings")["fields"]
    taken = customer_form.objected(form, refusal, visit.language) if refusal else []
    visit.call_up([*(one["id"] for one in taken), form.text("owner"), form.text("source")])
    return visit.page(
        "customers/form.html",
        status=refusal.status if refusal else 200,
        customer=shown,
        taken=taken,
        against=_against(visit, shown, refusal),
        addresses=customer_form.addresses(form),
        own=customer_form.own_rows(form, settings),
        asked={one["field"] for one in settings if one["required"]},
        **_choices(visit),
    )


def _against(visit: Visit, shown: Customer | None, refusal: Refused | None) -> list[tuple[str, str, str]] | None:
    """After somebody else's edit: what was typed and stands otherwise now (field, present value, typed value)."""
    if shown is None or refusal is None or refusal.code != "version_conflict":
        return None
    found = customer_form.merged(visit.form, shown)
    visit.call_up([*profile.ids(shown), *visit.form.many("groups")])
    return [
        (profile.label(name, visit), stories.value(name, now, visit), stories.value(name, told, visit))
        for name, now, told in found
    ]


def _sync(visit: Visit) -> dict[str, Any] | None:
    run: dict[str, Any] | None = visit.hub.get("/lead-sync")["last_run"]
    visit.call_up([run["by"]] if run else [])
    return run


def _may_be_pushed(shown: Customer) -> bool:
    return not (shown["recipient_of"] or shown["deleted"] or shown["guest"])


def _place(visit: Visit, one: str, connections: dict[str, Any]) -> str:
    """`Haravan (Shop mẫu)`; records made by hand are RetailHub's own."""
    if one == "hub":
        return "RetailHub"
    if one not in connections:
        return visit.t("một kết nối đã xóa", "a removed connection")
    return f"{words.platform(connections[one]['platform'])} ({connections[one]['name']})"


def _choices(visit: Visit) -> dict[str, Any]:
    return {
        "employees": visit.choices("/employees"),
        "sources": visit.choices("/catalogues/sources"),
        "groups": visit.choices("/customer-groups"),
    }
