"""Claiming: a run through all customers and leads, so that the present values of a newly unique field are known too.

Nothing of the records changes (A-DUP-6): where two have one value both keep it, and the older one holds the claim.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from retailhub.domain import duplicates
from retailhub.domain.errors import Contended
from retailhub.domain.records import RecordType
from retailhub.domain.rules import DuplicateSettings, FieldSetting
from retailhub.rules import holding
from retailhub.rules.drafts import Draft
from retailhub.store import pulls, records
from retailhub.store.pulls import Pull
from retailhub.store.table import Check, Conflict, Item, Table, list_of, record_key

PAGE = 50
TRIES = 5
HEARD_AFTER = 60.0
"""Seconds before the run begins: workers that still remember the old settings for a while make no claims, so what they
write must be in the list before it is gone through."""
KIND: RecordType = "duplicate_settings"
_PREFIX = "claim."

Clock = Callable[[], str]


def is_run(pull_id: str) -> bool:
    """Whether a step on the queue of pulls is one of these runs."""
    return pull_id.startswith(_PREFIX)


def run_of(field: str) -> str:
    """The id of a field's run."""
    return _PREFIX + field


def begin(table: Table, field: str, now: str) -> None:
    """Set the run to its start, also one that is under way: the field was ticked anew. Its step is still to be
    queued; if that is lost, the one-minute schedule finds the run silent and wakes it."""
    for _ in range(TRIES):
        old = pulls.load(table, run_of(field))
        run = Pull(run_of(field), "hub", "reconcile", duplicates.CHECKED, started_at=now, beat_at=now)
        try:
            table.write(pulls.put(replace(run, rev=old.rev if old else 0)))
        except Conflict:
            continue
        return
    raise Contended("contended")


def step(
    table: Table, clock: Clock, queue: Callable[[str], None], pull_id: str, going: Callable[[], bool]
) -> Pull | None:
    """Claim page after page while `going()`; what is left is queued as another step. None: another worker has the run.
    A crash repeats one page, which finds its claims made. Raises Temporary."""
    run = pulls.load(table, pull_id)
    try:
        while run and run.status == "running" and going():
            run = _page(table, clock, run)
    except Conflict:
        return None
    if run and run.status == "running":
        queue(pull_id)
    return run


def _page(table: Table, clock: Clock, run: Pull) -> Pull:
    field = run.id.removeprefix(_PREFIX)
    if not _waiting(_settings(table), field):
        return _saved(table, replace(run, status="cancelled", finished_at=clock()), clock)
    page = table.query(list_of(run.type), index="listing", cursor=run.cursor, limit=PAGE)
    changed = sum(_claimed(table, field, item) for item in page.items)
    counted = replace(run, counts=run.counts | {run.type: _counts(run, len(page.items), changed)})
    if page.cursor or run.at + 1 < len(run.types):
        further = replace(counted, cursor=page.cursor, at=run.at if page.cursor else run.at + 1)
        return _saved(table, further, clock)
    _make_ready(table, field)
    return _saved(table, replace(counted, status="done", finished_at=clock(), last_complete=run.started_at), clock)


def _claimed(table: Table, field: str, item: Item) -> bool:
    """Let one record have its claims, unless it has; whether there was something to do. Raises Contended."""
    for _ in range(TRIES):
        draft = Draft(table)
        record = draft.record(cast("RecordType", item["type"]), item["id"])
        values = duplicates.of_record(field, record)
        new = [value for value in values if record and not holding.listed(draft, field, value, record)]
        if record is None or not new:
            return False
        for value in new:
            holding.eldest_first(draft, field, value, record)
        draft.add(Check(record_key(record.type, record.id), expect=record.rev))
        try:
            draft.commit()
        except Conflict:
            continue
        return True
    raise Contended("contended")


def _make_ready(table: Table, field: str) -> None:
    """Every present value is claimed. That is no change of what the admin decided, so the version stays."""
    for _ in range(TRIES):
        stored = records.load(table, KIND, KIND)
        if stored is None or not _waiting(stored.fields, field):
            return
        ready = {**stored.fields.fields, field: stored.fields.fields[field].model_copy(update={"ready": True})}
        try:
            table.write(records.put(replace(stored, fields=DuplicateSettings(fields=ready))))
        except Conflict:
            continue
        return
    raise Contended("contended")


def _settings(table: Table) -> DuplicateSettings:
    stored = records.load(table, KIND, KIND)
    return stored.fields if stored else DuplicateSettings()


def _waiting(settings: DuplicateSettings, field: str) -> bool:
    setting = settings.fields.get(field, FieldSetting())
    return setting.unique and not setting.ready


def _counts(run: Pull, seen: int, changed: int) -> dict[str, int | None]:
    old = run.counts.get(run.type, {"done": 0, "changed": 0})
    return {"done": old["done"] + seen, "total": None, "changed": old["changed"] + changed, "removed": 0}


def _saved(table: Table, run: Pull, clock: Clock) -> Pull:
    """The run with its place. Raises Conflict if another worker or a new tick was quicker."""
    alive = replace(run, beat_at=clock())
    table.write(pulls.put(alive))
    return replace(alive, rev=alive.rev + 1)
