"""What an order does to its customers: the buyer's totals move with it, a recipient becomes a contact of their own."""

from dataclasses import replace
from typing import Any

from retailhub.domain.connections import Connection
from retailhub.domain.identity import recipient_id
from retailhub.domain.records import Contribution, Customer, Order, Party, Purchase, Record, Snapshot
from retailhub.domain.totals import KEPT_PURCHASES, contribution, moved, must_recount
from retailhub.store import records
from retailhub.store.table import Table, of_parent
from retailhub.sync.drafts import Draft

DEFAULT_POLICY = "net_minus_shipping"


def fold(draft: Draft, table: Table, connection: Connection, before: Record, after: Record) -> Record:
    """The order with its contribution as of now; the draft gets the customers whose totals move (A-HRV-1, A-HRV-13)."""
    order: Order = after.fields
    buyer = order.buyer.customer if order.buyer else None
    policy = connection.settings.get("partial_refund_policy", DEFAULT_POLICY)
    old = before.fields.contribution if before.rev else Contribution()
    new = contribution(order, buyer, policy, deleted=after.deleted)
    for customer in {old.buyer, buyer} - {None}:
        theirs = (old if old.buyer == customer else None, new if buyer == customer else None)
        _move(draft, table, str(customer), after, *theirs)
    return replace(after, fields=order.model_copy(update={"contribution": new}))


def _move(
    draft: Draft, table: Table, customer_id: str, order: Record, old: Contribution | None, new: Contribution | None
) -> None:
    customer = draft.record("customer", customer_id)
    if customer is None:
        return
    fields = moved(customer.fields, order.id, old, new)
    if must_recount(fields):
        fields = fields.model_copy(update={"last_purchases": _purchases(table, customer_id, order, new)})
    if fields != customer.fields:
        draft.keep(replace(customer, fields=fields))


def _purchases(table: Table, customer_id: str, order: Record, new: Contribution | None) -> tuple[Purchase, ...]:
    """The newest successful purchases, asked from the orders themselves."""
    kept = [Purchase(order=order.id, at=new.purchased_at)] if new and new.purchased_at else []
    cursor: str | None = None
    while len(kept) < KEPT_PURCHASES:
        page = table.query(of_parent(customer_id), index="related", newest_first=True, cursor=cursor)
        kept += [p for p in map(_purchase, page.items) if p and p.order != order.id]
        cursor = page.cursor
        if cursor is None:
            break
    return tuple(sorted(kept, key=lambda p: (p.at, p.order), reverse=True)[:KEPT_PURCHASES])


def _purchase(item: dict[str, Any]) -> Purchase | None:
    record = records.from_item(item)
    at = record.fields.contribution.purchased_at if record.type == "order" else None
    return Purchase(order=record.id, at=at) if at else None


def recipient(
    draft: Draft, connection: str, snapshot: Snapshot, buyer: Record | None, source: str | None, at: str
) -> Party | None:
    """The recipient as the order keeps them, tied to a contact of their own: not a buyer, no totals (R-HRV-16, R-HRV-32,
    A-HRV-8)."""
    party = snapshot.recipient
    if party is None or buyer is None or snapshot.buyer is None:
        return party
    contact_id = recipient_id(connection, snapshot.buyer.source_id, party.phone, party.name)
    if draft.record("customer", contact_id) is None:
        born = records.born("customer", contact_id, origin=connection, by=connection, at=at)
        draft.keep(born.revised(_contact(party, buyer, source), by=connection, at=at))
    return party.model_copy(update={"customer": contact_id})


def _contact(party: Party, buyer: Record, source: str | None) -> Customer:
    return Customer(
        name=party.name,
        phone=party.phone,
        phone_source="order" if party.phone else None,
        addresses=(party.address,) if party.address else (),
        recipient_of=buyer.id,
        source=source,
    )
