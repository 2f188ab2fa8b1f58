"""The one table: its port, and every key of it.

Each line: what · pk / sk · and then its index entries (pk / sk).

- record · REC#type#id / REC · listing LIST#type / created#id (once removed only customers, products, orders, contracts)
  · related: orders, contracts OF#customer id / made#id, customers PHONE#phone / created · due: orders, contracts,
  products, customers with a code CODE#code / type#created#id · members MEMBERS#standing / last purchase#id
- note that a record names another one · USE#type#id of the named / type#created#id of the naming
- points of a customer · account REC#customer#id / POINTS · ledger entry REC#customer#id / POINTS#number
- whose turn it is by an ownership rule · TURN#rule / TURN
- link · REC#type#id / LINK#connection · due WAITING#connection / until#id, or FAILED / at#id
- remote pointer · REMOTE#connection#type#remote id / REMOTE
- claim on a value · CLAIM#what#value / CLAIM; what: phone (identity), unique.field, type.field (an entry's name, code
  or key), backfill (a connection's only one), layout (every record is laid out so)
- review · CLAIM#review#id / CLAIM · while undecided listing LIST#review / at#id
- event · EVENT#id / EVENT · listing EVENTS#day / at#id · related STORY#type#id / at, or while it has no record
  SOURCE#platform's id / at · due FAILED / at#id, or PARKED#connection / due#id (due 9999: when a person says so), or of
  a person's act ACTS / at#id · ages unless it waits
- connection (the lead sync is one) · CONNECTION#id / CONNECTION · listing LIST#connection / id
- pace (budget, breaker) · PACE#connection / PACE
- pull (catch-up, backfill, reconcile, lead sync, claims on a newly unique field) · PULL#id / PULL · listing LIST#pull /
  started#id · related OF#connection / started#id
- finished lead sync · PULL#lead_sync.started / PULL · related as above, not listed · ages
- flow · FLOW#id / FLOW · listing LIST#flow / id
- API key · APIKEY#hash / APIKEY · listing LIST#api_key / created#id
- repeated request · REPEAT#key#value / REPEAT · ages
- what an employee, or the hub for everybody, likes to see · PREFERENCE#employee#what / PREFERENCE

Index attributes are named `<index>_pk` and `<index>_sk`. Every item carries `rev`, the optimistic lock: it starts at 1
and grows by one with every write; what ages carries `expires_at` (Unix seconds).
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from retailhub.domain.errors import Temporary

Item = dict[str, Any]
Key = tuple[str, str]
Index = Literal["listing", "related", "due", "members"]
ABSENT = 0
LONGEST_CODE = 100
"""Letters of a code that stand in a key; what shares so many is told apart by its record."""


class Conflict(Temporary):
    """A condition of a write did not hold: somebody else was quicker. Nothing of the write was done."""

    def __init__(self) -> None:
        super().__init__("conflict", "somebody else wrote one of the items meanwhile")


@dataclass(frozen=True)
class Put:
    """Write the whole item. `expect`: its present rev, ABSENT (0) if it must be new, None if that does not matter."""

    item: Item
    expect: int | None

    @property
    def key(self) -> Key:
        """The item's key."""
        return self.item["pk"], self.item["sk"]


@dataclass(frozen=True)
class Delete:
    """Remove an item if its rev is as expected (None: whatever it is)."""

    key: Key
    expect: int | None = None


@dataclass(frozen=True)
class Check:
    """Write nothing, but let the whole transaction fail unless this item's rev is as expected."""

    key: Key
    expect: int


Write = Put | Delete | Check


@dataclass(frozen=True)
class Page:
    """Items in key order and where to go on (None: no more)."""

    items: list[Item]
    cursor: str | None = None


class Table(Protocol):
    """What the hub needs of its table; every read by key is consistent, index reads may lag."""

    def get(self, key: Key) -> Item | None:
        """The item, or None."""

    def get_many(self, keys: Iterable[Key]) -> dict[Key, Item]:
        """The items that exist, up to 100 keys in one call."""

    def query(
        self,
        pk: str,
        *,
        index: Index | None = None,
        begins: str = "",
        since: str | None = None,
        until: str | None = None,
        newest_first: bool = False,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page:
        """Items of one partition (of an index) whose sort key begins with `begins`, or is from `since` to `until`, both
        included. The index `members` has the keys of its items only."""

    def count(
        self,
        pk: str,
        *,
        index: Index | None = None,
        begins: str = "",
        since: str | None = None,
        until: str | None = None,
    ) -> int:
        """How many items such a query would find, without reading them into memory."""

    def write(self, *writes: Write) -> None:
        """All or nothing, at most 100 items. Raises Conflict if an expectation does not hold."""


def _alone(kind: str) -> Callable[[str], Key]:
    """Keys of what has a partition to itself, by an id."""
    return lambda of: (f"{kind}#{of}", kind)


event_key = _alone("EVENT")
connection_key = _alone("CONNECTION")
flow_key = _alone("FLOW")
pull_key = _alone("PULL")
"""A run: a catch-up, backfill, reconcile, lead sync, or one for claims."""
pace_key = _alone("PACE")
"""A connection's budget and breaker."""
turn_key = _alone("TURN")
"""An ownership rule's note of who had the last turn."""
api_key_key = _alone("APIKEY")
"""An API key, by the hash of its secret."""


def record_key(record_type: str, record_id: str) -> Key:
    """Key of a record."""
    return f"REC#{record_type}#{record_id}", "REC"


def link_key(record_type: str, record_id: str, connection: str) -> Key:
    """Key of the link between a record and a platform's record."""
    return f"REC#{record_type}#{record_id}", f"LINK#{connection}"


def remote_key(connection: str, record_type: str, remote_id: str) -> Key:
    """Key of the pointer from a platform's record to ours."""
    return f"REMOTE#{connection}#{record_type}#{remote_id}", "REMOTE"


def claim_key(what: str, value: str) -> Key:
    """Key of what stands for a value that only one may have: a record's claim, a run's lock, a review, a mark."""
    return f"CLAIM#{what}#{value}", "CLAIM"


def repeat_key(api_key: str, value: str) -> Key:
    """Key of the remembered answer to a repeatable request (Idempotency-Key)."""
    return f"REPEAT#{api_key}#{value}", "REPEAT"


def preference_key(employee: str, what: str) -> Key:
    """Key of what an employee chose to see somewhere: a report's filter, a list's columns."""
    return f"PREFERENCE#{employee}#{what}", "PREFERENCE"


def use_key(named_type: str, named_id: str, user_type: str, at: str, user_id: str) -> Key:
    """Key of the note that a record names another one; `at`: when the naming record was made."""
    return uses_of(named_type, named_id), f"{user_type}#{at}#{user_id}"


def uses_of(named_type: str, named_id: str) -> str:
    """Partition of what names a record; sort keys begin with the naming record's type."""
    return f"USE#{named_type}#{named_id}"


def account_key(customer: str) -> Key:
    """Key of a customer's account of points."""
    return f"REC#customer#{customer}", "POINTS"


def ledger_key(customer: str, entry: str) -> Key:
    """Key of one entry in a customer's ledger of points; entries sort by their text."""
    return f"REC#customer#{customer}", f"POINTS#{entry}"


def standing_of(standing: str) -> str:
    """Partition of the customers of one standing in the index `members`."""
    return f"MEMBERS#{standing}"


def listing(of: str, at: str) -> Item:
    """Index attributes of an item in the list of its kind, ordered by `at`."""
    return {"listing_pk": list_of(of), "listing_sk": at}


def list_of(kind: str) -> str:
    """Partition of the list of a kind in the index `listing`."""
    return f"LIST#{kind}"


def events_of(day: str) -> str:
    """Partition of the events of one UTC day (`2026-05-14`) in the index `listing`."""
    return f"EVENTS#{day}"


def of_parent(parent: str) -> str:
    """Partition of what belongs to a customer or a connection in the index `related`."""
    return f"OF#{parent}"


def with_phone(phone: str) -> str:
    """Partition of the customers with a phone in the index `related`."""
    return f"PHONE#{phone}"


def story_of(record_type: str, record_id: str) -> str:
    """Partition of the events of one record in the index `related`."""
    return f"STORY#{record_type}#{record_id}"


def coded(text: str) -> str:
    """A code as it is compared, whatever its case and spaces: `#DH 001` → `dh001`; "" for none."""
    whole = "".join(unicodedata.normalize("NFC", text).casefold().split()).lstrip("#")
    return whole[:LONGEST_CODE].encode("utf-8", "replace").decode()


def with_code(code: str) -> str:
    """Partition of the records with a code (as `coded` spells it) in the index `due`; sort keys begin with the type."""
    return f"CODE#{code}"


def from_source(source_id: str) -> str:
    """Partition of the events that have no record, by the platform's id (as `coded` spells it) in the index `related`:
    what failed, waits or was ignored before there was one."""
    return f"SOURCE#{source_id}"


def waiting_for(connection: str) -> str:
    """Partition of the deliveries that wait for a connection in the index `due`."""
    return f"WAITING#{connection}"


def parked_for(connection: str) -> str:
    """Partition of the changes that wait for a connection in the index `due`."""
    return f"PARKED#{connection}"


FAILED = "FAILED"
"""Partition of failed events and deliveries in the index `due`."""

ACTS = "ACTS"
"""Partition of what people did by hand in the index `due`: the audit reads it without the events in between."""
