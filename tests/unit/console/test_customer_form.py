"""The form of a customer: what was typed, what was changed, what stands against it."""

from typing import Any

from console import customer_form
from console.forms import Form
from console.hub_api import Refused

HOME = {"line": "1 Lê Lợi", "province": "Huế", "phone": "+84901000001", "default": True}
CUSTOMER: dict[str, Any] = {
    **dict.fromkeys((*customer_form.TEXTS, "funnel_override")),
    "name": "Trần Thị",
    "phone": "+84901000001",
    "groups": ["customer_group_a"],
    "addresses": [{**dict.fromkeys(customer_form.ADDRESS), **HOME}],
    "custom": {"size": "M"},
    "version": 3,
}


def sent(**typed: str) -> Form:
    """The form of CUSTOMER as a browser sends it, with something typed into it."""
    shown = customer_form.showing(CUSTOMER).values
    texts = {name: shown[name] or "" for name in (*customer_form.TEXTS, customer_form.SHOWN)}
    home = {f"address_{part}": CUSTOMER["addresses"][0][part] or "" for part in customer_form.ADDRESS}
    rows = {**home, "address_default": "true", "custom_name": "size", "custom_value": "M", "groups": "customer_group_a"}
    return Form.sent({**texts, **rows, "_version": "3", **typed}.items())


def test_what_was_only_shown_is_not_sent() -> None:
    """A phone that came from the default address is not said anew because somebody writes a note (R-HRV-12)."""
    assert customer_form.changed(sent()) == {}
    assert customer_form.changed(sent(note="thích\r\nmàu xanh")) == {"note": "thích\nmàu xanh"}
    assert customer_form.changed(sent(name="")) == {"name": None}


def test_rows_in_which_nothing_stands_are_left_out() -> None:
    columns = {f"address_{part}": ["", ""] for part in customer_form.ADDRESS}
    lines = {"address_line": ["1 Lê Lợi", ""], "address_default": ["", "true"]}
    form = Form({**columns, **lines, "custom_name": "size", "custom_value": ""})
    [home] = customer_form.addresses(form)
    assert (home["line"], home["default"]) == ("1 Lê Lợi", False)
    assert customer_form.own(form) == {}


def test_a_form_that_does_not_say_what_it_showed_sends_everything() -> None:
    for shown in ("", "no json", "[]"):
        assert customer_form.changed(sent(shown=shown))["name"] == "Trần Thị"


def test_a_newer_version_is_shown_with_what_was_typed() -> None:
    """What somebody else changed is no difference; what both changed is."""
    form = sent(note="của tôi", email="toi@example.vn")
    newer = {**CUSTOMER, "email": "ho@example.vn", "name": "Trần Thị Mới", "version": 4}
    against = customer_form.merged(form, newer)
    assert against == [("email", "ho@example.vn", "toi@example.vn"), ("note", None, "của tôi")]
    assert (form.values["name"], form.values["note"], form.version) == ("Trần Thị Mới", "của tôi", "4")


def test_each_duplicate_is_said_at_its_field() -> None:
    """R-DUP-06: with the records that have the values."""
    fields, other = ["phone", "address", "custom.size"], {"type": "customer", "id": "c_1"}
    taken = [{"field": name, "existing": other} for name in fields]
    form = Form()
    refusal = Refused(409, "duplicate_phone", "Số điện thoại đã có", "phone", {"duplicates": taken})
    found = customer_form.objected(form, refusal, "vi")
    assert [one["field"] for one in found] == fields
    assert form.errors["phone"] == "Số điện thoại đã có"
    assert {"addresses", "custom.size"} <= set(form.errors)
