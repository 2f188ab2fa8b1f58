"""Revenue and Total Orders exactly by the table under A-HRV-20, in any order of arrival and with repeats (F04, I12)."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retailhub.domain.changes import Change
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, customer, order, shop, told, totals

PENDING, PAID, CANCELLED = {"payment_status": "pending"}, {"payment_status": "paid"}, {"order_status": "cancelled"}
REFUNDED = {"payment_status": "partially_refunded", "refunded_goods": "100000", "refunded_total": "100000"}
LIFE = [PENDING, PAID, PAID | CANCELLED, PAID, REFUNDED, {"payment_status": "refunded"}]


@pytest.mark.parametrize(
    "story, revenue, orders",
    [
        ([PENDING], 0, 1),
        ([PENDING, PAID], 530_000, 1),
        ([PENDING, PAID, "again"], 530_000, 1),
        ([PENDING, PAID, PAID | CANCELLED], 0, 0),
        ([PENDING, PAID, PAID | CANCELLED, "later"], 0, 0),
        ([PENDING, PAID, PAID | CANCELLED, PAID], 530_000, 1),
        ([PENDING, PAID, REFUNDED], 400_000, 1),
        ([PENDING, PAID, REFUNDED, {"payment_status": "refunded"}], 0, 1),
        ([PENDING, CANCELLED], 0, 0),
        ([CANCELLED], 0, 0),
        ([PENDING, PAID, "stale"], 530_000, 1),
    ],
)
def test_the_table_of_the_requirements_holds(story: list[object], revenue: int, orders: int) -> None:
    """Each line of A-HRV-20, told in order: `again` repeats the last word, `stale` the first one."""
    world, said = shop(), [customer()]
    for at, words in enumerate(story):
        if words == "again":
            said.append(said[-1])
        elif words == "stale":
            said.append(said[1])
        elif words == "later":
            said.append(order(at=at, **PAID | CANCELLED, note="paid again, still cancelled"))
        else:
            said.append(order(at=at, **words))  # type: ignore[arg-type]
    told(world, *said)
    assert totals(world) == (revenue, orders)


@pytest.mark.parametrize(
    "policy, revenue", [("net_minus_shipping", 400_000), ("gross_minus_shipping", 500_000), ("zero", 0)]
)
def test_the_shop_s_policy_decides_what_a_partial_refund_leaves(policy: str, revenue: int) -> None:
    """A-HRV-3: net is the default, the literal sentence a switch."""
    world = shop()
    world.directory.known[SHOP].settings["partial_refund_policy"] = policy
    told(world, order(at=1, **REFUNDED))
    assert totals(world) == (revenue, 1)


def ended(changes: list[Change]) -> tuple[object, ...]:
    """All that matters after the changes arrived in this order; the shop shows the last state to whoever asks."""
    world = shop()
    newest = max((c for c in changes if c.type == "order"), key=lambda c: c.payload["updated_at"])
    world.platforms[SHOP].rows["order", "55"] = {"recipient": None, "code": None, **newest.payload}
    told(world, *changes)
    return state(world)


def state(world: World) -> tuple[object, ...]:
    kept = world.record(SHOP, "order", "55")
    buyer = world.record(SHOP, "customer", "7")
    assert kept
    assert buyer
    return kept.fields, kept.deleted, buyer.fields, buyer.external_ids


@pytest.mark.parametrize("length", range(1, len(LIFE) + 1))
def test_every_order_of_arrival_ends_the_same(length: int) -> None:
    """F04: all permutations of every beginning of an order's life, the customer somewhere among them."""
    life = [order(at=at, **words) for at, words in enumerate(LIFE[:length], 1)]
    ends = ended([customer(), *life])
    arrivals = list(itertools.permutations(life))
    if len(arrivals) > 120:
        arrivals = random.Random(1).sample(arrivals, 120)
    for place, arrival in enumerate(arrivals):
        at = place % (len(arrival) + 1)
        assert ended([*arrival[:at], customer(), *arrival[at:]]) == ends


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_repeats_and_deletes_make_no_difference_either(data: st.DataObject) -> None:
    """F01, F04, I12: any multiset in any order, a delete at the very end of the story included."""
    life = [order(at=at, **words) for at, words in enumerate(LIFE, 1)]
    told_often = [change for change in life for _ in range(data.draw(st.integers(1, 3)))]
    removed = data.draw(st.booleans())
    last = [Change(SHOP, "order", "55", "delete", {"removed": "55"})] if removed else []
    ends = []
    for arrival in ([customer(), *life, *last], data.draw(st.permutations([customer(), *told_often, *last]))):
        world = shop()
        if not removed:
            world.platforms[SHOP].rows["order", "55"] = {"recipient": None, "code": None, **life[-1].payload}
        told(world, *arrival)
        ends.append(state(world))
    assert ends[0] == ends[1]
