"""Repeats: a request with an Idempotency-Key is done once; who sends it again within a day gets the first answer."""

import json
import os
from dataclasses import dataclass, replace
from typing import Any

from retailhub.domain.instants import after, parse
from retailhub.domain.refusals import Clash
from retailhub.store.table import ABSENT, Conflict, Delete, Item, Key, Put, Table, repeat_key

KEPT_SECONDS = 86_400
LEASE_SECONDS = 60.0
"""A request that has neither answered nor failed by then was killed: its repeat takes over, with the same ids."""


@dataclass(frozen=True)
class Repeat:
    """A request under a key. `answer` is the one given before, None while it is to be done; `seed` of its ids."""

    key: Key
    mark: str
    seed: str
    until: str = ""
    answer: dict[str, Any] | None = None
    expires_at: int = 0
    rev: int = ABSENT


def begin(table: Table, now: str, api_key: str, value: str, mark: str) -> Repeat:
    """Claim the key for a request whose fingerprint is `mark`, or find the answer that it got.

    Raises Clash for another request under the same key, and while the first one is still at work.
    """
    key, moment = repeat_key(api_key, value), int(parse(now).timestamp())
    found = _load(table, key, moment)
    if found is None or (found.mark == mark and found.answer is None and found.until < now):
        seed = found.seed if found and found.mark == mark else os.urandom(32).hex()
        rev = found.rev if found else _dead_rev(table, key)
        return _claimed(table, Repeat(key, mark, seed, after(now, LEASE_SECONDS), None, moment + KEPT_SECONDS, rev))
    if found.mark != mark:
        raise Clash("idempotency_key_reused", field="Idempotency-Key")
    if found.answer is None:
        raise Clash("still_running", field="Idempotency-Key")
    return found


def finish(table: Table, repeat: Repeat, answer: dict[str, Any]) -> None:
    """Remember the answer; it must hold no secret, for it is kept readable for a day."""
    _write(table, replace(repeat, answer=answer, until=""))


def release(table: Table, repeat: Repeat, *, keep_seed: bool) -> None:
    """Let the key be used again: for a corrected request, or (keep_seed) for the same one after trouble of ours, which
    may have written something already."""
    if keep_seed:
        _write(table, replace(repeat, until=""))
    else:
        _quietly(table, Delete(repeat.key, expect=repeat.rev))


def _claimed(table: Table, repeat: Repeat) -> Repeat:
    try:
        table.write(_put(repeat))
    except Conflict:
        raise Clash("still_running", field="Idempotency-Key") from None
    return replace(repeat, rev=repeat.rev + 1)


def _load(table: Table, key: Key, moment: int) -> Repeat | None:
    """The claim, unless its day is over (the table removes it some time later)."""
    item = table.get(key)
    if item is None or item["expires_at"] <= moment:
        return None
    return Repeat(key, **json.loads(item["data"]), expires_at=item["expires_at"], rev=item["rev"])


def _dead_rev(table: Table, key: Key) -> int:
    item: Item | None = table.get(key)
    return int(item["rev"]) if item else ABSENT


def _put(repeat: Repeat) -> Put:
    pk, sk = repeat.key
    data = {"mark": repeat.mark, "seed": repeat.seed, "until": repeat.until, "answer": repeat.answer}
    item = {"pk": pk, "sk": sk, "data": json.dumps(data), "expires_at": repeat.expires_at}
    return Put(item, expect=repeat.rev)


def _write(table: Table, repeat: Repeat) -> None:
    _quietly(table, _put(repeat))


def _quietly(table: Table, write: Put | Delete) -> None:
    """Bookkeeping that somebody else has overtaken does not spoil the answer."""
    try:
        table.write(write)
    except Conflict:
        return
