"""What a person's entry names must be there, and stay there until the entry is written."""

from collections.abc import Sequence

from retailhub.domain.catalogues import BUILT_IN
from retailhub.domain.kinds import DEFAULT_TYPE, Named, named
from retailhub.domain.records import Record
from retailhub.domain.refusals import Fault, Wrong, all_wrong
from retailhub.rules.drafts import Draft
from retailhub.store.table import Check, record_key

MOST_AT_ONCE = 80
"""Items of a transaction for what an edit begins and ceases to name: two for each that is new, one for each that is
over; a transaction holds a hundred."""


def vouched(draft: Draft, before: Record | None, after: Record) -> None:
    """Draft that every record which the edit newly names is not removed meanwhile. What it named before is not asked
    about, so a record from elsewhere can be edited though it names what the hub does not know.

    Raises Wrong `unknown_<kind>` for each field that names what is not there or was removed.
    """
    wanted = newly_named(_named(before), _named(after))
    if not wanted:
        return
    if 2 * len(wanted) + len(_named(before)) > MOST_AT_ONCE:
        raise Wrong("too_long", wanted[-1].field, context={"max_length": MOST_AT_ONCE // 2})
    for check in still_there(draft, wanted):
        draft.add(check)


def still_there(draft: Draft, wanted: Sequence[Named]) -> list[Check]:
    """Conditions under which what is named is still there. Raises Wrong `unknown_<kind>` for each field that names what
    is not there or was removed."""
    found = draft.several((one.kind, one.id) for one in wanted)
    missing = [one for one in wanted if (record := found[one.kind, one.id]) is None or record.deleted]
    if missing:
        raise all_wrong([Fault(one.field, f"unknown_{one.kind}") for one in missing])
    return [Check(record_key(*place), expect=record.rev) for place, record in found.items() if record]


def newly_named(before: Sequence[Named], after: Sequence[Named]) -> list[Named]:
    """What was not named before, in whichever field, and may not be there."""
    known = {(one.kind, one.id) for one in before}
    return [one for one in after if (one.kind, one.id) not in known and not _always_there(one)]


def _named(record: Record | None) -> list[Named]:
    return named(record.type, record.fields) if record and not record.deleted else []


def _always_there(one: Named) -> bool:
    """Sources that integrations write, and the outermost level of the goods: nobody can remove them."""
    return (one.kind == "source" and one.id in BUILT_IN) or (one.kind == "product_type" and one.id == DEFAULT_TYPE)
