"""Quy tắc chuyển chủ sở hữu (R-OWN) and the automations of orders (R-GA): made, tried out, moved, switched."""

from itertools import zip_longest
from typing import Any

from aws_lambda_powertools.event_handler import Response

from console import words
from console.forms import Form, filled
from console.hub_api import Refused
from console.routing import Screens
from console.visit import Visit
from retailhub.api.messages import said
from retailhub.crm.lead_sync import NAME as CLOUD_NAME
from retailhub.domain.lead_sync import LEAD_SYNC

Popup = dict[str, Any] | None

screens = Screens()
RULES, AUTOMATIONS = "/ownership-rules", "/order-automations"
PEOPLE = ("created_by", "updated_by")
LATEST_ORDERS = 100
"""Orders that are looked at for sources to propose."""
LONGEST_ID = 60
NEW_RULE = {
    "event": "customer_created",
    "assign": "employee",
    "active": "true",
    "condition_field": "source",
    "condition_op": "=",
    "condition_value": "",
}
NEW: dict[str, Any] = {}
"""The popup of a rule that is not there yet."""
NEW_AUTOMATION = {"order_type": "sale", "active": "true", "branch_source": "", "branch_employee": ""}


@screens.get("/settings/ownership-rules")
def ownership_rules(visit: Visit) -> Response[Any]:
    """The rules in the order in which they are tried, found by name (R-OWN-26)."""
    return _rules_page(visit)


@screens.get("/settings/ownership-rules/preview")
def preview_rules(visit: Visit) -> Response[Any]:
    """Who would get which customers by all active rules; nothing is changed."""
    found = visit.hub.post(f"{RULES}/preview", {"event": visit.query.get("event") or "customer_created"})
    _call_up_preview(visit, found)
    return visit.page("rules/preview.html", found=found, **_told(visit))


@screens.get("/settings/ownership-rules/value")
def value_of_condition(visit: Visit) -> Response[Any]:
    """The field in which a condition's value is entered, as its attribute wants it."""
    attribute = visit.query.get("condition_field", "")
    return visit.page("rules/value.html", attribute=attribute, **_choices(visit), **_told(visit))


@screens.get("/settings/ownership-rules/new")
def new_rule(visit: Visit) -> Response[Any]:
    """The form for a new rule, with a first condition (R-OWN-03…20)."""
    visit.form = Form(dict(NEW_RULE))
    return _rules_page(visit, NEW)


@screens.post("/settings/ownership-rules/new")
def create_rule(visit: Visit) -> Response[Any]:
    """Save a new rule, or try it out (R-OWN-21)."""
    body = filled(_rule_body(visit.form))
    try:
        if _only_to_try(visit):
            return _tried(visit, NEW, body)
        made = visit.hub.post(RULES, body, once=visit.form.once)
    except Refused as refusal:
        visit.form.refused(refusal)
        return _rules_page(visit, NEW)
    return _saved(visit, RULES, made, "created")


@screens.get("/settings/ownership-rules/<rule_id>")
def ownership_rule(visit: Visit, rule_id: str) -> Response[Any]:
    """One rule as it is, or its story."""
    rule = visit.hub.get(f"{RULES}/{rule_id}")
    _call_up(visit, [rule])
    return visit.page("rules/ownership_rule.html", rule=rule, story=_story(visit), **_told(visit))


@screens.get("/settings/ownership-rules/<rule_id>/edit")
def edit_rule(visit: Visit, rule_id: str) -> Response[Any]:
    """The popup Sửa quy tắc over the list (R-OWN-22, R-OWN-23)."""
    rule = visit.hub.get(f"{RULES}/{rule_id}")
    columns = {f"condition_{name}": [line[name] for line in rule["conditions"]] for name in ("field", "op", "value")}
    given = rule["assign_to"]
    assign = "department" if given["department"] else "employee"
    visit.form = Form.showing(rule, assign=assign, **given, **columns)
    return _rules_page(visit, rule)


@screens.post("/settings/ownership-rules/<rule_id>/edit")
def change_rule(visit: Visit, rule_id: str) -> Response[Any]:
    """Save an edited rule, or try it out (R-OWN-23)."""
    place, body = f"{RULES}/{rule_id}", _rule_body(visit.form)
    try:
        if _only_to_try(visit):
            return _tried(visit, visit.hub.get(place), filled(body))
        rule = visit.hub.patch(place, body, version=visit.form.version)
    except Refused as refusal:
        visit.form.refused(refusal)
        return _rules_page(visit, visit.hub.get(place))
    return _saved(visit, RULES, rule, "saved")


@screens.post("/settings/ownership-rules/<rule_id>/move")
def move_rule(visit: Visit, rule_id: str) -> Response[Any]:
    """One place up or down in the order in which rules are tried (A-OWN-1)."""
    order = [one["id"] for one in visit.hub.every(RULES)]
    if rule_id in order:
        place = order.index(rule_id) + (2 if visit.form.text("to") == "down" else 0)
        visit.hub.patch(f"{RULES}/{rule_id}", {"position": max(1, place)})
    return visit.go(f"/settings{RULES}", "moved")


@screens.post("/settings/ownership-rules/<rule_id>/switch")
@screens.post("/settings/order-automations/<rule_id>/switch")
def switch(visit: Visit, rule_id: str) -> Response[Any]:
    """On or off (A-OWN-10, R-GA-14)."""
    on = visit.form.flag("active")
    visit.hub.patch(f"{_collection(visit)}/{rule_id}", {"active": on})
    return visit.go(f"/settings{_collection(visit)}", "switched_on" if on else "switched_off")


@screens.post("/settings/ownership-rules/<rule_id>/delete")
@screens.post("/settings/order-automations/<rule_id>/delete")
def delete(visit: Visit, rule_id: str) -> Response[Any]:
    """Remove, after the popup was agreed to (R-OWN-25)."""
    visit.hub.delete(f"{_collection(visit)}/{rule_id}")
    return visit.go(f"/settings{_collection(visit)}", "deleted")


@screens.get("/settings/order-automations")
def order_automations(visit: Visit) -> Response[Any]:
    """The automations, found by name."""
    found = visit.hub.every(AUTOMATIONS, **visit.asked("q", "active"))
    visit.call_up(branch["employee"] for one in found for branch in one["branches"])
    return visit.page("rules/order_automations.html", automations=found, **_told(visit))


@screens.get("/settings/order-automations/new")
def new_automation(visit: Visit) -> Response[Any]:
    """The chain for a new one, with a first branch (R-GA-07…13)."""
    visit.form = Form(dict(NEW_AUTOMATION))
    return _automation_page(visit, None)


@screens.post("/settings/order-automations/new")
def create_automation(visit: Visit) -> Response[Any]:
    """Save a new automation."""
    try:
        made = visit.hub.post(AUTOMATIONS, filled(_automation_body(visit.form)), once=visit.form.once)
    except Refused as refusal:
        visit.form.refused(refusal)
        return _automation_page(visit, None)
    return _saved(visit, AUTOMATIONS, made, "created")


@screens.get("/settings/order-automations/<automation_id>")
def order_automation(visit: Visit, automation_id: str) -> Response[Any]:
    """One automation as it is, or its story."""
    automation = visit.hub.get(f"{AUTOMATIONS}/{automation_id}")
    visit.call_up(branch["employee"] for branch in automation["branches"])
    return visit.page("rules/order_automation.html", automation=automation, story=_story(visit), **_told(visit))


@screens.get("/settings/order-automations/<automation_id>/edit")
def edit_automation(visit: Visit, automation_id: str) -> Response[Any]:
    """The chain with an automation in it."""
    automation = visit.hub.get(f"{AUTOMATIONS}/{automation_id}")
    branches = automation["branches"]
    sources, employees = ([branch[name] for branch in branches] for name in ("order_source", "employee"))
    visit.form = Form.showing(automation, branch_source=sources, branch_employee=employees)
    return _automation_page(visit, automation)


@screens.post("/settings/order-automations/<automation_id>/edit")
def change_automation(visit: Visit, automation_id: str) -> Response[Any]:
    """Save an edited automation."""
    place = f"{AUTOMATIONS}/{automation_id}"
    try:
        automation = visit.hub.patch(place, _automation_body(visit.form), version=visit.form.version)
    except Refused as refusal:
        visit.form.refused(refusal)
        return _automation_page(visit, visit.hub.get(place))
    return _saved(visit, AUTOMATIONS, automation, "saved")


def _collection(visit: Visit) -> str:
    return RULES if visit.path.startswith(f"/settings{RULES}/") else AUTOMATIONS


def _saved(visit: Visit, collection: str, rule: dict[str, Any], notice: str) -> Response[Any]:
    """To the list; to the rule itself if there is something odd to be said about it (A-OWN-6, A-OWN-8)."""
    return visit.go(f"/settings{collection}" + (f"/{rule['id']}" if rule["warnings"] else ""), notice)


def _told(visit: Visit) -> dict[str, Any]:
    """What the rules' templates ask: the documents' labels, and the name of a condition's value."""
    return {
        "label": lambda key: said(f"label.{key if '.' in key else f'ownership_rules.{key}'}", visit.language),
        "value_name": lambda line: _value_name(visit, line),
    }


def _value_name(visit: Visit, line: dict[str, Any]) -> str:
    """What a condition's value is called; integrations may be named by their platform (A-OWN-7)."""
    value = str(line["value"])
    if line["field"] not in PEOPLE:
        return visit.called(value)
    return CLOUD_NAME if value == LEAD_SYNC else words.platform(visit.called(value))


def _call_up(visit: Visit, rules: list[dict[str, Any]]) -> None:
    """Look up everybody and everything that rules name."""
    lines = [line for rule in rules for line in rule["conditions"] if line["field"] != "social_page"]
    given = [one for rule in rules for one in rule["assign_to"].values()]
    visit.call_up([*given, *(line["value"] for line in lines if len(line["value"]) <= LONGEST_ID)])


def _call_up_preview(visit: Visit, found: dict[str, Any]) -> None:
    visit.call_up(one[name] for one in found["examples"] for name in ("customer", "rule", "old", "new"))


def _only_to_try(visit: Visit) -> bool:
    return visit.form.text("do") == "preview"


def _tried(visit: Visit, popup: Popup, rule: dict[str, Any]) -> Response[Any]:
    """The popup once more as it was typed, with what the rule alone would do to the customers who are there. Raises
    Refused."""
    found = visit.hub.post(f"{RULES}/preview", {"rule": rule})
    _call_up_preview(visit, found)
    return _rules_page(visit, popup, found)


def _rules_page(visit: Visit, popup: Popup = None, preview: dict[str, Any] | None = None) -> Response[Any]:
    """The list; popup: what lies over it, the form of a rule or of a new one."""
    rules = visit.hub.every(RULES, **visit.asked("q", "active"))
    _call_up(visit, rules)
    told = {"rules": rules, "popup": popup, "preview": preview, **_told(visit)}
    if popup is None:
        return visit.page("rules/ownership_rules.html", **told)
    form = visit.form
    for name in ("employee", "department"):
        if wrong := form.errors.get(f"assign_to.{name}") or form.errors.get("assign_to"):
            form.errors[name] = wrong
    lines = [
        {"field": field, "op": op, "value": value, "wrong": _wrong(form, f"conditions.{n}")}
        for n, (field, op, value) in enumerate(_conditions(form))
    ]
    told |= {"lines": lines, **_choices(visit)}
    return (visit.again if form.refusal else visit.page)("rules/ownership_rules.html", **told)


def _automation_page(visit: Visit, automation: dict[str, Any] | None) -> Response[Any]:
    form = visit.form
    branches = [
        {"source": source, "employee": employee, "wrong": _wrong(form, f"branches.{n}")}
        for n, (source, employee) in enumerate(_branches(form))
    ]
    visit.call_up(branch["employee"] for branch in branches)
    told = {
        "automation": automation,
        "branches": branches,
        "employees": visit.choices("/employees", active=True),
        "sources": _order_sources(visit),
        **_told(visit),
    }
    return (visit.again if form.refusal else visit.page)("rules/order_automation_form.html", **told)


def _story(visit: Visit) -> Any:
    """The timeline of the page's rule where it is asked for, else None."""
    if visit.query.get("tab") != "timeline":
        return None
    return visit.hub.page(f"{visit.path.removeprefix('/settings')}/timeline", **visit.asked())


def _wrong(form: Form, line: str) -> str:
    """What is wrong with a row."""
    told = [message for name, message in form.errors.items() if f"{name}.".startswith(f"{line}.")]
    return " ".join(dict.fromkeys(told))


def _conditions(form: Form) -> list[tuple[str, str, str]]:
    fields, ops, values = (form.rows(f"condition_{name}") for name in ("field", "op", "value"))
    return list(zip_longest(fields, ops, values, fillvalue=""))


def _branches(form: Form) -> list[tuple[str, str]]:
    return list(zip_longest(form.rows("branch_source"), form.rows("branch_employee"), fillvalue=""))


def _rule_body(form: Form) -> dict[str, Any]:
    assign = form.text("assign") or "employee"
    return {
        "name": form.text("name"),
        "event": form.text("event"),
        "assign_to": {assign: form.text(assign)},
        "conditions": [filled({"field": f, "op": op, "value": value}) for f, op, value in _conditions(form)],
        "active": form.flag("active"),
    }


def _automation_body(form: Form) -> dict[str, Any]:
    branches = [filled({"order_source": source, "employee": employee}) for source, employee in _branches(form)]
    return {
        "name": form.text("name"),
        "order_type": form.text("order_type"),
        "branches": branches,
        "only_if_empty": form.flag("only_if_empty"),
        "active": form.flag("active"),
    }


def _choices(visit: Visit) -> dict[str, Any]:
    """What the fields of a rule choose from. people: by whom customers are added and edited, in groups."""
    staff = visit.choices("/employees")
    connections = [*visit.choices("/connections"), (LEAD_SYNC, CLOUD_NAME)]
    people = [
        (visit.t("Nhân viên", "Employees"), staff),
        (visit.t("Dữ liệu từ kết nối", "Data of a connection"), connections),
    ]
    if visit.may("admin"):
        users = sorted({key["employee"] for key in visit.hub.every("/api-keys")} - {one for one, _ in staff})
        visit.call_up(users)
        named = [(one, visit.called(one)) for one in users]
        people.append((visit.t("Người dùng khóa API", "Users of API keys"), named))
    return {
        "employees": visit.choices("/employees", active=True),
        "departments": visit.choices("/departments"),
        "sources": visit.choices("/catalogues/sources"),
        "groups": visit.choices("/customer-groups"),
        "people": people,
    }


def _order_sources(visit: Visit) -> list[str]:
    """Sources that the latest orders came from, to be proposed."""
    latest = visit.hub.page("/orders", limit=LATEST_ORDERS)
    return sorted({order["order_source"] for order in latest.items if order["order_source"]})
