from dataclasses import replace

import pytest

from retailhub.domain.errors import Contended, Rejected, Throttled, Unavailable
from retailhub.store import pulls, records
from retailhub.store.pulls import Pull
from retailhub.sync.deliver import deliver
from retailhub.sync.resume import resume
from tests.fakes.faults import Killed
from tests.unit.sync.pair import PHONE, Pair


@pytest.fixture
def pair() -> Pair:
    """A product of Getfly in the hub, not yet at CNV; faults and stray messages cleared away."""
    made = Pair()
    made.product()
    made.world.step()
    made.world.step()
    made.world.queues.messages.clear()
    assert made.only("product").version == 1
    return made


def refusing(error: BaseException, *calls: str) -> object:
    """A hook that refuses some calls."""

    def refuse(call: str) -> None:
        if not calls or call in calls:
            raise error

    return refuse


def test_a_record_is_created_under_our_code_and_remembered(pair: Pair) -> None:
    """R-CNV-06: id, code, what it got and which version of ours that was."""
    assert deliver(pair.wish("product"), pair.world.hub) == "created"
    [row] = pair.cnv.live("product")
    link = pair.link("product")
    assert row["code"] == "RH-" + pair.only("product").id.upper()
    assert (link.remote_id, link.remote_code, link.status, link.version) == (row["id"], row["code"], "settled", 1)
    assert pair.only("product").external_ids["cnv1"] == row["id"]
    assert deliver(pair.wish("product"), pair.world.hub) == "nothing"


def test_a_throttled_delivery_waits_in_its_link(pair: Pair) -> None:
    """F47, design §2: it shows in the index of what is due, and no receive is burnt."""
    pair.cnv.before = refusing(Throttled("throttled", retry_after=30))  # type: ignore[assignment]
    assert deliver(pair.wish("product"), pair.world.hub) == "waiting"
    link = pair.link("product")
    assert (link.status, link.error["code"], link.attempts) == ("waiting", "throttled", 1)
    waiting = pair.world.table.query("WAITING#cnv1", index="due").items
    assert [item["due_sk"] for item in waiting] == [f"{link.due_at}#{link.record}"]


def test_waits_grow_while_a_platform_is_down(pair: Pair) -> None:
    """F48: exponential, bounded at an hour."""
    pair.cnv.before = refusing(Unavailable("unavailable"))  # type: ignore[assignment]
    waits = []
    for _ in range(12):
        deliver(pair.wish("product"), pair.world.hub)
        waits.append(_seconds(pair.link("product").due_at) - pair.world.now)
        pair.world.now = _seconds(pair.link("product").due_at)
    assert [round(wait) for wait in waits[:4]] == [15, 30, 60, 120]
    assert round(waits[-1]) == 3600


def test_a_refusal_is_failed_at_once_with_its_field(pair: Pair) -> None:
    """F53: not tried for days; a person sees what is wrong."""
    pair.cnv.before = refusing(Rejected("invalid", status=422, field="price"), "create")  # type: ignore[assignment]
    assert deliver(pair.wish("product"), pair.world.hub) == "failed"
    link = pair.link("product")
    assert (link.status, link.error["code"], link.error["field"]) == ("failed", "invalid", "price")
    assert len(pair.world.table.query("FAILED", index="due").items) == 1


def test_a_lost_answer_to_a_create_leaves_one_record(pair: Pair) -> None:
    """F50: the next try looks before it creates."""
    pair.cnv.after = refusing(Unavailable("no_answer"), "create")  # type: ignore[assignment]
    assert deliver(pair.wish("product"), pair.world.hub) == "waiting"
    pair.cnv.after = lambda _: None
    assert deliver(pair.wish("product"), pair.world.hub) == "updated"
    assert len(pair.cnv.live("product")) == 1
    assert pair.link("product").remote_id == pair.cnv.live("product")[0]["id"]


def test_a_create_that_another_worker_has_begun_is_left_to_it(pair: Pair) -> None:
    """F30: two workers, one wish; the second one comes again later instead of creating a twin."""
    pair.cnv.before = refusing(Killed(), "create")  # type: ignore[assignment]
    with pytest.raises(Killed):
        deliver(pair.wish("product"), pair.world.hub)
    pair.cnv.before = lambda _: None
    with pytest.raises(Contended, match="create_under_way"):
        deliver(pair.wish("product"), pair.world.hub)
    pair.world.now += 61
    assert deliver(pair.wish("product"), pair.world.hub) == "created"


def test_a_record_that_moves_on_during_its_create_is_not_created_twice(pair: Pair) -> None:
    """F38: the record's new version conflicts with our settling; only that is done again."""

    def edited(call: str) -> None:
        if call == "create":
            record = pair.only("product")
            fields = record.fields.model_copy(update={"name": "Áo mới"})
            pair.world.table.write(records.put(record.revised(fields, by="hub", at="now")))

    pair.cnv.after = edited
    assert deliver(pair.wish("product"), pair.world.hub) == "created"
    assert (pair.cnv.calls["create"], pair.cnv.calls["find"]) == (1, 1)
    assert (pair.link("product").version, pair.only("product").version) == (1, 2)
    pair.cnv.after = lambda _: None
    assert deliver(pair.wish("product"), pair.world.hub) == "updated"
    assert pair.cnv.live("product")[0]["fields"]["name"] == "Áo mới"


def test_what_vanished_there_is_said_and_made_anew_on_redrive(pair: Pair) -> None:
    """F57: a 404 on update unlinks and fails; no endless retry."""
    deliver(pair.wish("product"), pair.world.hub)
    del pair.cnv.rows["product", pair.link("product").remote_id or ""]
    record = pair.only("product")
    fields = record.fields.model_copy(update={"name": "Áo mới"})
    pair.world.table.write(records.put(record.revised(fields, by="getfly1", at="now")))
    assert deliver(pair.wish("product"), pair.world.hub) == "failed"
    assert (pair.link("product").remote_id, pair.link("product").error["code"]) == (None, "not_found")
    assert deliver(pair.wish("product"), pair.world.hub) == "created"


def test_a_paused_connection_gets_nothing_and_loses_nothing(pair: Pair) -> None:
    pair.world.pause("cnv1")
    assert deliver(pair.wish("product"), pair.world.hub) == "waiting"
    assert resume(pair.world.hub) == {"getfly1": 0}
    pair.world.pause("cnv1", paused=False)
    pair.world.drain()
    assert len(pair.cnv.live("product")) == 1


def test_what_no_flow_wants_any_more_stops_waiting(pair: Pair) -> None:
    """A flow that is switched off leaves no delivery that is queued again every minute."""
    pair.cnv.before = refusing(Throttled("throttled"))  # type: ignore[assignment]
    deliver(pair.wish("product"), pair.world.hub)
    pair.world.directory.wanted.clear()
    assert deliver(pair.wish("product"), pair.world.hub) == "nothing"
    assert (pair.link("product").status, pair.link("product").version) == ("settled", 0)


def test_what_was_removed_while_it_waited_stops_waiting(pair: Pair) -> None:
    pair.cnv.before = refusing(Throttled("throttled"))  # type: ignore[assignment]
    deliver(pair.wish("product"), pair.world.hub)
    record = pair.only("product")
    pair.world.table.write(records.put(record.revised(record.fields, by="getfly1", at="now", deleted=True)))
    assert deliver(pair.wish("product"), pair.world.hub) == "nothing"
    assert pair.link("product").status == "settled"


def test_a_push_that_had_to_wait_is_still_a_push(pair: Pair) -> None:
    """A-HRV-15: `asked` outlives the wait, though no flow leads there."""
    pair.world.directory.wanted.clear()
    pair.cnv.before = refusing(Throttled("throttled"))  # type: ignore[assignment]
    assert deliver(pair.wish("product", asked=True), pair.world.hub) == "waiting"
    pair.cnv.before = lambda _: None
    assert deliver(pair.wish("product"), pair.world.hub) == "created"
    assert not pair.link("product").asked
    assert deliver(pair.wish("product"), pair.world.hub) == "nothing"


def test_a_customer_who_cannot_be_delivered_holds_the_order_back() -> None:
    """R-CNV-08: the order waits and says for whom; the customer shows what is wrong with them."""
    pair = Pair()
    pair.cnv.before = refusing(Rejected("phone_required", field="phone"), "create")  # type: ignore[assignment]
    pair.order(pair.getfly, pair.getfly.make("customer", name="An", phone=PHONE))
    for _ in range(30):
        pair.world.step()
    assert (pair.link("customer").status, pair.link("order").status) == ("failed", "waiting")
    assert pair.link("order").error["code"] == "customer_first"
    pair.cnv.before = lambda _: None
    pair.world.queues.send_deliveries([pair.wish("customer", attempt=9)])
    pair.world.drain()
    assert len(pair.cnv.live("order")) == 1


def test_a_record_there_that_belongs_to_another_of_ours_is_not_taken(pair: Pair) -> None:
    """F56: the conflict is shown, nothing is overwritten."""
    pair.cnv.after = refusing(Unavailable("no_answer"), "create")  # type: ignore[assignment]
    deliver(pair.wish("product"), pair.world.hub)
    pair.cnv.after = lambda _: None
    pk = f"REMOTE#cnv1#product#{pair.cnv.live('product')[0]['id']}"
    pair.world.table.items[pk, "REMOTE"] = {"pk": pk, "sk": "REMOTE", "record": "p_other", "rev": 1}
    assert deliver(pair.wish("product"), pair.world.hub) == "failed"
    assert pair.link("product").error["code"] == "already_linked"


def test_a_delivery_of_what_does_not_exist_is_nothing(pair: Pair) -> None:
    """F76: a connection or record that was removed meanwhile."""
    assert deliver(replace(pair.wish("product"), id="p_none"), pair.world.hub) == "nothing"
    assert deliver(replace(pair.wish("product"), connection="gone"), pair.world.hub) == "nothing"
    assert not pair.cnv.calls


def _seconds(at: str) -> float:
    return (int(at[8:10]) - 14) * 86_400 + (int(at[11:13]) - 2) * 3600 + int(at[14:16]) * 60 + float(at[17:26])


def test_nobody_is_made_while_the_platform_s_own_customers_come_in() -> None:
    """A-CNV-4: among them may be this person, under a spelling of the phone that only the hub recognises."""
    pair = Pair()
    pair.cnv.make("customer", name="An", phone=PHONE)
    pair.world.step()
    pair.world.step()
    now = pair.world.clock()
    run = Pull("run", "getfly1", "backfill", ("customer",), started_at=now, beat_at=now)
    pair.world.table.write(pulls.put(run))

    assert deliver(pair.wish("customer", "getfly1"), pair.world.hub) == "waiting"
    assert pair.link("customer", "getfly1").error["code"] == "old_data_first"
    assert pair.getfly.calls["find"] == 0

    pair.world.table.write(pulls.put(replace(run, status="done", finished_at=now, rev=1)))
    pair.world.now += 11
    assert deliver(pair.wish("customer", "getfly1"), pair.world.hub) == "created"
