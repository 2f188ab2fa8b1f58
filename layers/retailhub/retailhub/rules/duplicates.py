"""Duplicate and required fields (R-DUP): people are stopped, what platforms say is kept, marked and noted (A-DUP-2)."""

from dataclasses import replace

from retailhub.domain import duplicates
from retailhub.domain.records import Record
from retailhub.domain.refusals import Clash, Fault, all_wrong
from retailhub.rules import holding
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.store import claims

Clashes = dict[str, Record]
"""Field → who has its value already."""


def checked(draft: Draft, before: Record | None, after: Record, deed: Deed) -> Record:
    """The record after the checks of unique and required fields, its claims drafted.

    Of a person: raises Wrong with every required field that the entry leaves blank, Clash with every duplicate. An edit
    is held to what it changes: what was blank or double before it stays as it is (A-DUP-6).
    """
    if deed.via == "person":
        _phone_claimed(draft, before, after)
        _refuse_blanks(draft, before, after)
    clashes = _claimed(draft, before, after, deed.instead_of)
    if deed.via == "person" and clashes:
        raise _clash(clashes)
    complete = _marked(draft, after)
    if deed.via == "platform":
        _tell(draft, before, complete, clashes, deed)
    return complete


def met(draft: Draft, record: Record) -> Record:
    """Somebody whom another record named before their own words came: a buyer's stub, a recipient (A-HRV-8,
    A-HRV-14)."""
    _claimed(draft, None, record, None)
    return _marked(draft, record)


def _phone_claimed(draft: Draft, before: Record | None, after: Record) -> None:
    """A customer's phone is also an identity of its own, by which Getfly and CNV find people (A-CNV-4)."""
    if after.type == "customer":
        old, new = (one.fields.phone if one and not one.deleted else None for one in (before, after))
        for write in claims.moved(draft.item, after.id, old, new):
            draft.add(write)


def _refuse_blanks(draft: Draft, before: Record | None, after: Record) -> None:
    settings = draft.rules.duplicates
    was = duplicates.missing(settings, before.fields) if before else ()
    blank = [field for field in duplicates.missing(settings, after.fields) if field not in was]
    if blank and not after.deleted:
        raise all_wrong([Fault(field, "missing") for field in blank])


def _claimed(draft: Draft, before: Record | None, after: Record, instead_of: str | None) -> Clashes:
    """Draft what the change means for claims; answers which fields have a value that somebody else has."""
    clashes: Clashes = {}
    for field in duplicates.unique(draft.rules.duplicates):
        old, new = (duplicates.of_record(field, record) for record in (before, after))
        for value in (one for one in new if one not in old):
            others = holding.taken(draft, field, value, after, (instead_of,) if instead_of else ())
            if others:
                clashes.setdefault(field, others[0])
        for value in (one for one in old if one not in new):
            holding.released(draft, field, value, after)
    return clashes


def _clash(clashes: Clashes) -> Clash:
    """One refusal with all duplicates: the field and who has its value, other people's records included (A-DUP-5)."""
    found = [{"field": field, "existing": {"type": one.type, "id": one.id}} for field, one in clashes.items()]
    first = next(iter(clashes))
    code = "duplicate_custom" if first.startswith(duplicates.CUSTOM) else f"duplicate_{first}"
    return Clash(code, field=first, existing=found[0]["existing"], duplicates=found)


def _marked(draft: Draft, record: Record) -> Record:
    """The record with the mark of what is missing, which goes once it is complete (A-DUP-2)."""
    missing = duplicates.missing(draft.rules.duplicates, record.fields)
    if missing == record.fields.incomplete:
        return record
    return replace(record, fields=record.fields.model_copy(update={"incomplete": missing}))


def _tell(draft: Draft, before: Record | None, after: Record, clashes: Clashes, deed: Deed) -> None:
    """Note what was decided on a platform's words."""
    if draft.matched:
        deed.note("linked_by", fields=list(draft.matched))
    for field, one in clashes.items():
        deed.note("duplicate_kept", field=field, holder_type=one.type, holder=one.id)
    was = before.fields.incomplete if before else ()
    if after.fields.incomplete and after.fields.incomplete != was:
        deed.note("incomplete", fields=list(after.fields.incomplete))
