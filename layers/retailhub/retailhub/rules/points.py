"""Reward points: what follows for a customer's account when one of their contracts changes (R-RWD, A-RWD-1…8)."""

from dataclasses import dataclass, replace
from typing import Any

from retailhub.domain import points
from retailhub.domain.decimals import plain
from retailhub.domain.fields import ZERO, Contract, PointsPosted
from retailhub.domain.points import Offer, Posting
from retailhub.domain.records import Record
from retailhub.domain.refusals import Clash, Wrong
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.store import points as accounts
from retailhub.store.points import Account, Entry
from retailhub.store.table import account_key


@dataclass(frozen=True)
class _Move:
    """A contract before and after an act, and the act."""

    id: str
    before: Contract
    after: Contract
    deed: Deed

    @property
    def old(self) -> PointsPosted:
        return self.before.points

    @property
    def new(self) -> PointsPosted:
        return self.after.points


def posted(draft: Draft, before: Record | None, after: Record, deed: Deed) -> Record:
    """The contract with what it has posted to its customer's points as of now; the accounts and their ledgers are
    drafted. Platforms' words and people's edits end here alike (A-KV-5).

    A contract whose `points_redeemed` has grown is a redemption: raises Clash if nothing may be redeemed for it, Wrong
    if it is less. One that is not valid any more, or nobody's, loses its points and their discount (A-RWD-3).
    """
    was: Contract = before.fields if before else Contract()
    over = points.ended(after.fields, deleted=after.deleted)
    holder = None if over else _holder(draft, after.fields.customer, was.points)
    contract = _redeemed(draft, was, before or after, after.fields)
    if holder is None:
        contract = contract.model_copy(update={"points_redeemed": 0, "points_discount": ZERO})
    new = points.posted(was.points, contract, holder, lambda: draft.rules.points)
    move = _Move(after.id, was, contract.model_copy(update={"points": new}), deed)
    _draft(draft, move, points.postings(was.points, new, over or ("" if holder else "no_account")))
    return replace(after, fields=move.after)


def offered(draft: Draft, record: Record) -> Offer:
    """What may be redeemed for a contract as it is stored (R-RWD-02, R-RWD-08, R-RWD-09)."""
    contract: Contract = record.fields
    if points.ended(contract, deleted=record.deleted):
        return Offer(0, "contract_not_valid")
    customer = draft.record("customer", contract.customer) if contract.customer else None
    if customer is None or customer.deleted or customer.fields.guest:
        return Offer(0, "no_points_account")
    account = _account(draft, customer.id)
    purchases = account.purchases + int(contract.points.customer != customer.id)
    return points.offer(account.balance, purchases, contract.debt, draft.rules.points)


def _redeemed(draft: Draft, was: Contract, present: Record, asked: Contract) -> Contract:
    """The contract with the discount that the points asked for give, if they may be taken."""
    taken = asked.points_redeemed - was.points_redeemed
    if taken <= 0:
        return asked
    offer = offered(draft, present)
    if offer.refused:
        raise Clash(offer.refused, maximum=0, balance=offer.balance, purchases=offer.purchases)
    if taken > offer.maximum:
        raise Wrong("too_many_points", "points", context={"maximum": offer.maximum})
    discount = asked.points_discount + taken * draft.rules.points.point_value
    return asked.model_copy(update={"points_discount": discount})


def _holder(draft: Draft, customer_id: str | None, old: PointsPosted) -> str | None:
    """Who has an account for the contract. A store's walk-in customer has none: that is nobody in particular, and all
    tills would wait for one account."""
    if customer_id is None or customer_id == old.customer:
        return customer_id
    customer = draft.record("customer", customer_id)
    return customer_id if customer and not customer.fields.guest else None


def _account(draft: Draft, customer: str) -> Account:
    return accounts.account(draft.item(account_key(customer)), customer)


def _draft(draft: Draft, move: _Move, made: list[Posting]) -> None:
    """Each account that moves, with its new entries; one that does not is not even read."""
    for customer in dict.fromkeys(filter(None, (move.old.customer, move.new.customer))):
        own = [posting for posting in made if posting.customer == customer]
        counted = points.counted(move.old, move.new, customer)
        if own or counted:
            _post(draft, customer, own, counted, move)


def _post(draft: Draft, customer: str, made: list[Posting], counted: int, move: _Move) -> None:
    account = _account(draft, customer)
    account = replace(account, purchases=account.purchases + counted)
    for posting in made:
        account = replace(account, balance=account.balance + posting.points, entries=account.entries + 1)
        reason = _reason(posting, move)
        entry = Entry(move.deed.at, posting.kind, posting.points, move.id, reason, account.balance)
        draft.add(accounts.put_entry(account, entry))
        facts = {"customer": customer, "points": abs(posting.points), "balance": account.balance}
        move.deed.note(f"points_{posting.kind}", **facts, why=posting.why)
    draft.add(accounts.put(account))


def _reason(posting: Posting, move: _Move) -> dict[str, Any]:
    """Why points moved, who did it, and the numbers that they follow from."""
    told = {"code": posting.why, "by": move.deed.by}
    if posting.kind in ("redeem", "restore"):
        discount = abs(move.after.points_discount - move.before.points_discount) or move.after.points_discount
        return {**told, "discount": plain(discount)}
    rate = move.new.rate or move.old.rate
    return {**told, "value": plain(move.after.value), "rate": plain(rate) if rate else None}
