"""Killed anywhere: what rules do to points, owners, turns, claims and notes is done once when the retry is through."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from retailhub.crm import contracts, converting, customers, leads, opportunities, points, records
from retailhub.crm.converting import Wish
from retailhub.domain.changes import Change
from retailhub.domain.refusals import Clash
from retailhub.sync.apply import apply
from tests.fakes import rule_invariants
from tests.fakes.company import ONLINE, Company
from tests.fakes.faults import Killed
from tests.fakes.store_story import SHOP, STORE, connected
from tests.fakes.world import World
from tests.unit.sync.test_crashes import Scissors

PHONE = "+84912000111"
HOURS = re.compile(r'"2026-[^"]*"')
Act = Callable[[Company], object]


def business() -> Company:
    """A store and a web shop, a customer with 30 points of two paid contracts, one more to pay, and a lead."""
    world = World()
    store, _ = connected(world, STORE), connected(world, SHOP)
    company = Company(world)
    buyer = {"id": store.make("customer", name="An", phone=PHONE), "code": None, "stub": {"name": "An"}}
    for value, paid in ((2_000_000, 2_000_000), (1_000_000, 1_000_000), (500_000, 0)):
        store.make("contract", buyer=buyer, value=str(value), paid=str(paid), status="completed")
    for kind, source_id in list(store.rows):
        apply(store.notice(kind, source_id), world.hub)  # type: ignore[arg-type]
    leads.create(company.office("lead"), {"name": "Bình", "phone": "+84912000222"})
    world.queues.messages.clear()
    return company


def state(company: Company) -> dict[str, Any]:
    """All that matters, without the hours: records, accounts, ledgers, turns, claims and decisions."""
    items = company.world.table.items
    return {
        "data": {
            key: HOURS.sub("", item.get("data", ""))
            for key, item in items.items()
            if key[1] in ("REC", "TURN", "REMOTE")
        },
        "versions": {key: item.get("version") for key, item in items.items() if key[1] == "REC"},
        "accounts": {key: item["balance"] for key, item in items.items() if key[1] == "POINTS"},
        "ledgers": {
            who: [(e["kind"], e["points"]) for e in told] for who, told in company.chronicle.ledgers.items() if told
        },
        "claims": {key: (i.get("record"), i.get("others")) for key, i in items.items() if key[0].startswith("CLAIM#")},
        "decided": dict(company.chronicle.decided),
    }


def every_cut(act: Act) -> int:
    """Run `act` undisturbed, then once for every step with a kill there and the same act a while later; compare."""
    calm = business()
    steps = Scissors(calm.world, None)
    act(calm)
    for cut in range(1, steps.steps + 1):
        company = business()
        Scissors(company.world, cut)
        with pytest.raises(Killed):
            act(company)
        company.world.now += 200
        act(company)
        rule_invariants.check(company)
        assert state(company) == state(calm), f"killed at step {cut}"
    return steps.steps


def told(kind: str, source_id: str, connection: str = STORE, **fields: Any) -> Act:
    """A notice of a platform, which has the record like that."""

    def act(company: Company) -> object:
        platform = company.world.platforms[connection]
        platform.rows[kind, source_id] = {
            "id": source_id,
            "code": None,
            "updated_at": "2026-05-14T03:00:00.000000Z",
            "buyer": {"id": "101", "code": None, "stub": {"name": "An"}} if kind != "customer" else None,
            "recipient": None,
            "fields": fields,
        }
        return apply(platform.notice(kind, source_id), company.world.hub)  # type: ignore[arg-type]

    return act


def removed(source_id: str) -> Act:
    """The store removes a contract."""

    def act(company: Company) -> object:
        company.world.platforms[STORE].rows.pop(("contract", source_id), None)
        return apply(Change(STORE, "contract", source_id, "delete", {"removed": source_id}), company.world.hub)

    return act


def by_hand(wish: Callable[[Company, Any], object]) -> Act:
    """A person's request, sent again with the same ids; what a repeat is refused for was done before."""

    def act(company: Company) -> object:
        try:
            return wish(company, company.office("one request"))
        except Clash as clash:
            if clash.code not in ("version_conflict", "already_converted"):
                raise
            return None

    return act


def contract_of(company: Company) -> str:
    """The one that is not paid yet."""
    found = company.world.record(STORE, "contract", "104")
    assert found
    return found.id


def customer_of(company: Company) -> str:
    """The store's only customer."""
    found = company.world.record(STORE, "customer", "101")
    assert found
    return found.id


def lead_of(company: Company) -> str:
    """The only lead."""
    [lead] = company.world.records("lead")
    return lead.id


STORIES: dict[str, Act] = {
    "a new customer of the store: R-OWN-09, A-DUP-6": told("customer", "201", name="Chi", phone="+84912000333"),
    "another customer with a phone that is taken: A-DUP-2": told("customer", "202", name="Chi", phone=PHONE),
    "a contract is paid: R-RWD-01": told("contract", "104", value="500000", paid="500000", status="completed"),
    "a contract's value is altered: A-RWD-3": told(
        "contract", "102", value="300000", paid="300000", status="completed"
    ),
    "a contract is cancelled: F68": told("contract", "103", value="1000000", paid="1000000", status="cancelled"),
    "a contract is removed: F68": removed("103"),
    "a new order of the web shop: R-GA-06": told(
        "order", "301", SHOP, total_price="100000", payment_status="paid", order_source=ONLINE
    ),
    "points are redeemed: R-RWD-09, F67": by_hand(
        lambda company, office: points.redeem(office, contract_of(company), None, 10)
    ),
    "somebody enters a customer: F70": by_hand(
        lambda company, office: customers.create(office, {"name": "Dũng", "phone": "+84912000444"})
    ),
    "somebody enters a contract: A-RWD-4": by_hand(
        lambda company, office: contracts.create(
            office, {"customer": customer_of(company), "value": 700000, "paid": 700000}
        )
    ),
    "somebody makes an opportunity: R-CVR-02": by_hand(
        lambda company, office: opportunities.create(office, {"lead": lead_of(company), "status": "won"})
    ),
    "a lead becomes a customer: A-SYN-8": by_hand(
        lambda company, office: converting.convert(office, lead_of(company), None, Wish(opportunity={"status": "won"}))
    ),
    "a lead is removed: A-DUP-5": by_hand(lambda company, office: records.remove(office, "lead", lead_of(company), 1)),
}


@pytest.mark.parametrize("story", STORIES)
def test_it_can_be_killed_at_every_step(story: str) -> None:
    """F35, F37, F39: whatever the rules add to a change is part of its one transaction."""
    assert every_cut(STORIES[story]) >= 4
