"""When a ticket must be settled: creation plus its priority's resolve time, as it is when it is given (A-TKT-2)."""

from dataclasses import replace

from retailhub.domain.catalogues import resolve_within
from retailhub.domain.instants import after as later
from retailhub.domain.records import Record
from retailhub.rules.drafts import Draft


def due(draft: Draft, before: Record | None, after: Record) -> Record:
    """The ticket with its due time; one whose priority stays keeps the time that it has, whatever became of the
    priority meanwhile."""
    wanted = after.fields.priority
    if before and before.fields.priority == wanted:
        return after
    priority = draft.record("ticket_priority", wanted) if wanted else None
    due_at = later(after.created_at, resolve_within(priority.fields).total_seconds()) if priority else None
    return replace(after, fields=after.fields.model_copy(update={"due_at": due_at}))
