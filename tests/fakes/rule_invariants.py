"""What must hold for the rules' work when a world is at rest: points, turns, automations, claims, notes, counts."""

from collections import Counter
from decimal import Decimal
from itertools import accumulate
from typing import Any

from retailhub.domain.kinds import MODELS, references
from retailhub.domain.records import Record
from retailhub.store import claims
from retailhub.store.table import uses_of
from tests.fakes.chronicle import values
from tests.fakes.company import POINTS, Company
from tests.fakes.world import World

STORE = "kiotviet1"


def check(company: Company) -> None:
    """All of them."""
    contracts_as_told(company.world, recount=not company.rate_moves)
    points(company)
    turns(company)
    automations(company)
    owners(company)
    uses(company.world)
    unique_values(company)
    phones(company.world)
    leads(company.world)


def contracts_as_told(world: World, *, recount: bool) -> None:
    """I3, I5b: what each contract has posted follows from what its store (or who entered it) says last."""
    told = {}
    for (kind, source_id), row in world.platforms[STORE].rows.items():
        if kind == "contract":
            record = world.record(STORE, "contract", source_id)
            assert record, f"contract {source_id} never arrived"
            told[record.id] = _holder(world, row)
    for record in world.records("contract"):
        if record.external_ids and record.id in told:
            assert record.fields.customer == told[record.id], (record, told[record.id])
        _posted(world, record, recount=recount)


def _holder(world: World, row: dict[str, Any]) -> str | None:
    customer = world.record(STORE, "customer", row["buyer"]["id"])
    assert customer, f"the buyer of {row} never arrived"
    return customer.id


def _posted(world: World, record: Record, *, recount: bool) -> None:
    fields, part = record.fields, record.fields.points
    customer = next((c for c in world.records("customer") if c.id == fields.customer), None)
    ended = record.deleted or fields.status in ("cancelled", "undeliverable")
    holder = fields.customer if customer and not (ended or customer.fields.guest) else None
    assert part.customer == holder, (record, holder)
    assert part.counted == bool(holder)
    assert part.redeemed == fields.points_redeemed
    assert holder or (fields.points_redeemed, fields.points_discount) == (0, Decimal(0))
    paid_up = bool(holder) and fields.value > 0 and fields.value - fields.paid - fields.points_discount <= 0
    rate = Decimal(POINTS["amount_per_point"]) if recount else part.rate
    assert part.earned == (int(fields.value // rate) if paid_up and rate else 0), record


def points(company: Company) -> None:
    """I5, A-RWD-3: every account, once more from all that is stored."""
    chronicle = company.chronicle
    stored = {f"REC#contract#{record.id}": record.fields.points for record in company.world.records("contract")}
    assert {key: part.customer for key, part in stored.items()} == {
        key: part.get("customer") for key, part in chronicle.posted.items()
    }
    for customer in company.world.records("customer"):
        chronicle.balanced(customer.id)
        lines = [k for k in company.world.table.items if k[0] == f"REC#customer#{customer.id}" and "POINTS#" in k[1]]
        assert len(lines) == len(chronicle.ledgers[customer.id])


def turns(company: Company) -> None:
    """I14, F66: who is there all the time never has more than one turn more than another such, at any moment."""
    always = company.chronicle.always_there
    for rule, given in company.chronicle.turns.items():
        for count in accumulate(given, lambda so_far, one: so_far + Counter([one]), initial=Counter[str]()):
            shares = [count[employee] for employee in always]
            assert max(shares) - min(shares) <= 1, f"{rule} was unfair: {given}"
        assert set(given) <= set(company.sales)


def automations(company: Company) -> None:
    """A-GA-9, A-GA-5: each automation has decided on each order, once."""
    for order in company.world.records("order"):
        for rule in company.automations:
            decided = company.chronicle.decided[rule, order.id]
            assert decided == 1 or (order.deleted and not decided), f"{rule} decided {decided} times on {order.id}"


def owners(company: Company) -> None:
    """I14: whoever owns somebody works here."""
    staff = {record.id for record in company.world.records("employee")} | {None}
    assert {one.fields.owner for one in _everybody(company.world)} <= staff


def uses(world: World) -> None:
    """R-TKT-11, A-TKT-4: the notes of who names whom are exactly the references of the living records."""
    wanted = set()
    for kind in MODELS:
        for record in world.records(kind):
            named = references(kind, record.fields) if not record.deleted else ()
            wanted |= {(uses_of(*one), f"{kind}#{record.created_at}#{record.id}") for one in named}
    noted = {key for key in world.table.items if key[0].startswith("USE#")}
    assert noted == wanted, f"too many {sorted(noted - wanted)[:3]}, missing {sorted(wanted - noted)[:3]}"


def unique_values(company: Company) -> None:
    """I16, A-DUP-6: the claim on a unique value names exactly those living who have it, also from before it was to be
    unique; of those whom only people entered no two have one value."""
    present: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for key, item in company.world.table.items.items():
        if key[1] == "REC" and key[0].startswith(("REC#customer#", "REC#lead#")):
            for value in values(item):
                present.setdefault(value, set()).add((item["type"], item["id"]))
    assert present == {value: who for value, who in company.chronicle.having.items() if who}
    _claimed(company, present)
    _by_hand_only(company.world, present)


def _claimed(company: Company, present: dict[tuple[str, str], set[tuple[str, str]]]) -> None:
    items = company.world.table.items
    [settings] = company.world.records("duplicate_settings")
    assert all(setting.ready for setting in settings.fields.fields.values()), "a run over present values never ended"
    unique = [value for value in present if value[0] in settings.fields.fields]
    for value in unique:
        named = claims.places(items.get(claims.unique_key(*value)))
        assert len(named) == len(set(named))
        assert set(named) == present[value], f"{value}: claimed by {named}, held by {present[value]}"
    claimed = {key for key in items if key[0].startswith("CLAIM#unique.")}
    assert claimed == {claims.unique_key(*value) for value in unique}, "somebody's value is claimed by nobody"


def _by_hand_only(world: World, present: dict[tuple[str, str], set[tuple[str, str]]]) -> None:
    """Of phones, which had to be unique from the first day on."""
    known: dict[tuple[str, str], Record] = {(one.type, one.id): one for one in _everybody(world)}
    for value in [value for value in present if value[0] == "phone"]:
        alone = [place for place in present[value] if not known[place].external_ids]
        assert len(alone) <= 1, f"{value} was entered twice: {alone}"


def _everybody(world: World) -> list[Record]:
    return world.records("customer") + world.records("lead")


def phones(world: World) -> None:
    """A-CNV-4: the claim on a phone as an identity names somebody who is there and has it."""
    people = {record.id: record for record in world.records("customer")}
    for key, item in world.table.items.items():
        if key[0].startswith("CLAIM#phone#"):
            record = people.get(item["record"])
            assert record, item
            assert not record.deleted, (item, record)
            assert f"CLAIM#phone#{record.fields.phone}" == key[0], (item, record)


def leads(world: World) -> None:
    """R-CVR-02, R-CVR-03: each lead counts the living opportunities that name it."""
    attached = [one.fields for one in world.records("opportunity") if not one.deleted]
    every, won = Counter(one.lead for one in attached), Counter(one.lead for one in attached if one.status == "won")
    for lead in world.records("lead"):
        assert (lead.fields.opportunities, lead.fields.won) == (every[lead.id], won[lead.id]), lead
