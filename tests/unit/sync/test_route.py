from dataclasses import replace
from decimal import Decimal

from retailhub.domain.records import Contribution, Customer, Order, Party, Record
from retailhub.store.records import put, to_item
from retailhub.sync.route import route
from tests.unit.sync.pair import Pair

AN = Record("customer", "c1", Customer(name="An"), version=1, rev=1, origin="getfly1", created_at="x", updated_at="x")


def item(record: Record) -> dict[str, object]:
    return {**to_item(record), "rev": record.rev}


def test_a_new_version_wakes_the_deliveries_that_some_flow_wants() -> None:
    """Design §1: the message names the record, not its content."""
    pair = Pair()
    [wish] = route(None, item(AN), pair.world.hub)
    assert (wish.platform, wish.connection, wish.id, wish.version) == ("cnv_loyalty", "cnv1", "c1", 1)
    assert [message.queue for message in pair.world.queues.messages] == ["deliveries"]


def test_totals_and_marks_alone_wake_nobody() -> None:
    """A fold is nothing to deliver."""
    pair = Pair()
    moved = replace(AN, rev=2, fields=AN.fields.model_copy(update={"revenue": Decimal(5), "total_orders": 1}))
    assert route(item(AN), item(moved), pair.world.hub) == []
    assert not pair.world.queues.messages


def test_a_flow_that_only_creates_wants_nothing_of_what_is_there() -> None:
    pair = Pair()
    known = replace(AN, version=2, external_ids={"getfly1": "1", "cnv1": "2"})
    assert route(item(AN), item(known), pair.world.hub) == []


def test_an_order_travels_in_its_customer_s_group() -> None:
    """FIFO per customer: an order never overtakes its customer."""
    pair = Pair()
    fields = Order(buyer=Party(customer="c1"), contribution=Contribution(buyer="c1"))
    order = Record("order", "o1", fields, version=1, origin="getfly1", created_at="x")
    [wish] = route(None, item(order), pair.world.hub)
    assert wish.group == "c1"


def test_a_wish_sent_twice_is_one_for_the_queue_a_later_version_is_another() -> None:
    pair = Pair()
    [first], [again] = route(None, item(AN), pair.world.hub), route(None, item(AN), pair.world.hub)
    [later] = route(item(AN), item(replace(AN, version=2)), pair.world.hub)
    assert first.once == again.once != later.once
    assert replace(first, asked=True).once != first.once


def test_the_table_tells_of_records_only() -> None:
    pair = Pair()
    pair.world.table.write(put(replace(AN, rev=0)))
    assert [message.queue for message in pair.world.queues.messages] == ["stream"]
