"""Pulls: runs through a platform's listings (catch-up, backfill, reconcile), or through the hub's own for claims on a
field that has just become unique; resumable at any page."""

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from retailhub.domain.instants import parse
from retailhub.domain.stored import members
from retailhub.store.table import Item, Put, Table, list_of, listing, of_parent, pull_key

Mode = Literal["catch_up", "backfill", "reconcile", "lead_sync"]
PullStatus = Literal["running", "done", "cancelled", "failed"]
KEPT_DAYS = 90
"""How long a finished run is kept beside the next one of its id."""


@dataclass(frozen=True)
class Pull:
    """One run over the listings of a connection, type after type.

    since: instant from which changes are wanted, None for everything. types: the record types, in order; `at` is the
    index of the one under way and `cursor` its next page (None: from the start).
    counts: per type `done` (rows seen), `total` (None: unknown), `changed` (rows that differed), `removed`; of a lead
    sync also `new` (of the changed ones those that were not known) and, if there are any, `left_out` by reason.
    beat_at: the last sign of life; a run without one for long is taken over. by: the employee who began it by hand.
    """

    id: str
    connection: str
    mode: Mode
    types: tuple[str, ...]
    since: str | None = None
    at: int = 0
    cursor: str | None = None
    counts: dict[str, dict[str, Any]] = field(default_factory=dict)
    status: PullStatus = "running"
    started_at: str = ""
    beat_at: str = ""
    finished_at: str = ""
    error: dict[str, Any] = field(default_factory=dict)
    last_complete: str = ""
    by: str = ""
    rev: int = 0

    @property
    def type(self) -> str:
        """The record type under way."""
        return self.types[self.at]


def put(pull: Pull) -> Put:
    """Write the run if nobody else has since it was read."""
    pk, sk = pull_key(pull.id)
    return Put(
        {
            "pk": pk,
            "sk": sk,
            "data": json.dumps(asdict(replace(pull, rev=0))),
            "related_pk": of_parent(pull.connection),
            "related_sk": f"{pull.started_at}#{pull.id}",
            **listing("pull", f"{pull.started_at}#{pull.id}"),
        },
        expect=pull.rev,
    )


def put_away(pull: Pull) -> Put:
    """Keep a finished run beside the next one of its id, for 90 days; it stands with its connection's runs only, not
    among those that may have to be woken."""
    item = put(replace(pull, id=f"{pull.id}.{pull.started_at}")).item
    unlisted = {name: value for name, value in item.items() if not name.startswith("listing_")}
    return Put({**unlisted, "expires_at": int(parse(pull.started_at).timestamp()) + KEPT_DAYS * 86_400}, expect=None)


def load(table: Table, pull_id: str) -> Pull | None:
    """The run, or None."""
    item = table.get(pull_key(pull_id))
    return from_item(item) if item else None


def of_connection(table: Table, connection: str) -> list[Pull]:
    """The runs of a connection, newest first."""
    page = table.query(of_parent(connection), index="related", newest_first=True)
    return [from_item(i) for i in page.items]


def every(table: Table) -> list[Pull]:
    """The newest runs of all connections."""
    return [from_item(i) for i in table.query(list_of("pull"), index="listing", newest_first=True, limit=200).items]


def from_item(item: Item) -> Pull:
    """The run in an item."""
    data = json.loads(item["data"])
    return Pull(**{**members(Pull, data), "types": tuple(data["types"]), "rev": item["rev"]})
