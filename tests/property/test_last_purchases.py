"""The log of last purchases against a naive recount (R-HL-12, A-X-6)."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from retailhub.domain.records import Contribution, Customer
from retailhub.domain.totals import KEPT_PURCHASES, moved, must_recount

ORDERS = st.integers(0, 14)
BOUGHT = st.one_of(st.none(), st.integers(1, 30))
MOVES = st.lists(st.tuples(ORDERS, BOUGHT, st.integers(0, 9)), min_size=1, max_size=80)


def share(day: int | None, revenue: int) -> Contribution:
    """Bought on a day (None: not successful, or not any more)."""
    return Contribution(
        buyer="c", revenue=Decimal(revenue), counted=True, purchased_at=f"2026-05-{day:02d}" if day else None
    )


@settings(max_examples=300, deadline=None)
@given(MOVES)
def test_the_log_agrees_with_a_recount(moves: list[tuple[int, int | None, int]]) -> None:
    """Whatever orders come, move and go: sums are exact, the newest purchase is right, and the log never shows one that
    is older than a forgotten one; where it ran empty it says so."""
    customer, orders = Customer(), dict[str, Contribution]()
    for number, day, revenue in moves:
        name = f"o{number:02d}"
        customer = moved(customer, name, orders.get(name), share(day, revenue))
        orders[name] = share(day, revenue)
        bought = sorted(((o.purchased_at, n) for n, o in orders.items() if o.purchased_at), reverse=True)
        assert customer.purchases == len(bought)
        assert customer.revenue == sum(order.revenue for order in orders.values())
        assert customer.total_orders == len(orders)
        if must_recount(customer):
            kept = bought[:KEPT_PURCHASES]
            customer = customer.model_copy(update={"last_purchases": tuple({"order": n, "at": at} for at, n in kept)})
            customer = Customer.model_validate(customer.model_dump())
        log = [(p.at, p.order) for p in customer.last_purchases]
        assert [at for at, _ in log] == [at for at, _ in bought[: len(log)]]
        assert len(log) == len(set(log)) <= KEPT_PURCHASES
        assert customer.last_purchase_at == (bought[0][0] if bought else None)
