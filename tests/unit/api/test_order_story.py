"""The story of an order, from a shop's words to sentences: what it counts for, by which reading, and how that moved."""

from typing import Any

from retailhub.domain.changes import Change
from tests.fakes.world import World
from tests.unit.api.desk import Desk
from tests.unit.sync.shop import SHOP, customer, order, shop, told


def notes(world: World) -> list[dict[str, Any]]:
    """What was decided about orders, in the order of events."""
    return [note for event in world.events() if event.type == "order" for note in event.notes]


def paid(at: int, **more: Any) -> Change:
    return order(at=at, payment_status="paid", **more)


def test_each_move_of_a_buyers_totals_is_noted_with_its_reading() -> None:
    """Point 10, R-HRV-33…37, A-HRV-1: which reading decided, and the amounts before and after."""
    world = shop()
    told(world, customer(), paid(1), order(at=2, payment_status="refunded", refunded_goods=500_000))

    moves = [(note["code"], note["old"], note["new"]) for note in notes(world)]
    assert moves[0] == ("order_counted", 0, 530_000)
    assert moves[1][1:] == (530_000, 0)
    assert {note["policy"] for note in notes(world)} == {"net_minus_shipping"}


def test_words_that_leave_the_totals_alone_note_nothing() -> None:
    """A story has no line without news."""
    world = shop()
    told(world, customer(), paid(1), paid(2, note="gọi trước"))

    assert len(notes(world)) == 1


def test_an_order_that_changes_hands_tells_of_both_buyers() -> None:
    """A-HRV-13."""
    world = shop()
    told(world, customer("7"), customer("8", phone="+84912000222"), paid(1), paid(2, buyer="8"))

    first, lost, won = notes(world)
    assert first["customer"] == lost["customer"] != won["customer"]
    assert (lost["old"], lost["new"], won["old"], won["new"]) == (530_000, 0, 0, 530_000)


def test_the_sentences_name_the_buyer_and_the_reading(desk: Desk) -> None:
    """Point 10."""
    desk.keep("customer", "c_1", name="Lan")
    desk.keep("order", "o_1", order_number="123")
    note = {"code": "order_counted", "customer": "c_1", "old": 0, "new": 530_000, "policy": "net_minus_shipping"}
    desk.happened(Change(SHOP, "order", "55", received_at=desk.now), "applied", record="o_1", version=1, notes=(note,))

    [_, line] = desk.get("/orders/o_1/timeline").json["items"]
    assert line["text"]["vi"] == (
        "Tính cho khách Lan: doanh thu 0 đ → 530.000 đ, 1 đơn (doanh thu = tổng tiền − phí giao hàng − hàng đã hoàn)"
    )
    assert line["text"]["en"].startswith(
        "Counted for customer Lan: revenue 0 đ → 530,000 đ, one order (revenue = total"
    )
