"""The counts that leads carry against a naive recount, whatever happens to their opportunities (R-CVR-02, R-CVR-03)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from retailhub.crm import converting, leads, opportunities, records, reports
from retailhub.crm.converting import Wish
from retailhub.crm.office import Office
from retailhub.domain.records import Customer
from retailhub.domain.refusals import Refusal
from retailhub.store.table import Conflict
from tests.unit.api.desk import Desk

LEADS = 3
PLACES = st.integers(0, LEADS - 1)
STATUSES = st.sampled_from(["open", "won", "lost"])
WHICH = st.integers(0, 5)
ACTS = st.one_of(
    st.tuples(st.just("make"), PLACES, STATUSES),
    st.tuples(st.just("turn"), WHICH, STATUSES),
    st.tuples(st.just("move"), WHICH, PLACES),
    st.tuples(st.just("detach"), WHICH),
    st.tuples(st.just("remove"), WHICH),
    st.tuples(st.just("convert"), PLACES, STATUSES),
    st.tuples(st.just("drop"), PLACES),
)


class Floor:
    """A sales floor: leads, a customer, and the opportunities made so far."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.office: Office = self.desk.office
        self.leads = [leads.create(self.office, {"name": f"Lead {n}"}).id for n in range(LEADS)]
        self.customer = records.create(self.office, "customer", Customer(name="Lan")).id
        self.made: list[str] = []

    def act(self, what: str, *told: object) -> None:
        """Do it, unless it is refused."""
        try:
            getattr(self, what)(*told)
        except Refusal:
            return

    def make(self, place: int, status: str) -> None:
        self.made.append(opportunities.create(self.office, {"lead": self.leads[place], "status": status}).id)

    def turn(self, which: int, status: str) -> None:
        self._edit(which, status=status)

    def move(self, which: int, place: int) -> None:
        self._edit(which, lead=self.leads[place])

    def detach(self, which: int) -> None:
        self._edit(which, lead=None, customer=self.customer)

    def remove(self, which: int) -> None:
        for one in self.made[which : which + 1]:
            opportunities.remove(self.office, one, None)

    def convert(self, place: int, status: str) -> None:
        done = converting.convert(self.office, self.leads[place], None, Wish(opportunity={"status": status}))
        self.made += [done.opportunity.id] if done.opportunity else []

    def drop(self, place: int) -> None:
        leads.remove(self.office, self.leads[place], None)

    def _edit(self, which: int, **spoken: object) -> None:
        for one in self.made[which : which + 1]:
            opportunities.change(self.office, one, None, spoken)

    def counted(self) -> dict[str, tuple[int, int]]:
        """What the leads carry."""
        found = [records.find(self.office, "lead", lead).fields for lead in self.leads]
        return {lead: (one.opportunities, one.won) for lead, one in zip(self.leads, found, strict=True)}

    def recounted(self) -> dict[str, tuple[int, int]]:
        """What their opportunities say."""
        found = [records.find(self.office, "opportunity", one) for one in self.made]
        attached = [(one.fields.lead, one.fields.status) for one in found if not one.deleted]
        every, won = (
            Counter(lead for lead, _ in attached),
            Counter(lead for lead, status in attached if status == "won"),
        )
        return {lead: (every[lead], won[lead]) for lead in self.leads}


@contextmanager
def losing(desk: Desk, races: int) -> Iterator[None]:
    """The next transactions lose their race."""
    left = iter(range(races))

    def lose(step: str) -> None:
        if step == "transaction" and next(left, None) is not None:
            raise Conflict

    desk.table.before = lose
    yield
    desk.table.before = lambda _: None


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(ACTS, st.integers(0, 2)), max_size=14))
def test_counts_equal_a_recount_after_every_act(acts: list[tuple[tuple[object, ...], int]]) -> None:
    """R-CVR-02, R-CVR-03, A-CVR-10: with lost races in between, refused acts included."""
    floor = Floor()
    for (what, *told), races in acts:
        with losing(floor.desk, races):
            floor.act(str(what), *told)
        assert floor.counted() == floor.recounted()


EDITS = st.lists(st.one_of(STATUSES, PLACES), min_size=1, max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_edits_of_different_opportunities_and_their_repeats_change_nothing(
    edits: list[list[str | int]], random: object
) -> None:
    """R-CVR-04, R-CVR-05, R-CVR-06: one after the other, or interleaved with each edit sent twice."""
    turns = list(chain.from_iterable([n] * len(each) for n, each in enumerate(edits)))
    shuffled = list(turns)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert _after(edits, turns, 1) == _after(edits, shuffled, 2)


def _after(edits: list[list[str | int]], turns: list[int], times: int) -> list[tuple[int, int] | tuple[int, ...]]:
    """Every lead's counts, and the report's total, after the opportunities' edits in this order of turns."""
    floor = Floor()
    for _ in edits:
        floor.make(0, "open")
    waiting = [iter(each) for each in edits]
    for turn in turns:
        edit = next(waiting[turn])
        for _ in range(times):
            floor.act("move" if isinstance(edit, int) else "turn", turn, edit)
    total = reports.conversion(floor.office, reports.Wanted()).total
    return [*floor.counted().values(), (total.opportunities, total.won, total.customers)]
