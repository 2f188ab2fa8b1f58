"""CRMVIET's customers and contracts in the hub's words; an event may speak of a few fields only (crmviet.md §1)."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from retailhub.domain.errors import Malformed
from retailhub.domain.phones import folded
from retailhub.domain.records import Address, RecordType, Ref, Snapshot
from retailhub.platforms.crmviet.settings import Settings
from retailhub.platforms.payloads import (
    AnyCase,
    Day,
    MaybeAmount,
    Moment,
    Note,
    Payload,
    Text,
    amount,
    checked,
    phone,
    spoken,
)

STATUSES = {
    "dang thuc hien": "processing",
    "hoan thanh": "completed",
    "da hoan thanh": "completed",
    "da huy": "cancelled",
    "huy": "cancelled",
}
"""Names of the statuses, as they are usually called: their table is configurable, ids say nothing (crmviet.md §2.4)."""


class CustomerSaid(AnyCase):
    """A customer as far as the hub keeps it."""

    customer_id: Text
    customer_code: Text
    customer_name: Text
    customer_address: Text
    telephone: Text
    customer_email: Text
    tax_code: Text
    customer_description: Note
    user_owner: Text
    upd_dttm: Moment


class ContractSaid(AnyCase):
    """A contract; a change of status says its id and the status only."""

    contract_id: Text
    contract_code: Text
    contract_price: MaybeAmount = None
    paid: MaybeAmount = None
    start_date: Day
    status: Text
    status_name: Text
    contract_owner: Text
    contract_owner_name: Text
    customer_id: Text
    customer_name: Text
    upd_dttm: Moment


class Event(AnyCase):
    """What the webhook sends: the action, when, and the record."""

    occurred_at: Moment
    data: dict[str, Any] = Field(default_factory=dict)


def snapshot(record_type: RecordType, payload: Any, settings: Settings) -> Snapshot:
    """An event of the webhook in the hub's words. Raises Malformed."""
    event = Event.of(payload)
    if record_type == "customer":
        return checked(_customer(CustomerSaid.of(event.data), event.occurred_at, settings))
    if record_type == "contract":
        return checked(_contract(ContractSaid.of(event.data), event.occurred_at, settings))
    raise Malformed("unknown_record_type", field=record_type)


def _customer(said: CustomerSaid, at: str, settings: Settings) -> Snapshot:
    place = Address(line=said.customer_address, default=True)
    told: dict[str, dict[str, Any]] = {
        "customer_code": {"code": said.customer_code},
        "customer_name": {"name": said.customer_name},
        "telephone": {"phone": phone(said.telephone)},
        "customer_email": {"email": said.customer_email},
        "tax_code": {"tax_code": said.tax_code},
        "customer_description": {"note": said.customer_description},
        "customer_address": {"addresses": (spoken(place),) if said.customer_address else ()},
        "user_owner": _owner(said.user_owner, settings),
    }
    return Snapshot(
        "customer",
        _id(said.customer_id, "customer_id"),
        said.upd_dttm or at,
        _told(said, told),
        code=said.customer_code,
    )


def _contract(said: ContractSaid, at: str, settings: Settings) -> Snapshot:
    told: dict[str, dict[str, Any]] = {
        "contract_code": {"code": said.contract_code},
        "contract_price": {"value": amount(said.contract_price) or 0},
        "paid": {"paid": amount(said.paid) or 0},
        "start_date": {"start_date": said.start_date},
        "status": _status(said, settings),
        "status_name": _status(said, settings),
        "contract_owner": _owner(said.contract_owner, settings),
        "contract_owner_name": {"seller": said.contract_owner_name},
    }
    return Snapshot(
        "contract",
        _id(said.contract_id, "contract_id"),
        said.upd_dttm or at,
        _told(said, told),
        code=said.contract_code,
        buyer=Ref("customer", said.customer_id, {"name": said.customer_name}) if said.customer_id else None,
    )


def _told(said: Payload, by_member: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """The fields of the members that the event really has; what it does not speak of stays as it is."""
    return {
        name: value
        for member, fields in by_member.items()
        if member in said.model_fields_set
        for name, value in fields.items()
    }


def _owner(user: str | None, settings: Settings) -> dict[str, Any]:
    """The employee behind a CRMVIET user; an unknown user changes nothing."""
    return {"owner": settings.owners[user]} if user in settings.owners else {}


def _status(said: ContractSaid, settings: Settings) -> dict[str, Any]:
    known = settings.statuses.get(said.status or "") or STATUSES.get(folded(said.status_name), "other")
    raw = {"status": said.status, "status_name": said.status_name}
    return {"status": known, "raw_statuses": {name: word for name, word in raw.items() if word}}


def _id(value: str | None, name: str) -> str:
    if not value:
        raise Malformed("missing", field=name)
    return value
