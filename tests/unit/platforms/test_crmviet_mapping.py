"""CRMVIET's events in the hub's words; what an event does not speak of stays as it is."""

from typing import Any

import pytest

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Malformed, Rejected
from retailhub.domain.records import MODELS, RecordType, Snapshot
from retailhub.platforms.crmviet.client import Crmviet
from retailhub.platforms.http import Unpaced

SETTINGS: dict[str, Any] = {"owners": {"15": "e-1"}, "statuses": {"3": "processing"}}


def client() -> Crmviet:
    """A CRMVIET whose user 15 is our employee e-1."""
    return Crmviet(Connection("crm", "crmviet", "CRM", settings=SETTINGS), Secret(), None, Unpaced())


def told(record_type: RecordType, data: dict[str, Any]) -> Snapshot:
    """The snapshot of an event about this record."""
    event = {"action": "X", "event_id": "e", "occurred_at": "2024-06-18 15:20:05", "data": data}
    return client().snapshot(record_type, event)


def test_a_customer_is_told() -> None:
    """The example of the format that we hand out (crmviet.md §1); its date is Vietnamese wall time."""
    found = told(
        "customer",
        {
            "CUSTOMER_ID": 81207,
            "CUSTOMER_CODE": "KH081207",
            "CUSTOMER_NAME": "Công ty TNHH Mây Tre Phú",
            "TELEPHONE": "02363550199",
            "CUSTOMER_EMAIL": "lienhe@example.vn",
            "CUSTOMER_ADDRESS": "8 Trần Cao Vân, Huế",
            "USER_OWNER": 15,
            "UPD_DTTM": "2024-06-18 15:20:04",
        },
    )

    assert (found.source_id, found.version) == ("81207", "2024-06-18T08:20:04.000000Z")
    assert found.fields == {
        "code": "KH081207",
        "name": "Công ty TNHH Mây Tre Phú",
        "phone": "+842363550199",
        "email": "lienhe@example.vn",
        "addresses": ({"line": "8 Trần Cao Vân, Huế", "default": True},),
        "owner": "e-1",
    }
    MODELS["customer"].model_validate(found.fields)


def test_only_what_is_said_is_changed() -> None:
    """A change of status says id and status only; value and payments stay."""
    found = told("contract", {"CONTRACT_ID": 5520, "STATUS": 3, "STATUS_NAME": "Đang thực hiện"})

    assert found.fields == {
        "status": "processing",
        "raw_statuses": {"status": "3", "status_name": "Đang thực hiện"},
    }
    assert found.buyer is None
    assert found.version == "2024-06-18T08:20:05.000000Z"


@pytest.mark.parametrize(
    "status, name, known",
    [(3, "x", "processing"), (9, "Đã hủy", "cancelled"), (9, "HOÀN THÀNH", "completed"), (9, "Chờ ký", "other")],
)
def test_statuses_follow_the_settings_then_the_name(status: int, name: str, known: str) -> None:
    """CRMVIET's table of statuses is the customer's own."""
    assert told("contract", {"CONTRACT_ID": 1, "STATUS": status, "STATUS_NAME": name}).fields["status"] == known


def test_a_contract_refers_to_its_customer() -> None:
    """With what is known for a stub."""
    found = told("contract", {"CONTRACT_ID": 1, "CONTRACT_PRICE": "2500000", "CUSTOMER_ID": 7, "CUSTOMER_NAME": "Lâm"})

    assert found.fields == {"value": 2500000}
    assert found.buyer is not None
    assert (found.buyer.source_id, found.buyer.stub) == ("7", {"name": "Lâm"})


def test_an_unknown_user_changes_no_owner() -> None:
    """Only users that the settings map."""
    assert "owner" not in told("customer", {"CUSTOMER_ID": 1, "USER_OWNER": 99}).fields


@pytest.mark.parametrize("payload", [None, [], {"data": 7}, {"data": {"CUSTOMER_NAME": "0912345678"}}])
def test_what_makes_no_record_is_malformed(payload: Any) -> None:
    """The field is named, its value is personal."""
    with pytest.raises(Malformed) as refusal:
        client().snapshot("customer", payload)

    assert refusal.value.field
    assert "0912345678" not in str(refusal.value)


def test_it_cannot_be_read_or_listed() -> None:
    """There is no public API (crmviet.md §0)."""
    with pytest.raises(Rejected) as refusal:
        client().read("customer", "1")

    assert refusal.value.code == "read_unsupported"
    assert client().pages("customer", None, None).rows == []
