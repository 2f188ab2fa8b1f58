"""Leads of the CRMVIET cloud in the hub's words, and the settings of their sync."""

from typing import Any

import pytest

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Malformed, Permanent
from retailhub.domain.records import MODELS
from retailhub.platforms.crmviet.cloud import Cloud
from retailhub.platforms.crmviet.cloud_leads import LeadSaid, snapshot
from retailhub.platforms.http import Unpaced

HA: dict[str, Any] = {
    "LEAD_ID": 410001,
    "LEAD_NAME": " Trần  Thu Hà ",
    "TELEPHONE": "0905.550.142",
    "EMAIL": "ha.tran@example.vn",
    "SOURCE": "Facebook",
    "SOCIAL_PAGE": "Nội thất Mây Tre",
    "STATUS": "Mới",
    "CONVERTED": 0,
    "NOTE": "Hỏi giá bàn trà\nGọi buổi tối",
    "REG_DTTM": "2024-06-18 15:20:04",
    "UPD_DTTM": "2024-06-19 08:00:00",
}


def test_a_lead_is_told() -> None:
    """A-SYN-8: source and social page are kept, set once; the dates are Vietnamese wall time."""
    found = snapshot(HA)

    assert (found.type, found.source_id, found.version) == ("lead", "410001", "2024-06-19T01:00:00.000000Z")
    assert found.fields == {
        "name": "Trần Thu Hà",
        "phone": "+84905550142",
        "email": "ha.tran@example.vn",
        "note": "Hỏi giá bàn trà\nGọi buổi tối",
    }
    assert found.first == {"source": "facebook", "social_page": "Nội thất Mây Tre"}
    MODELS["lead"].model_validate(found.first | found.fields)


@pytest.mark.parametrize(
    "said, key",
    [("FACEBOOK", "facebook"), ("Webform", "webform"), ("Web form", "webform"), ("web-form", "webform"), ("", None)],
)
def test_a_source_is_known_in_any_spelling(said: str, key: str | None) -> None:
    """R-SYN-05."""
    assert LeadSaid.of({**HA, "SOURCE": said}).offered.source == key


@pytest.mark.parametrize(
    "mark",
    [
        {"CONVERTED": 1},
        {"CONVERTED": True},
        {"CONVERTED": "Y"},
        {"CUSTOMER_ID": 81207},
        {"STATUS": "Đã chuyển đổi"},
        {"STATUS": "CONVERTED"},
    ],
)
def test_a_conversion_is_seen_however_it_is_told(mark: dict[str, Any]) -> None:
    """R-SYN-12; which member tells it is not known (crmviet.md §4)."""
    assert LeadSaid.of({**HA, **mark}).offered.converted


@pytest.mark.parametrize("mark", [{"CONVERTED": "N"}, {"CONVERTED": None}, {"CUSTOMER_ID": 0}, {"CUSTOMER_ID": ""}])
def test_a_lead_that_was_not_converted_is_not_taken_for_one(mark: dict[str, Any]) -> None:
    assert not LeadSaid.of({**HA, **mark}).offered.converted


def test_without_a_change_the_registration_is_the_version() -> None:
    """crmviet.md §2.4: zeros are no date."""
    assert snapshot({**HA, "UPD_DTTM": "0000-00-00 00:00:00"}).version == "2024-06-18T08:20:04.000000Z"


@pytest.mark.parametrize("lead_id", ["", None, "a b", "x" * 65, "../7"])
def test_a_lead_without_an_id_is_malformed(lead_id: Any) -> None:
    with pytest.raises(Malformed) as refusal:
        snapshot({**HA, "LEAD_ID": lead_id})

    assert (refusal.value.code, refusal.value.field) == ("missing", "lead_id")


GOOD: dict[str, Any] = {"base_url": "https://congty.crmviet.vn/crm", "email": "quanly@example.vn"}


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"base_url": "http://congty.crmviet.vn"}, "base_url"),
        ({"base_url": "https://127.0.0.1"}, "base_url"),
        ({"base_url": "https://localhost"}, "base_url"),
        ({"base_url": "https://a.vn@evil.example.vn"}, "base_url"),
        ({"email": "quanly"}, "email"),
        ({"every_minutes": 7}, "every_minutes"),
        ({"password": "x"}, "password"),
    ],
)
def test_what_cannot_work_is_refused_by_name(wrong: dict[str, Any], field: str) -> None:
    """R-SYN-04, R-SYN-06 (A-SYN-1: three periods or off); the password travels in clear text over nothing but TLS."""
    with pytest.raises(Permanent) as refusal:
        opened({**GOOD, **wrong})

    assert (refusal.value.code, refusal.value.field) == ("bad_settings", field)


@pytest.mark.parametrize("minutes", [5, 10, 15, None])
def test_the_periods_that_can_be_chosen(minutes: int | None) -> None:
    """R-SYN-06, A-SYN-1."""
    assert opened({**GOOD, "every_minutes": minutes}).reads == ("lead",)


@pytest.mark.parametrize("field", ["base_url", "email"])
def test_what_is_missing_is_asked_for(field: str) -> None:
    """No password goes to a host that we guessed."""
    with pytest.raises(Permanent) as refusal:
        opened({**GOOD, field: None})

    assert (refusal.value.code, refusal.value.field) == ("no_credentials", field)


def opened(settings: dict[str, Any]) -> Cloud:
    connection = Connection("lead-sync", "crmviet", "Cloud", ("lead",), settings)
    return Cloud(connection, Secret({"password": "mat-khau-bia"}), None, Unpaced())
