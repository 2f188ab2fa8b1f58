"""The fields that can be unique or required, and the form in which their values are compared."""

import pytest

from retailhub.domain import duplicates
from retailhub.domain.business import Lead
from retailhub.domain.fields import Address, Customer
from retailhub.domain.rules import DuplicateSettings, FieldSetting

BANK = {"unique": True, "required": True}


def test_the_listed_fields_are_those_of_the_screen() -> None:
    """R-DUP-04, A-DUP-1: in their order, each with a Vietnamese and an English name."""
    assert list(duplicates.FIELDS) == [
        "name", "phone", "email", "tax_code", "address", "website", "fax", "bank_account", "birthday", "source",
        "group",
    ]  # fmt: skip
    assert duplicates.label("phone") == ("Số điện thoại", "Phone")
    assert duplicates.label("custom.ma the") == ("ma the", "ma the")


@pytest.mark.parametrize(
    "field, one, other",
    [
        ("phone", {"phone": "0912.000.111"}, {"phone": "+84 912 000 111"}),
        ("fax", {"fax": "028 3822 0000"}, {"fax": "+842838220000"}),
        ("email", {"email": " An@Example.VN "}, {"email": "an@example.vn"}),
        ("name", {"name": "Trần  Thị AN"}, {"name": "trần thị an "}),
        ("custom.the", {"custom": {"the": "A 1"}}, {"custom": {"the": " a 1"}}),
        (
            "address",
            {"addresses": (Address(line="1 Lê Lợi", province="Hà Nội"),)},
            {"addresses": (Address(line="2 Lê Lợi"), Address(line="1  lê lợi", province="hà nội"))},
        ),
        ("group", {"groups": ("vip",)}, {"groups": ("moi", "VIP")}),
    ],
)
def test_values_are_compared_in_one_form(field: str, one: dict, other: dict) -> None:
    """A-DUP-4: E.164, lower case, trimmed and case-folded."""
    first, second = (set(duplicates.values(field, Customer(**fields))) for fields in (one, other))
    assert len(first) == 1
    assert first <= second


def test_accents_tell_names_apart() -> None:
    """A-DUP-4: accents are kept."""
    assert duplicates.values("name", Customer(name="Ân")) != duplicates.values("name", Customer(name="An"))


@pytest.mark.parametrize("field", [*duplicates.FIELDS, "custom.the"])
def test_a_blank_is_never_a_duplicate(field: str) -> None:
    """A-DUP-4: neither nothing at all nor spaces."""
    blank = Customer(name="  ", email="", custom={"the": " "}, addresses=(Address(province="Hà Nội"),))
    assert duplicates.values(field, blank) == ()


def test_the_name_is_always_required() -> None:
    """A-DUP-1."""
    assert duplicates.required(DuplicateSettings()) == ["name"]
    assert duplicates.missing(DuplicateSettings(), Customer()) == ("name",)


def test_nobody_is_asked_for_a_field_that_their_kind_has_not() -> None:
    """A-DUP-1: a lead has no bank account."""
    settings = DuplicateSettings(
        fields={"bank_account": FieldSetting(required=True), "custom.the": FieldSetting(**BANK)}
    )
    assert duplicates.missing(settings, Customer(name="An")) == ("bank_account", "custom.the")
    assert duplicates.missing(settings, Lead(name="An")) == ()
