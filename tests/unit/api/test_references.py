"""What is entered by hand names only what is there, and what is named cannot vanish at the same moment."""

from typing import Any

import pytest

from retailhub.crm import entries, records
from retailhub.domain.catalogues import CONTRACT_TYPES
from retailhub.domain.records import MODELS, Contract, RecordType
from retailhub.domain.refusals import Clash, Wrong
from tests.unit.api.desk import Desk

Entered = list[tuple[RecordType, dict[str, Any], dict[str, str]]]
UNKNOWN: Entered = [
    ("customer", {"owner": "x", "source": "x"}, {"owner": "unknown_employee", "source": "unknown_source"}),
    ("customer", {"groups": ("x",)}, {"groups": "unknown_customer_group"}),
    ("product", {"product_type": "x"}, {"product_type": "unknown_product_type"}),
    ("contract", {"contract_type": "x"}, {"contract_type": "unknown_contract_type"}),
    ("lead", {"source": "x"}, {"source": "unknown_source"}),
    ("ticket", {"priority": "x"}, {"priority": "unknown_ticket_priority"}),
    ("ticket", {"customer": "c_x"}, {"customer": "unknown_customer"}),
    ("supplier", {"supplier_type": "x"}, {"supplier_type": "unknown_supplier_type"}),
    ("contact", {"contact_position": "x"}, {"contact_position": "unknown_contact_position"}),
    ("employee", {"department": "x"}, {"department": "unknown_department"}),
    ("product_type", {"parent": "x"}, {"parent": "unknown_product_type"}),
    ("ownership_rule", {"assign_to": {"department": "x"}}, {"assign_to.department": "unknown_department"}),
    (
        "ownership_rule",
        {"conditions": [{"field": "source", "op": "=", "value": "x"}]},
        {"conditions.0.value": "unknown_source"},
    ),
    (
        "order_automation",
        {"branches": [{"order_source": "web", "employee": "x"}]},
        {"branches.0.employee": "unknown_employee"},
    ),
]


def enter(desk: Desk, kind: RecordType, fields: dict[str, Any]) -> str:
    """A record entered by hand, whatever its routes are."""
    return records.create(desk.office, kind, MODELS[kind].model_validate({"name": "Lan"} | fields)).id


@pytest.mark.parametrize("kind, fields, wrong", UNKNOWN)
@pytest.mark.parametrize("removed", [False, True])
def test_nothing_that_is_not_there_is_named(
    desk: Desk, kind: RecordType, fields: dict[str, Any], wrong: dict[str, str], removed: bool
) -> None:
    """R-TKT-11, R-CTR-10, R-SUP-09: the other side of the protection; what was removed is not there either."""
    for code in wrong.values() if removed else ():
        named = "c_x" if code == "unknown_customer" else "x"
        there = desk.keep(code.removeprefix("unknown_"), named)  # type: ignore[arg-type]
        records.remove(desk.office, there.type, there.id, None)

    with pytest.raises(Wrong) as refused:
        records.create(desk.office, kind, MODELS[kind].model_validate(fields))

    assert {fault.field: fault.code for fault in refused.value.faults} == wrong


def test_what_came_in_from_elsewhere_is_not_asked_about(desk: Desk) -> None:
    """A-X-2: an integration may name what the hub does not know; a person can still edit the rest."""
    desk.keep("customer", "c_1", name="Lan", source="Facebook Ads", groups=("Khách quen",))

    edited = desk.patch("/customers/c_1", {"name": "Lan Nguyễn", "source": "Facebook Ads"})
    changed = desk.patch("/customers/c_1", {"groups": ["Khách quen", "Khách lẻ"]})

    assert (edited.status, changed.fields) == (200, {"groups": "unknown_customer_group"})


def test_all_that_is_named_is_read_at_once(desk: Desk) -> None:
    """Ten groups cost as many reads as one, and one transaction."""
    cost = []
    for customer, many in (("c_1", 1), ("c_2", 10)):
        groups = [f"g_{customer}_{number}" for number in range(many)]
        for group in groups:
            desk.keep("customer_group", group, name=group)
        desk.keep("customer", customer, name="Lan")
        desk.table.calls.clear()
        assert desk.patch(f"/customers/{customer}", {"groups": groups}).status == 200
        cost.append(dict(desk.table.calls))

    assert cost[0] == cost[1]
    assert cost[0]["transaction"] == 1


def test_more_than_a_transaction_can_hold_is_refused(desk: Desk) -> None:
    """Never a 5xx: a hundred items are a transaction's bound."""
    for number in range(41):
        desk.keep("customer_group", f"g_{number}", name=f"{number}")
    desk.keep("customer", "c_1", name="Lan")

    reply = desk.patch("/customers/c_1", {"groups": [f"g_{number}" for number in range(41)]})

    assert (reply.status, reply.fields) == (422, {"groups": "too_long"})
    assert desk.patch("/customers/c_1", {"groups": [f"g_{number}" for number in range(40)]}).status == 200


class TestAtTheSameMoment:
    """An entry is removed while somebody begins to use it."""

    def test_who_names_it_after_it_was_looked_at_finds_it_gone(self, desk: Desk) -> None:
        """The removal is written between the reading of the contract type and the writing of the contract."""
        retail = enter(desk, "contract_type", {})
        self.meanwhile(desk, lambda: entries.remove(desk.office, CONTRACT_TYPES, retail, None))

        with pytest.raises(Wrong) as refused:
            records.create(desk.office, "contract", Contract(contract_type=retail))

        assert refused.value.code == "unknown_contract_type"
        assert desk.get("/contracts").json["items"] == []

    def test_who_named_it_after_it_was_counted_brings_it_back(self, desk: Desk) -> None:
        """The contract is written between the count of users and the removal, which the entry itself does not show."""
        retail = enter(desk, "contract_type", {})
        contract = Contract(contract_type=retail, code="HĐ-1")
        self.meanwhile(desk, lambda: records.create(desk.office, "contract", contract))

        with pytest.raises(Clash) as refused:
            entries.remove(desk.office, CONTRACT_TYPES, retail, None)

        assert (refused.value.code, refused.value.details["counts"]) == ("in_use", {"contract": 1})
        assert [one["id"] for one in desk.get("/catalogues/contract-types").json["items"]] == [retail]
        assert desk.post("/catalogues/contract-types", {"name": "Lan"}).code == "duplicate_name", "its name is its own"

    def test_two_of_one_name_are_one(self, desk: Desk) -> None:
        """A-CTR-1: the second one is told who was quicker."""
        self.meanwhile(desk, lambda: enter(desk, "contract_type", {"name": "Bán lẻ"}))

        with pytest.raises(Clash) as refused:
            enter(desk, "contract_type", {"name": "bán LẺ"})

        assert refused.value.code == "duplicate_name"
        assert len(desk.get("/catalogues/contract-types").json["items"]) == 1

    @staticmethod
    def meanwhile(desk: Desk, act: Any) -> None:
        """Let somebody act just before the next transaction is written."""

        def before(step: str) -> None:
            if step == "transaction":
                desk.table.before = lambda _: None
                act()

        desk.table.before = before


def test_a_removal_that_was_cut_short_is_judged_when_it_is_tried_again() -> None:
    """R-CTR-10, A-LOST-2: somebody began to use the reason in the middle of its removal, and then the worker died."""
    desk = Desk()
    reason = desk.post("/catalogues/loss-reasons", {"name": "Giá cao"}).json["id"]
    removed = records.remove(desk.office, "loss_reason", reason, None)
    desk.keep("opportunity", "opportunity_1", status="lost", loss_reason=reason)
    assert removed.deleted

    again = desk.delete(f"/catalogues/loss-reasons/{reason}")

    assert (again.status, again.code) == (409, "in_use")
    assert desk.get(f"/catalogues/loss-reasons/{reason}").json["name"] == "Giá cao"
    unused = desk.post("/catalogues/loss-reasons", {"name": "Khác"}).json["id"]
    assert [desk.delete(f"/catalogues/loss-reasons/{unused}").status for _ in range(2)] == [204, 404]
