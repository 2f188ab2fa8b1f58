"""What an order does to its customers: the buyer's totals move with it, a recipient becomes a contact of their own."""

from dataclasses import replace

from retailhub.domain.connections import Connection
from retailhub.domain.decimals import plain
from retailhub.domain.errors import Contended
from retailhub.domain.identity import recipient_id
from retailhub.domain.records import ZERO, Contribution, Customer, Order, Party, Purchase, Record, Snapshot
from retailhub.domain.totals import KEPT_PURCHASES, contribution, moved, must_recount
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.store import records
from retailhub.store.table import Item, Table, of_parent

DEFAULT_POLICY = "net_minus_shipping"


def fold(draft: Draft, connection: Connection, before: Record, after: Record, deed: Deed) -> Record:
    """The order with its contribution as of now; the draft gets the customers whose totals move (A-HRV-1, A-HRV-13),
    the deed what moved and by which reading.

    Raises Contended if a recount is needed and the index of orders lags."""
    order: Order = after.fields
    buyer = order.buyer.customer if order.buyer else None
    policy = connection.settings.get("partial_refund_policy", DEFAULT_POLICY)
    old = before.fields.contribution if before.rev else Contribution()
    new = contribution(order, buyer, policy, deleted=after.deleted)
    for customer in dict.fromkeys(filter(None, (old.buyer, buyer))):
        _move(draft, customer, after, old if old.buyer == customer else None, new if buyer == customer else None)
    _note(deed, old, new, policy)
    return replace(after, fields=order.model_copy(update={"contribution": new}))


def _note(deed: Deed, old: Contribution, new: Contribution, policy: str) -> None:
    """Words that leave the totals alone need no line in the story."""
    if (old.buyer, old.revenue, old.counted) == (new.buyer, new.revenue, new.counted):
        return
    for customer in dict.fromkeys(filter(None, (old.buyer, new.buyer))):
        was, now = (part.revenue if part.buyer == customer else ZERO for part in (old, new))
        counted = new.buyer == customer and new.counted
        code = "order_counted" if counted else "order_not_counted"
        deed.note(code, customer=customer, old=plain(was), new=plain(now), policy=policy)


def _move(draft: Draft, customer_id: str, order: Record, old: Contribution | None, new: Contribution | None) -> None:
    customer = draft.record("customer", customer_id)
    if customer is None:
        return
    fields = moved(customer.fields, order.id, old, new)
    if must_recount(fields):
        kept = _purchases(draft.table, customer_id, order, new)
        if len(kept) < min(fields.purchases, KEPT_PURCHASES):
            raise Contended("orders_index_lags")
        fields = fields.model_copy(update={"last_purchases": kept})
    if fields != customer.fields:
        draft.keep(replace(customer, fields=fields))


def _purchases(table: Table, customer_id: str, order: Record, new: Contribution | None) -> tuple[Purchase, ...]:
    """The newest successful purchases, asked from the orders themselves: the index only says whom to ask."""
    kept = [Purchase(order=order.id, at=new.purchased_at)] if new and new.purchased_at else []
    cursor: str | None = None
    while len(kept) < KEPT_PURCHASES:
        page = table.query(of_parent(customer_id), index="related", newest_first=True, cursor=cursor)
        fresh = table.get_many((item["pk"], item["sk"]) for item in page.items) if page.items else {}
        kept += [p for p in (_purchase(item, customer_id) for item in fresh.values()) if p and p.order != order.id]
        cursor = page.cursor
        if cursor is None:
            break
    return tuple(sorted(kept, key=lambda p: (p.at, p.order), reverse=True)[:KEPT_PURCHASES])


def _purchase(item: Item, customer_id: str) -> Purchase | None:
    record = records.from_item(item) if item.get("type") == "order" else None
    counted = record.fields.contribution if record else Contribution()
    if record is None or counted.buyer != customer_id or counted.purchased_at is None:
        return None
    return Purchase(order=record.id, at=counted.purchased_at)


def recipient(
    draft: Draft, connection: str, snapshot: Snapshot, buyer: Record | None, source: str | None, at: str
) -> Party | None:
    """The recipient as the order keeps them, tied to a contact of their own: not a buyer, no totals (R-HRV-16,
    R-HRV-32, A-HRV-8). Somebody without name and phone is nobody whom a contact could be made of."""
    party = snapshot.recipient
    if party is None or buyer is None or snapshot.buyer is None or not (party.name or party.phone):
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
