"""The sources that integrations write: there without being made, stored once an admin gives one another name."""

from collections.abc import Iterable
from dataclasses import replace

from retailhub.domain.catalogues import BUILT_IN
from retailhub.domain.flows import HUB
from retailhub.domain.records import Record, RecordType
from retailhub.store import records


def built_in(record_type: RecordType, wanted_id: str) -> Record | None:
    """The source as it is until somebody renames it, or None for any other record. Its version is 0."""
    fields = BUILT_IN.get(wanted_id) if record_type == "source" else None
    if fields is None:
        return None
    return replace(records.born("source", wanted_id, origin=HUB, by=HUB, at=""), fields=fields)


def with_built_in(stored: Iterable[Record]) -> list[Record]:
    """All sources: those that are stored, and the others that are there anyway."""
    known = {record.id: record for record in stored}
    others = (built_in("source", wanted) for wanted in BUILT_IN if wanted not in known)
    return [*known.values(), *(record for record in others if record)]
