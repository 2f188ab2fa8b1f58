"""What was lost on the way is found at night (F06, F10, F78)."""

from retailhub.domain.errors import Rejected
from retailhub.sync.reconcile import reconcile
from tests.fakes import invariants
from tests.unit.sync.pair import PHONE, Pair


def lose(pair: Pair, queue: str) -> int:
    """Lose what lies in a queue; answers how many messages there were."""
    lost = [message for message in pair.world.queues.messages if message.queue == queue]
    for message in lost:
        pair.world.queues.done(message)
    return len(lost)


def drained_without(pair: Pair, queue: str) -> int:
    """Let everything run, but lose what comes into one queue."""
    lost = 0
    while True:
        lost += lose(pair, queue)
        if not pair.world.step():
            return lost


def test_a_lost_wake_up_is_found_and_repaired() -> None:
    """Design §1: the stream is a wake-up, not the truth."""
    pair = Pair()
    buyer = pair.getfly.make("customer", name="An", phone=PHONE)
    pair.order(pair.getfly, buyer)
    pair.product()
    assert drained_without(pair, "stream") >= 3
    assert pair.cnv.live("order") == []
    assert reconcile(pair.world.hub)["routed"] == 3
    pair.world.drain()
    assert [len(pair.cnv.live(kind)) for kind in ("customer", "product", "order")] == [1, 1, 1]
    invariants.check(pair.world)


def test_a_lost_delivery_of_a_later_version_is_found() -> None:
    pair = Pair()
    product = pair.product()
    pair.world.drain()
    pair.getfly.edit("product", product, price="120000")
    assert drained_without(pair, "deliveries") == 1
    reconcile(pair.world.hub)
    pair.world.drain()
    assert pair.cnv.live("product")[0]["fields"]["price"] == "120000"


def test_webhooks_that_never_came_are_found_by_comparing() -> None:
    """F06, F10: also those that are older than any catch-up looks back."""
    pair = Pair()
    product = pair.product()
    pair.world.drain()
    pair.world.now += 86_400
    pair.getfly.subscribed = False
    pair.getfly.edit("product", product, price="120000")
    pair.getfly.rows["product", product]["updated_at"] = "2026-05-01T00:00:00.000000Z"
    answer = reconcile(pair.world.hub)
    assert answer["compared"] == ["getfly1", "cnv1"]
    pair.world.drain()
    assert pair.only("product").fields.price == 120_000
    assert pair.cnv.live("product")[0]["fields"]["price"] == "120000"


def test_a_comparison_of_what_is_in_step_changes_nothing() -> None:
    """I10: the second night is quiet."""
    pair = Pair()
    pair.order(pair.getfly, pair.getfly.make("customer", name="An", phone=PHONE))
    pair.world.rest()
    calls = sum((platform.calls["create"] + platform.calls["update"] for platform in pair.world.platforms.values()), 0)
    assert reconcile(pair.world.hub)["routed"] == 0
    pair.world.drain()
    assert calls == sum(p.calls["create"] + p.calls["update"] for p in pair.world.platforms.values())


def test_what_waits_or_failed_is_left_where_it_is() -> None:
    """A failed delivery is a person's matter; a waiting one comes by itself."""
    pair = Pair()

    def refuse(call: str) -> None:
        if call == "create":
            raise Rejected("invalid")

    pair.cnv.before = refuse
    pair.product()
    pair.world.drain()
    assert pair.link("product").status == "failed"
    assert reconcile(pair.world.hub)["routed"] == 0
