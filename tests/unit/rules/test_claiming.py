"""The run that claims the present values of a newly unique field."""

from collections.abc import Callable

import pytest

from retailhub.domain.refusals import Clash
from retailhub.rules import claiming
from retailhub.store import claims, records
from retailhub.store.pulls import Pull
from retailhub.sync import pull
from tests.unit.rules.sales_desk import UNIQUE, SalesDesk

RUN = "claim.phone"
PHONE = "+84912000111"


def crowd(count: int) -> SalesDesk:
    """Many customers, the first and the last with one phone, and the field ticked but not yet claimed."""
    desk = SalesDesk()
    for number in range(count):
        desk.enter(name=f"Khách {number}", phone=f"+8491200{number:04d}" if 0 < number < count - 1 else PHONE)
    desk.tick({"phone": UNIQUE}, run=False)
    return desk


def step(desk: SalesDesk, going: Callable[[], bool] = lambda: True) -> tuple[Pull | None, list[str]]:
    """One step of the run, and what it queued."""
    queued: list[str] = []
    return claiming.step(desk.world.table, desk.world.clock, queued.append, RUN, going), queued


def ready(desk: SalesDesk) -> bool:
    stored = records.load(desk.world.table, claiming.KIND, claiming.KIND)
    assert stored
    return bool(stored.fields.fields["phone"].ready)


def holder(desk: SalesDesk) -> str:
    return claims.places(desk.world.table.get(claims.unique_key("phone", PHONE)))[0].id


def test_every_present_value_is_claimed_by_whoever_came_first() -> None:
    """A-DUP-6: existing duplicates stay as they are."""
    desk = crowd(60)
    before = desk.living()
    run, queued = step(desk)
    assert (run and run.status, queued, ready(desk)) == ("done", [], True)
    assert desk.living() == before
    assert holder(desk) == before[0].id
    with pytest.raises(Clash):
        desk.enter(name="Bình", phone="0912000007")


def test_the_older_one_holds_it_though_the_younger_was_claimed_before() -> None:
    """A-DUP-6: somebody comes while the run is under way."""
    desk = crowd(3)
    old = desk.living()[0]
    desk.tick({"phone": {"unique": False}}, run=False)
    desk.enter(name="Sau", phone="0912000999")
    young = desk.edit(desk.living()[-1], phone=PHONE)
    desk.tick({"phone": UNIQUE}, run=False)
    desk.edit(young, phone="0912000999")
    desk.tick({"email": UNIQUE}, run=False)
    desk.told("haravan1", "1", name="Chen", phone=PHONE)
    assert holder(desk) != old.id
    step(desk)
    assert holder(desk) == old.id


def test_a_killed_run_goes_on_where_it_was() -> None:
    """A-DUP-6: page by page; what one page has claimed is not claimed twice."""
    desk = crowd(70)
    turns = iter([True])
    run, queued = step(desk, lambda: next(turns, False))
    assert (run and run.counts["customer"]["done"], queued, ready(desk)) == (50, [RUN], False)

    def killed(operation: str) -> None:
        if operation == "transaction":
            raise RuntimeError("killed")

    desk.world.table.before = killed
    with pytest.raises(RuntimeError):
        step(desk)
    desk.world.table.before = lambda _: None
    run, _ = step(desk)
    assert (run and run.counts["customer"]["done"], ready(desk)) == (70, True)


def test_a_run_that_fell_silent_is_woken() -> None:
    """A-DUP-6: by the one-minute schedule, as every pull is."""
    desk = crowd(1)
    desk.world.queues.messages.clear()
    desk.world.now += 2000
    assert pull.wake(desk.world.hub) == 1
    assert [message.body for message in desk.world.queues.messages] == [RUN]


def test_a_field_that_was_unticked_meanwhile_needs_no_run() -> None:
    """R-DUP-06: the administrator changed their mind; ticked again, it begins anew."""
    desk = crowd(2)
    desk.tick({"phone": {"unique": False}}, run=False)
    run, _ = step(desk)
    assert run and run.status == "cancelled"
    desk.tick({"phone": UNIQUE}, run=False)
    run, _ = step(desk)
    assert (run and run.status, ready(desk)) == ("done", True)


def test_of_two_workers_one_goes_on() -> None:
    """F42: the page of the other one is done twice at most, with the same claims."""
    desk = crowd(3)

    def meanwhile(operation: str) -> None:
        if operation == "query":
            desk.world.table.before = lambda _: None
            step(desk)

    desk.world.table.before = meanwhile
    run, _ = step(desk)
    assert (run, ready(desk)) == (None, True)


def test_a_record_that_changes_while_it_is_claimed_is_read_again() -> None:
    """A-DUP-6: no claim for a value that was just given up."""
    desk = crowd(1)
    [customer] = desk.living()

    def meanwhile(operation: str) -> None:
        if operation == "transaction":
            desk.world.table.before = lambda _: None
            desk.edit(customer, phone="0912000999")

    desk.world.table.before = meanwhile
    step(desk)
    assert claims.places(desk.world.table.get(claims.unique_key("phone", PHONE))) == []
