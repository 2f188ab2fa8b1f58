"""Instants, phones, names and money in the one form in which the hub compares them."""

from decimal import Decimal

import pytest
from pydantic import BaseModel, ValidationError

from retailhub.domain.identity import hub_id_of, recipient_id, record_id, remote_code, same_person
from retailhub.domain.instants import after, instant, vietnam_day
from retailhub.domain.money import Money
from retailhub.domain.phones import e164, folded, local, tidy


class Price(BaseModel):
    amount: Money


@pytest.mark.parametrize(
    "told",
    ["2024-04-20T10:09:21.1000000", "2024-04-20T10:09:21.1+07:00", "2024-04-20T03:09:21.100Z", "2024-04-20 10:09:21.1"],
)
def test_stamps_are_compared_as_moments(told: str) -> None:
    """F13: seven digits, a missing zone (Vietnam's then) and an offset are the same moment."""
    assert instant(told) == "2024-04-20T03:09:21.100000Z"


def test_no_stamp_is_no_moment() -> None:
    assert instant(None) == instant("") == ""
    with pytest.raises(ValueError, match="Invalid isoformat"):
        instant("yesterday")


def test_days_are_vietnamese() -> None:
    """A-X-7: an order late in the evening UTC belongs to the next day."""
    assert str(vietnam_day(after("2024-04-20T16:59:59.000000Z", 1))) == "2024-04-21"


@pytest.mark.parametrize("text", ["0912.000.111", "84912000111", "+84 912 000 111", "(091) 200-0111"])
def test_one_phone_has_one_form(text: str) -> None:
    """A-CNV-4: the spellings of one number are one number."""
    assert e164(text) == "+84912000111"
    assert local(e164(text)) == "0912000111"


@pytest.mark.parametrize("text", [None, "", "abc", "12", "0" * 40])
def test_what_is_no_phone_is_none(text: str | None) -> None:
    assert e164(text) is None


def test_names_are_compared_without_accents() -> None:
    """A-DUP-4: composed and decomposed letters, Đ and spaces make no difference."""
    assert folded("Đặng  Hà ") == folded("đa\u0323\u0306ng ha\u0300") == "dang ha"
    assert tidy("  ") is None


def test_a_record_has_the_same_id_whoever_sees_it_first() -> None:
    """F03: two simultaneous first sightings meet in one item."""
    assert record_id("customer", "shop1", "7") == record_id("customer", "shop1", "7")
    others = {record_id("customer", "shop1", "7"), record_id("order", "shop1", "7"), record_id("order", "sho", "p17")}
    assert len(others) == 3


def test_our_code_leads_back_to_the_record() -> None:
    hub_id = record_id("order", "shop1", "7")
    assert hub_id_of(remote_code(hub_id)) == hub_id
    assert hub_id_of("KH000123") is None
    assert hub_id_of("RH-0001") is None, "a shop's own codes may begin so"
    assert hub_id_of(None) is None


def test_a_recipient_is_one_contact_per_buyer_phone_and_name() -> None:
    """A-HRV-8: repeats do not multiply recipients."""
    first = recipient_id("shop1", "9", "0912000111", "Đặng Hà")
    assert first == recipient_id("shop1", "9", "+84912000111", " dang  ha")
    assert first != recipient_id("shop1", "8", "0912000111", "Đặng Hà")
    assert same_person("0912000111", "Hà", "84912000111", "ha")
    assert not same_person("0912000111", "Hà", "0912000112", "Hà")


def test_money_is_exact() -> None:
    """I18: a float keeps its printed digits, nothing is rounded."""
    assert Price(amount=0.1).amount == Decimal("0.1")  # type: ignore[arg-type]
    assert Price(amount="530000.0000").model_dump(mode="json") == {"amount": 530000}  # type: ignore[arg-type]
    assert Price(amount="0.50").model_dump(mode="json") == {"amount": "0.5"}  # type: ignore[arg-type]


@pytest.mark.parametrize("odd", [True, "NaN", "Infinity", "1e400", "9" * 40, "x", None])
def test_what_is_no_sane_amount_is_refused(odd: object) -> None:
    """F24: NaN, infinities, booleans and absurd sizes never enter."""
    with pytest.raises(ValidationError):
        Price(amount=odd)  # type: ignore[arg-type]
