"""Which leads of the cloud come down, and the reason for those that stay there."""

from typing import Any

import pytest
from pydantic import ValidationError

from retailhub.domain.lead_filter import LeadFilter, Offered, left_out

BOTH: dict[str, Any] = {"sources": ("facebook", "webform")}
PHONE, MAIL = "0905 550 142", "ha.tran@example.vn"


def wanted(**ticked: Any) -> LeadFilter:
    return LeadFilter.model_validate({**BOTH, **ticked})


@pytest.mark.parametrize("source", ["facebook", "webform"])
def test_a_lead_of_a_ticked_source_comes(source: str) -> None:
    """R-SYN-01, R-SYN-05."""
    assert left_out(Offered(source), wanted(sources=(source,))) is None


@pytest.mark.parametrize("source", ["webform", "zalo", None])
def test_a_lead_of_another_source_stays(source: str | None) -> None:
    """R-SYN-05: only what is ticked."""
    assert left_out(Offered(source, PHONE, MAIL), wanted(sources=("facebook",))) == "other_source"


def test_without_a_ticked_source_nothing_comes() -> None:
    """A-SYN-2."""
    assert {left_out(Offered(s, PHONE, MAIL), LeadFilter()) for s in ("facebook", "webform")} == {"other_source"}


def test_a_lead_that_is_a_customer_already_stays() -> None:
    """R-SYN-12."""
    assert left_out(Offered("facebook", PHONE, MAIL, converted=True), wanted()) == "converted"


HAS = {(True, True): Offered("facebook", PHONE, MAIL), (True, False): Offered("facebook", PHONE)}
HAS |= {(False, True): Offered("facebook", None, MAIL), (False, False): Offered("facebook")}


@pytest.mark.parametrize("phone", [True, False])
@pytest.mark.parametrize("email", [True, False])
@pytest.mark.parametrize("need_phone", [True, False])
@pytest.mark.parametrize("need_email", [True, False])
def test_the_two_conditions_and_the_two_contacts(phone: bool, email: bool, need_phone: bool, need_email: bool) -> None:
    """R-SYN-07 phone, R-SYN-08 e-mail, R-SYN-09 both, R-SYN-10 none ticked: everybody."""
    reason = left_out(HAS[phone, email], wanted(require_phone=need_phone, require_email=need_email))

    comes = (phone or not need_phone) and (email or not need_email)
    missing = "no_phone" if need_phone and not phone else "no_email"
    assert reason == (None if comes else missing)


@pytest.mark.parametrize("blank", [None, "", "  ", "\t\n"])
def test_a_blank_contact_is_none(blank: str | None) -> None:
    """A-SYN-4: not blank after trimming."""
    assert left_out(Offered("webform", blank, MAIL), wanted(require_phone=True)) == "no_phone"
    assert left_out(Offered("webform", PHONE, blank), wanted(require_email=True)) == "no_email"


def test_a_phone_that_nobody_answers_is_a_phone() -> None:
    """A-SYN-4: whether the number is one is not asked."""
    assert left_out(Offered("webform", " 12 "), wanted(require_phone=True)) is None


def test_a_source_counts_once_and_only_the_two_can_be_ticked() -> None:
    """R-SYN-05."""
    assert wanted(sources=["webform", "facebook", "webform"]).sources == ("facebook", "webform")
    with pytest.raises(ValidationError) as refusal:
        wanted(sources=["zalo"])
    assert refusal.value.errors()[0]["loc"] == ("sources", 0)
