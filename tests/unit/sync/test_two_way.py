"""Getfly ↔ CNV: everything arrives once, and nothing runs in circles (R-CNV-05…18)."""

from dataclasses import replace

from retailhub.domain.errors import Unavailable
from tests.fakes import invariants
from tests.unit.sync.pair import PHONE, Pair


def test_a_new_customer_of_getfly_reaches_cnv_once() -> None:
    """R-CNV-05: and the echo of our own write goes nowhere (F58)."""
    pair = Pair()
    pair.getfly.make("customer", name="An", phone=PHONE)
    pair.world.drain()
    assert [row["fields"]["phone"] for row in pair.cnv.live("customer")] == [PHONE]
    assert (pair.cnv.calls["create"], pair.cnv.calls["update"], pair.getfly.calls["create"]) == (1, 0, 0)


def test_an_order_waits_for_its_customer() -> None:
    """R-CNV-08: the buyer of a Getfly order is delivered first, even if only the order was ever heard of."""
    pair = Pair()
    buyer = pair.getfly.make("customer", name="An", phone=PHONE)
    pair.order(pair.getfly, buyer)
    pair.world.queues.messages = [m for m in pair.world.queues.messages if '"type": "order"' in m.body]
    pair.world.drain()
    [customer] = pair.cnv.live("customer")
    [order] = pair.cnv.live("order")
    assert order["buyer"]["id"] == customer["id"]
    pair.world.rest()
    invariants.check(pair.world)


def test_an_order_of_cnv_is_processed_in_getfly_and_its_status_comes_back() -> None:
    """R-CNV-13…18: the member's order flows into Getfly; order and shipping status flow back; nothing is doubled."""
    pair = Pair()
    member = pair.cnv.make("customer", name="Bình", phone=PHONE)
    ordered = pair.order(pair.cnv, member)
    pair.world.drain()
    [there] = pair.getfly.live("order")
    pair.getfly.edit("order", there["id"], order_status="confirmed", shipping_status="delivering")
    pair.world.drain()
    fields = pair.cnv.rows["order", ordered]["fields"]
    assert (fields["order_status"], fields["shipping_status"]) == ("confirmed", "delivering")
    assert (len(pair.cnv.live("order")), len(pair.getfly.live("customer"))) == (1, 1)
    assert (pair.cnv.calls["create"], pair.cnv.calls["update"], pair.getfly.calls["update"]) == (0, 1, 0)
    invariants.check(pair.world)


def test_somebody_known_to_both_is_linked_not_created() -> None:
    """R-CNV-11, A-CNV-4: found by phone there, found by phone here."""
    pair = Pair()
    pair.world.faults.healed = True
    pair.getfly.make("customer", name="An", phone="0912000111")
    pair.cnv.make("customer", name="AN", phone=PHONE)
    pair.world.drain()
    assert len(pair.world.records("customer")) == 1
    assert (pair.cnv.calls["create"], pair.getfly.calls["create"]) == (0, 0)


def test_a_platform_that_rewrites_what_it_gets_causes_at_most_one_bounce() -> None:
    """F59, I10: CNV writes names in capitals; the echo differs, and still all is quiet after it."""
    pair = Pair(normalise=str.upper)
    pair.getfly.make("customer", name="An", phone=PHONE)
    product = pair.product()
    pair.world.rest()
    sent = pair.cnv.calls["create"] + pair.cnv.calls["update"]
    assert sent <= 2 + 1
    assert pair.getfly.calls["create"] + pair.getfly.calls["update"] == 0
    pair.getfly.edit("product", product, price="120000")
    pair.world.rest()
    assert pair.cnv.calls["update"] <= 2


def test_ids_that_only_stand_in_are_replaced_by_the_real_ones() -> None:
    """CNV answers a push without an id: the listing shows the record under our code, and it is the same record."""
    pair = Pair(answers_ids=False, shows=frozenset({"content"}))
    buyer = pair.getfly.make("customer", name="An", phone=PHONE)
    order = pair.order(pair.getfly, buyer)
    pair.world.rest()
    assert pair.link("customer").remote_id == pair.cnv.live("customer")[0]["id"]
    pair.getfly.edit("order", order, order_status="closed")
    pair.world.rest()
    assert [row["fields"]["order_status"] for row in pair.cnv.live("order")] == ["closed"]
    assert len(pair.cnv.live("customer")) == len(pair.world.records("customer")) == 1
    invariants.check(pair.world)


def test_amounts_may_change_until_the_order_is_approved() -> None:
    """A-CNV-2: before approval the order is sent again, after it only statuses are."""
    pair = Pair()
    order = pair.order(pair.getfly, pair.getfly.make("customer", name="An", phone=PHONE))
    pair.world.drain()
    pair.getfly.edit("order", order, total_price="600000")
    pair.world.drain()
    pair.getfly.edit("order", order, total_price="700000", order_status="confirmed")
    pair.world.drain()
    [there] = pair.cnv.live("order")
    assert (there["fields"]["total_price"], there["fields"]["order_status"]) == ("600000", "confirmed")


def test_ten_quick_edits_become_few_calls() -> None:
    """Design §1: a delivery names the record, not its content; what is there already is not sent."""
    pair = Pair()
    product = pair.product()
    pair.world.drain()
    for n in range(10):
        pair.getfly.edit("product", product, price=str(n))
    pair.world.drain()
    [there] = pair.cnv.live("product")
    assert there["fields"]["price"] == "9"
    assert pair.cnv.calls["update"] <= 2


def test_a_push_to_a_shop_without_codes_is_recognised_when_it_echoes() -> None:
    """R-HRV-38, F50: the answer to our create is lost, and the shop's own webhook comes first: one customer."""
    pair = Pair()
    shop = pair.world.connect("haravan1", "haravan", ("customer",), codes=False, writes=("customer",))
    pair.getfly.make("customer", name="An", phone=PHONE)
    pair.world.drain()

    def lost(call: str) -> None:
        if call == "create":
            raise Unavailable("no_answer")

    shop.after = lost
    pair.world.queues.send_deliveries([replace(pair.wish("customer", "haravan1"), asked=True)])
    pair.world.drain()
    assert len(shop.live("customer")) == len(pair.world.records("customer")) == 1
    assert pair.link("customer", "haravan1").remote_id == shop.live("customer")[0]["id"]
    assert shop.calls["create"] == 1
