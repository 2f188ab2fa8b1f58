"""Forms keep what was typed, and say it as the API takes it."""

import pytest

from console.forms import Form, filled
from console.hub_api import Refused


def sent(*pairs: tuple[str, str]) -> Form:
    return Form.sent(pairs)


def test_a_field_that_stands_several_times_is_a_list() -> None:
    form = sent(("group", "a"), ("group", ""), ("group", "b"), ("name", " Lan "))

    assert form.many("group") == ["a", "b"]
    assert form.rows("group") == ["a", "", "b"]
    assert form.text("name") == "Lan"


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("1.299.000", 1_299_000),
        ("1299000 ₫", 1_299_000),
        (" 12 ", 12),
        ("-5", -5),
        ("", None),
        ("abc", "abc"),
        ("1,5", "1,5"),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, meant: object) -> None:
    """What is no number stays as it is, for the API to refuse."""
    assert sent(("value", typed)).number("value") == meant


def test_blank_fields_empty_a_record_and_are_left_out_of_a_new_one() -> None:
    form = sent(("name", "Lan"), ("email", " "))

    assert form.texts("name", "email", "phone") == {"name": "Lan", "email": None}
    assert filled(form.texts("name", "email")) == {"name": "Lan"}


def test_a_form_keeps_its_mark_and_version_apart_from_its_fields() -> None:
    form = sent(("_once", "m1"), ("_version", "3"), ("name", "Lan"))

    assert (form.once, form.version, form.values) == ("m1", "3", {"name": "Lan"})


def test_each_new_form_has_a_mark_of_its_own() -> None:
    assert Form().once != Form().once


def test_a_refusal_stands_at_its_fields_and_their_parts() -> None:
    fields = [{"field": "phone", "message": "sai"}, {"field": "items.0.price", "message": "thiếu"}]
    form = sent(("phone", "12")).refused(Refused(422, "wrong", "Có chỗ sai", "phone", {"fields": fields}))

    assert form.errors == {"phone": "sai", "items": "thiếu", "items.0.price": "thiếu"}
    assert form.problem == "Có chỗ sai"
    assert form.values == {"phone": "12"}


def test_a_conflict_stands_at_the_field_that_it_names() -> None:
    form = sent().refused(Refused(409, "duplicate_phone", "Đã có", "phone"))

    assert form.errors == {"phone": "Đã có"}
