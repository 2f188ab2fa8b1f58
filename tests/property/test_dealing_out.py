"""Customers told in any order and any number of times are dealt out fairly (R-OWN-09, A-OWN-3)."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from retailhub.store import turns
from retailhub.store.table import turn_key
from tests.fakes.staffed import book, employee, rule, team
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, customer, shop, told

STAFF = team(3)
SOURCES = ("ads", "web", "fair")
RULES = (
    rule(("source", "=", "ads"), name="ads"),
    rule(("source", "!=", "fair"), name="rest", assign_to={"employee": "employee_web"}),
)
TOLD = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 3)), min_size=1, max_size=60)


def dealt(words: list[tuple[int, int]]) -> World:
    """A shop that told these words: (customer, minute); the customer's source follows from who they are."""
    world = shop()
    world.directory.book = book(*RULES, staff=(*STAFF, employee("web", department="elsewhere")))
    told(world, *(customer(str(n), at=at, name=f"Khách {n}.{at}", source=SOURCES[n % 3]) for n, at in words))
    return world


def owners(world: World) -> dict[str, str | None]:
    """Customer's number → owner."""
    return {record.external_ids[SHOP]: record.fields.owner for record in world.records("customer")}


@settings(max_examples=60, deadline=None)
@given(TOLD, st.randoms(use_true_random=False))
def test_neither_order_nor_repeats_change_who_gets_whom(words: list[tuple[int, int]], dice: object) -> None:
    """Up to whose turn it happened to be: the same customers are owned, each department's spread is at most one, and a
    turn was used once for each customer."""
    again = [*words, *words[: len(words) // 2]]
    dice.shuffle(again)  # type: ignore[attr-defined]
    first, second = dealt(words), dealt(again)
    one, other = owners(first), owners(second)
    assert one.keys() == other.keys()
    for world, owned in ((first, one), (second, other)):
        ads = [owner for number, owner in owned.items() if int(number) % 3 == 0]
        got = Counter(ads)
        assert set(got) <= {each.id for each in STAFF}
        shares = [got[each.id] for each in STAFF]
        assert max(shares) - min(shares) <= 1
        assert turns.from_item(world.table.get(turn_key("rule_ads"))).count == len(ads)
        assert all(owner == "employee_web" for number, owner in owned.items() if int(number) % 3 == 1)
        assert all(owner is None for number, owner in owned.items() if int(number) % 3 == 2)
