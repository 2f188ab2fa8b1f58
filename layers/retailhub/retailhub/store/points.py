"""Customers' points in the table: an account each, and its ledger."""

import json
from dataclasses import dataclass
from typing import Any

from retailhub.domain.points import Kind
from retailhub.store.table import ABSENT, Item, Put, Table, account_key, ledger_key


@dataclass(frozen=True)
class Account:
    """balance: the sum of the ledger; it may be negative (A-RWD-3). purchases: valid contracts (A-RWD-4), counted
    whatever the settings are. entries: how many the ledger has."""

    customer: str
    balance: int = 0
    purchases: int = 0
    entries: int = 0
    rev: int = ABSENT


@dataclass(frozen=True)
class Entry:
    """A line of the ledger. points: with their sign. reason: `code`, `by`, and the numbers that it rests on. balance:
    after it."""

    at: str
    kind: Kind
    points: int
    contract: str
    reason: dict[str, Any]
    balance: int


def account(item: Item | None, customer: str) -> Account:
    """The account in an item; an empty one for none."""
    if item is None:
        return Account(customer)
    return Account(customer, item["balance"], item["purchases"], item["entries"], item["rev"])


def load(table: Table, customer: str) -> Account:
    """A customer's account as it is stored."""
    return account(table.get(account_key(customer)), customer)


def put(account: Account) -> Put:
    """Write the account if nobody else has since it was read: so no two acts take the same points."""
    pk, sk = account_key(account.customer)
    numbers = {"balance": account.balance, "purchases": account.purchases, "entries": account.entries}
    return Put({"pk": pk, "sk": sk, **numbers}, expect=account.rev)


def put_entry(account: Account, entry: Entry) -> Put:
    """Write an entry as the account's latest. Entries are numbered, so that their order is that of the balances,
    whatever the clocks say."""
    pk, sk = ledger_key(account.customer, f"{account.entries:010d}")
    data = {"at": entry.at, "kind": entry.kind, "points": entry.points, "contract": entry.contract}
    data |= {"reason": entry.reason, "balance": entry.balance}
    return Put({"pk": pk, "sk": sk, "data": json.dumps(data, ensure_ascii=False)}, expect=ABSENT)


def ledger(table: Table, customer: str, *, limit: int, cursor: str | None) -> tuple[list[Entry], str | None]:
    """A page of the ledger, newest first, and where to go on."""
    pk, begins = ledger_key(customer, "")
    page = table.query(pk, begins=begins, newest_first=True, limit=limit, cursor=cursor)
    return [Entry(**json.loads(item["data"])) for item in page.items], page.cursor
