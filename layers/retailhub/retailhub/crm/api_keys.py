"""API keys: each belongs to an employee and has a role; only its hash is kept.

Only the standard library is imported behind this: the authorizer runs before every call and must start quickly.
"""

import base64
import hashlib
import hmac
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from retailhub.domain.instants import stamp
from retailhub.domain.refusals import Clash, Unknown
from retailhub.domain.stored import members
from retailhub.store.table import ABSENT, Delete, Item, Put, Table, Write, api_key_key, list_of, listing

Role = Literal["viewer", "staff", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each role may do what those before it may."""

PREFIX = "rhk_"
LONGEST_KEY = 200


@dataclass(frozen=True)
class ApiKey:
    """A key as it is listed. `hash` is the SHA-256 of the whole key text, in hex; the key itself is nowhere."""

    id: str
    name: str
    employee: str
    role: Role
    hash: str
    version: int = 1
    created_at: str = ""
    updated_at: str = ""
    created_by: str = ""
    updated_by: str = ""


def hashed(key: str) -> str:
    """What is kept of a key. It has 256 random bits, so a plain hash cannot be turned back."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def create(
    table: Table, *also: Write, key_id: str, name: str, employee: str, role: Role, by: str, at: str
) -> tuple[ApiKey, str]:
    """A new key; the text beside it is shown once and kept nowhere. `also` is written with it."""
    text = PREFIX + base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
    key = ApiKey(key_id, name, employee, role, hashed(text), 1, at, at, by, by)
    pk, sk = api_key_key(key.hash)
    data = json.dumps(asdict(key), ensure_ascii=False)
    item = {"pk": pk, "sk": sk, "data": data, **listing("api_key", f"{at}#{key_id}")}
    table.write(Put(item, expect=ABSENT), *also)
    return key, text


def known(table: Table, text: str) -> ApiKey | None:
    """The key that a caller shows, or None for one that was never given or is revoked."""
    if not text or len(text) > LONGEST_KEY:
        return None
    return with_hash(table, hashed(text))


def with_hash(table: Table, mark: str) -> ApiKey | None:
    """The key with this hash, or None if it was never given or is revoked."""
    item = table.get(api_key_key(mark))
    key = _key(item) if item else None
    return key if key and hmac.compare_digest(key.hash, mark) else None


def every(table: Table) -> list[ApiKey]:
    """All keys, oldest first (a business has a handful)."""
    return [_key(item) for item in table.query(list_of("api_key"), index="listing", limit=500).items]


def revoke(table: Table, key_id: str, *also: Write) -> None:
    """Forget a key; from the next call on it opens nothing. Raises Clash for the last admin key: nobody could make
    another from here. `also` is written with it."""
    keys = every(table)
    mine = next((key for key in keys if key.id == key_id), None)
    if mine is None:
        raise Unknown("unknown_api_key")
    if mine.role == "admin" and not any(key.role == "admin" and key.id != key_id for key in keys):
        raise Clash("last_admin_key")
    table.write(Delete(api_key_key(mine.hash)), *also)


def create_first_key(table: Table, now: str = "") -> str:
    """An admin key for a freshly deployed hub, without which nobody could make another; shown only this once."""
    at, key_id = now or stamp(datetime.now(UTC)), os.urandom(10).hex()
    _, text = create(table, key_id=key_id, name="first key", employee="owner", role="admin", by="deployment", at=at)
    return text


def _key(item: Item) -> ApiKey:
    return ApiKey(**members(ApiKey, json.loads(item["data"])))
