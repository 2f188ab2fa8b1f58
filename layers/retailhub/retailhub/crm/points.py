"""Points in the office: their settings, a customer's ledger, and redeeming for a contract."""

from dataclasses import dataclass
from typing import Any

from retailhub.crm import records
from retailhub.crm.lists import Found
from retailhub.crm.office import Office
from retailhub.domain.merging import with_fields
from retailhub.domain.points import Offer, spendable
from retailhub.domain.records import Contract, Record, RecordType
from retailhub.domain.rules import PointSettings
from retailhub.rules.drafts import Draft
from retailhub.rules.points import offered
from retailhub.store import points as accounts
from retailhub.store.points import Entry

SETTINGS: RecordType = "point_settings"
REMEMBERED = 20
"""Redemptions of one contract whose requests are known again."""


@dataclass(frozen=True)
class Holding:
    """A customer's points: the balance, what of it could be redeemed, counted purchases, a page of the ledger."""

    balance: int
    redeemable: int
    purchases: int
    ledger: Found[Entry]


def settings(office: Office) -> Record:
    """The settings; version 0 as long as nobody has made any."""
    return records.only(office, SETTINGS)


def change_settings(office: Office, if_match: int | None, spoken: dict[str, Any]) -> Record:
    """The settings after an admin's edit; they hold from now on and change nothing that was earned (A-RWD-6)."""

    def edit(fields: PointSettings) -> Any:
        return with_fields(SETTINGS, fields, spoken)

    return records.change_only(office, SETTINGS, if_match, edit)


def holding(office: Office, customer_id: str, *, limit: int, cursor: str | None) -> Holding:
    """A customer's points. Raises Unknown."""
    customer = records.find(office, "customer", customer_id)
    account = accounts.load(office.table, customer_id)
    free = 0 if customer.deleted else spendable(account.balance, account.purchases, settings(office).fields)
    entries, following = accounts.ledger(office.table, customer_id, limit=limit, cursor=cursor)
    return Holding(account.balance, free, account.purchases, Found(entries, following))


def offer(office: Office, contract_id: str) -> Offer:
    """What may be redeemed for a contract now. Raises Unknown."""
    return offered(Draft(office.table), records.find(office, "contract", contract_id))


def redeem(office: Office, contract_id: str, if_match: int | None, wanted: int) -> Record:
    """The contract with `wanted` points more redeemed for it. A repeat of a request that got so far changes nothing.

    Raises Unknown, Clash where nothing may be redeemed, Wrong for more points than may be.
    """
    request = office.new_id()[:16]
    contract = records.find(office, "contract", contract_id)
    if request in contract.fields.points.redemptions:
        return contract

    def edit(fields: Contract) -> Any:
        known = fields.points.redemptions
        if request in known:
            return fields
        marked = fields.points.model_copy(update={"redemptions": (*known, request)[-REMEMBERED:]})
        return fields.model_copy(update={"points_redeemed": fields.points_redeemed + wanted, "points": marked})

    return records.change(office, "contract", contract_id, if_match, edit)
