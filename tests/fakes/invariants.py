"""What must hold when a world is at rest, by the numbers of the reliability catalogue (I1 … I20)."""

from collections import Counter, defaultdict
from decimal import Decimal

from retailhub.domain.duplicates import MATCHING
from retailhub.domain.flows import feeding
from retailhub.domain.merging import with_fields
from retailhub.domain.phones import e164
from retailhub.domain.records import Record
from retailhub.domain.totals import contribution
from retailhub.store import links
from retailhub.store.links import Link
from tests.fakes.fake_platform import FakePlatform
from tests.fakes.world import World


def check(world: World) -> None:
    """All of them."""
    accounted(world)
    newest(world)
    totals(world)
    created_once(world)
    converged(world)
    unique_phones(world)
    money(world)


def accounted(world: World) -> None:
    """I1, I2, I20: whatever was accepted has an end: a row that is closed, or it said nothing new."""
    rows = {event.id: event for event in world.events()}
    for event in rows.values():
        assert event.outcome in ("applied", "stale", "echo", "ignored", "failed"), event
        assert event.outcome != "failed" or event.reason, event
        assert event.outcome == "failed" or not event.message, f"{event.outcome} still keeps its change"
    for change in world.queues.accepted.values():
        known = world.record(change.connection, change.type, change.source_id)  # type: ignore[arg-type]
        assert change.event_id in rows or known, f"nothing became of {change}"
    assert not world.queues.messages
    assert not world.queues.dead


def newest(world: World) -> None:
    """I3: the hub has every platform's record as the platform has it now; what is removed is marked. Of a record that
    two systems both rule over (a shop's customer pushed to another shop) the later word stands; what somebody removed
    in the hub stays removed there."""
    for platform in world.platforms.values():
        types = world.directory.known[platform.connection].record_types
        for (record_type, source_id), row in [pair for pair in platform.rows.items() if pair[0][0] in types]:
            record = world.record(platform.connection, record_type, source_id)  # type: ignore[arg-type]
            assert record, f"{platform.connection} {record_type} {source_id} never arrived"
            rulers = [name for name in record.external_ids if world.platforms[name].merge == "whole"]
            if rulers == [platform.connection]:
                said = platform.snapshot(record_type, row).fields  # type: ignore[arg-type]
                told = with_fields(record_type, record.fields, said)
                spoken = {n for n, value in said.items() if value or record.origin == platform.connection}
                # a blank takes nothing from what was born elsewhere (A-KV-8); a person's e-mail stands until the shop
                # says something new
                names = spoken - {"buyer", "recipient"} - ({"email"} if record.edited_here else set())
                lost = {n: getattr(told, n) for n in names if getattr(told, n) != getattr(record.fields, n)}
                assert not lost, f"{platform.connection} {record_type} {source_id}: {lost}"
                assert not record.deleted or record.edited_here, (
                    f"{platform.connection} {record_type} {source_id} is there"
                )
        for record_type, source_id in platform.removed:
            record = world.record(platform.connection, record_type, source_id)  # type: ignore[arg-type]
            assert record is None or record.deleted or len(record.external_ids) > 1


def totals(world: World) -> None:
    """I4, I6: revenue, number of orders and last purchase are sums over the orders as they stand."""
    revenue: dict[str, Decimal] = defaultdict(Decimal)
    counted: Counter[str] = Counter()
    bought: dict[str, str] = {}
    for order in world.records("order"):
        buyer = order.fields.buyer.customer if order.fields.buyer else None
        share = contribution(order.fields, buyer, "net_minus_shipping", deleted=order.deleted)
        assert share == order.fields.contribution
        if buyer:
            revenue[buyer] += share.revenue
            counted[buyer] += int(share.counted)
            bought[buyer] = max(bought.get(buyer, ""), share.purchased_at or "")
    for customer in world.records("customer"):
        fields = customer.fields
        assert fields.revenue == revenue[customer.id], (customer.id, fields.revenue, revenue[customer.id])
        assert fields.total_orders == counted[customer.id]
        assert (fields.last_purchase_at or "") == bought.get(customer.id, "")


def created_once(world: World) -> None:
    """I7, I8: under one of our codes a platform has one record; where phones are identity, one per phone."""
    for platform in world.platforms.values():
        codes = Counter((kind, row["code"]) for (kind, _), row in platform.rows.items() if row["code"])
        assert not [code for code, count in codes.items() if count > 1], f"{platform.connection} doubled {codes}"
        if platform.phone_is_identity:
            phones = Counter(e164(row["fields"].get("phone")) for row in platform.live("customer"))
            assert not [phone for phone, count in phones.items() if phone and count > 1], (platform.connection, phones)


def converged(world: World) -> None:
    """I9: where a flow sends updates, the platform has what the hub would send it."""
    for record in [r for kind in ("customer", "product", "order") for r in world.records(kind)]:
        for flow in feeding(world.directory.flows(), record):
            link = links.load(world.table, record.type, record.id, flow.to_connection)
            if "created" in flow.on and not record.deleted and record.origin != flow.to_connection:
                assert link, f"{record.type} {record.id} never reached {flow.to_connection}"
                assert link.remote_id or _hopeless(world, record, link), link
            if link and link.remote_id:
                _same(world.platforms[flow.to_connection], record, link.remote_id, flow.on)


def _hopeless(world: World, record: Record, link: Link) -> bool:
    """What only people can settle: somebody of this name and phone is there as another one, or the order's customer was
    removed by one of the systems that share them (A-KV-3)."""
    buyer = [customer for customer in world.records("customer") if customer.id == record.customer]
    removed = bool(buyer) and buyer[0].deleted
    return link.error.get("code") == "already_linked" or (link.error.get("code") == "customer_not_sent" and removed)


def _same(platform: FakePlatform, record: Record, remote_id: str, on: tuple[str, ...]) -> None:
    row = platform.rows.get((record.type, remote_id))
    if row is None:
        return
    said = {name: value for name, value in row["fields"].items() if name not in ("buyer", "recipient")}
    theirs = platform.view(Record(record.type, record.id, with_fields(record.type, record.fields, said)), None)
    ours = platform.view(record, None)
    if "status" in on and record.type == "order":
        assert ours["status"] == theirs["status"], (record.id, ours, theirs)
    if platform.manages and "manager" in ours:
        assert ours["manager"] == theirs["manager"], (record.id, ours, theirs)
    if "updated" in on and record.type != "order":
        assert ours["content"] == theirs["content"], (record.id, ours, theirs)


def unique_phones(world: World) -> None:
    """I16: among the systems that know people by phone, nobody stands in the hub twice. Whoever was found by another
    unique field has the phone that the store says, be it somebody's (A-DUP-2: kept and noted)."""
    connections = {name for name, platform in world.platforms.items() if platform.phone_is_identity}
    stores = {one.id for one in world.directory.connections() if one.platform in MATCHING}
    people = [c for c in world.records("customer") if connections & c.external_ids.keys() and not c.deleted]
    people = [customer for customer in people if not stores & customer.external_ids.keys()]
    phones = Counter(e164(c.fields.phone) for c in people)
    assert not [phone for phone, count in phones.items() if phone and count > 1], phones


def money(world: World) -> None:
    """I18: exact decimals, and no order adds less than nothing or more than it cost."""
    for order in world.records("order"):
        share = order.fields.contribution.revenue
        assert isinstance(share, Decimal)
        assert 0 <= share <= max(Decimal(0), order.fields.total_price)
