"""Theirs into ours, and ours into theirs: a customer goes to Haravan as name, mobile and e-mail (R-HRV-38…41)."""

from typing import Any

from retailhub.domain.errors import Malformed
from retailhub.domain.phones import e164, local, tidy
from retailhub.domain.records import Customer, Record, RecordType, Snapshot
from retailhub.platforms.base import View
from retailhub.platforms.haravan import customers, orders
from retailhub.platforms.haravan.settings import Settings
from retailhub.platforms.outgoing import filled, split_name


def snapshot(record_type: RecordType, payload: Any, settings: Settings) -> Snapshot:
    """Haravan's JSON of one record in the hub's words. Raises Malformed."""
    if record_type == "customer":
        return customers.snapshot(payload)
    if record_type == "order":
        return orders.snapshot(payload, settings)
    raise Malformed("unknown_record_type", field=record_type)


def view(record: Record) -> View:
    """What Haravan should have of a customer; blanks are left out, so nothing there is ever emptied (A-HRV-15)."""
    customer: Customer = record.fields
    last, first = split_name(customer.name)
    wanted = {"first_name": first, "last_name": last, "phone": _mobile(customer), "email": tidy(customer.email)}
    content = filled(wanted)
    return {"content": content} if content else {}


def ready(record: Record) -> bool:
    """Recipients are not pushed (A-HRV-15), nor are the walk-in and guest customers: they are nobody."""
    customer = record.fields
    return isinstance(customer, Customer) and not (customer.recipient_of or customer.guest)


def _mobile(customer: Customer) -> str | None:
    """The mobile as Vietnamese shops write it. A number that is only the default address's stays where it is: it would
    become the contact's own, and Haravan lets each number be one contact's only."""
    number = local(e164(customer.phone)) or tidy(customer.phone)
    borrowed = {e164(address.phone) for address in customer.addresses if address.default and address.phone}
    if customer.phone_source == "default_address" and e164(customer.phone) in borrowed:
        return None
    return number
