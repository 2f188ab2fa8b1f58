"""Reward points by the API: a customer's ledger, redeeming for a contract (api.md, /customers/{id}/points, /redeem)."""

from dataclasses import replace
from typing import Any

import pytest

from retailhub.store import records
from tests.unit.api.desk import Desk, Reply

VECTOR = {"amount_per_point": 100_000, "point_value": 1_000, "min_purchases": 3, "min_points_left": 50}


def sell(desk: Desk, value: int, paid: int | None = None, customer: str = "c_1", **more: Any) -> Any:
    """A contract by hand, fully paid unless told otherwise."""
    body = {"code": "HĐ", "customer": customer, "value": value, "paid": value if paid is None else paid, **more}
    reply = desk.call("POST", "/contracts", body, role="staff")
    assert reply.status == 201, reply.text
    return reply.json


def redeem(desk: Desk, contract: str, points: Any, **headers: Any) -> Reply:
    return desk.call("POST", f"/contracts/{contract}/redeem", {"points": points}, **{"role": "staff", **headers})


def points(desk: Desk, customer: str = "c_1", **query: str) -> Any:
    return desk.get(f"/customers/{customer}/points", **query).json


@pytest.fixture
def regular(desk: Desk) -> str:
    """The settings of the vectors; customer c_1 has 180 points of three purchases; the id of a fourth contract, of
    500,000, on which nothing is paid yet."""
    desk.keep("customer", "c_1", name="Lan")
    assert desk.call("PUT", "/point-settings", VECTOR).status == 200
    for _ in range(3):
        sell(desk, 6_000_000)
    return str(sell(desk, 500_000, paid=0)["id"])


class TestLedger:
    """`GET /customers/{id}/points`."""

    def test_a_customer_without_contracts_has_none(self, desk: Desk) -> None:
        desk.keep("customer", "c_1", name="Lan")

        assert points(desk) == {"balance": 0, "redeemable": 0, "purchases": 0, "ledger": [], "next_cursor": None}
        assert desk.get("/customers/c_9/points").code == "unknown_customer"

    def test_balance_and_why(self, desk: Desk, regular: str) -> None:
        """R-RWD-02, api.md: at, kind, points, contract, reason; newest first."""
        redeem(desk, regular, 100)
        told = points(desk)

        assert (told["balance"], told["redeemable"], told["purchases"]) == (80, 30, 4)
        newest, *_, oldest = told["ledger"]
        assert (newest["kind"], newest["points"], newest["contract"], newest["balance"]) == (
            "redeem",
            -100,
            regular,
            80,
        )
        assert newest["reason"]["discount"] == 100_000
        assert (oldest["kind"], oldest["points"], oldest["at"]) == ("earn", 60, desk.now)
        assert oldest["reason"] == {
            "code": "paid",
            "message": "Hợp đồng đã thanh toán đủ",
            "by": "lan",
            "value": 6_000_000,
            "rate": 100_000,
            "discount": None,
        }

    def test_pages_bring_every_line_once(self, desk: Desk, regular: str) -> None:
        """api.md, Lists."""
        first = points(desk, limit="2")
        second = points(desk, limit="2", cursor=first["next_cursor"])

        assert [line["balance"] for line in first["ledger"] + second["ledger"]] == [180, 120, 60]
        assert second["next_cursor"] is None
        assert desk.get("/customers/c_1/orders", cursor=first["next_cursor"]).code == "bad_cursor"

    def test_every_reason_has_words_in_both_languages(self, desk: Desk, regular: str) -> None:
        """A-X-9: Vietnamese with English beside."""
        redeem(desk, regular, 100)
        desk.patch(f"/contracts/{regular}", {"paid": 400_000})
        desk.patch(f"/contracts/{regular}", {"value": 600_000, "paid": 500_000})
        desk.patch(f"/contracts/{regular}", {"paid": 0})
        desk.delete(f"/contracts/{regular}")

        said = desk.call("GET", "/customers/c_1/points", accept_language="en").json["ledger"]

        assert [(line["reason"]["code"], line["reason"]["message"]) for line in said[:5]] == [
            ("deleted", "The contract was removed"),
            ("not_paid", "The contract is not fully paid any more"),
            ("value_changed", "The contract's value changed"),
            ("paid", "The contract was fully paid"),
            ("redeemed", "Redeemed for the contract"),
        ]


class TestRedeeming:
    """`POST /contracts/{id}/redeem`."""

    def test_points_pay(self, desk: Desk, regular: str) -> None:
        """R-RWD-02, R-RWD-07, A-RWD-5: payable 500,000 → 130 points, discount 130,000, left 50."""
        offer = desk.get(f"/contracts/{regular}/points").json
        assert (offer["maximum"], offer["discount"], offer["payable"], offer["refused"]) == (
            130,
            130_000,
            500_000,
            None,
        )

        told = redeem(desk, regular, 130)

        assert (told.status, told.json["points_redeemed"], told.json["points_discount"]) == (200, 130, 130_000)
        assert (told.json["debt"], told.json["version"], told.json["updated_by"]) == (370_000, 2, "lan")
        assert points(desk)["balance"] == 50

    def test_too_many_are_refused_and_the_most_is_told(self, desk: Desk, regular: str) -> None:
        """A-RWD-7."""
        told = redeem(desk, regular, 131)

        assert (told.status, told.code, told.fields) == (422, "too_many_points", {"points": "too_many_points"})
        assert told.json["error"]["details"]["fields"][0]["bounds"] == {"maximum": 130}
        assert points(desk)["balance"] == 180

    def test_the_third_purchase_is_refused(self, desk: Desk) -> None:
        """R-RWD-08, A-RWD-4."""
        desk.keep("customer", "c_1", name="Lan")
        desk.call("PUT", "/point-settings", VECTOR)
        sell(desk, 6_000_000)
        sell(desk, 6_000_000)
        third = sell(desk, 500_000, paid=0)["id"]

        told = redeem(desk, third, 1)

        assert (told.status, told.code) == (409, "too_few_purchases")
        assert told.json["error"]["details"] == {"maximum": 0, "balance": 120, "purchases": 3}
        offer = desk.get(f"/contracts/{third}/points").json
        assert (offer["maximum"], offer["refused"]) == (0, "too_few_purchases")
        assert offer["message"] == "Khách chưa đủ số lần mua để đổi điểm"
        assert points(desk)["redeemable"] == 0

    @pytest.mark.parametrize(
        "edit, code",
        [
            ({"status": "cancelled"}, "contract_not_valid"),
            ({"customer": None}, "no_points_account"),
            ({"customer": "c_gone"}, "no_points_account"),
            ({"paid": 500_000}, "nothing_to_pay"),
            ({"customer": "c_2"}, "too_few_purchases"),
        ],
    )
    def test_where_nothing_may_be_redeemed_it_is_said_why(
        self, desk: Desk, regular: str, edit: dict[str, Any], code: str
    ) -> None:
        """A-RWD-3, A-RWD-7: cancelled, nobody's, a removed customer's, paid; each by its name."""
        desk.keep("customer", "c_2", name="Mai")
        gone = desk.post("/customers", {"name": "Tú"}).json["id"]
        if edit.get("customer") == "c_gone":
            removed(desk, gone)
            edit = {"customer": gone}
        assert desk.patch(f"/contracts/{regular}", edit).status == 200

        told = redeem(desk, regular, 1)

        assert (told.status, told.code, told.json["error"]["details"]["maximum"]) == (409, code, 0)

    def test_a_removed_or_unknown_contract(self, desk: Desk, regular: str) -> None:
        assert desk.delete(f"/contracts/{regular}").status == 204

        assert redeem(desk, regular, 1).code == "contract_not_valid"
        assert (redeem(desk, "k_9", 1).status, redeem(desk, "k_9", 1).code) == (404, "unknown_contract")

    @pytest.mark.parametrize("odd", [0, -5, 1.5, "5", True, None, 10**30])
    def test_whole_points_only(self, desk: Desk, regular: str, odd: Any) -> None:
        """A-RWD-7."""
        told = redeem(desk, regular, odd)

        assert (told.status, list(told.fields)) == (422, ["points"])

    def test_roles(self, desk: Desk, regular: str) -> None:
        """api.md: staff edits contracts."""
        assert redeem(desk, regular, 1, role="viewer").status == 403

    def test_another_version_than_the_one_that_was_seen(self, desk: Desk, regular: str) -> None:
        """api.md: If-Match."""
        assert redeem(desk, regular, 1, if_match="7").code == "version_conflict"
        assert redeem(desk, regular, 1, if_match="1").status == 200

    def test_a_repeat_under_its_key_is_one_redemption(self, desk: Desk, regular: str) -> None:
        """api.md: Idempotency-Key; without one, two requests are two."""
        first = redeem(desk, regular, 10, idempotency_key="till-7")
        again = redeem(desk, regular, 10, idempotency_key="till-7")

        assert again.text == first.text
        assert points(desk)["balance"] == 170
        redeem(desk, regular, 10)
        redeem(desk, regular, 10)
        assert points(desk)["balance"] == 150

    @pytest.mark.parametrize("headers", [{}, {"if_match": "1"}])
    def test_so_it_is_after_a_crash_behind_the_write(self, desk: Desk, regular: str, headers: dict[str, str]) -> None:
        """F35, F37: the points are taken, the answer was never given; others have redeemed since."""

        class Killed(BaseException):
            """Lambda ends the function."""

        def kill(_: str) -> None:
            if points_taken(desk, regular):
                raise Killed

        desk.table.after = kill
        with pytest.raises(Killed):
            redeem(desk, regular, 10, idempotency_key="till-7", **headers)
        desk.table.after = lambda _: None
        redeem(desk, regular, 5)
        desk.later(61)

        told = redeem(desk, regular, 10, idempotency_key="till-7", **headers)

        assert (told.status, told.json["points_redeemed"]) == (200, 15)
        assert points(desk)["balance"] == 165


def removed(desk: Desk, customer: str) -> None:
    """A customer whom a platform has removed."""
    record = records.load(desk.table, "customer", customer)
    assert record
    desk.table.write(records.put(replace(record, deleted=True)))


def points_taken(desk: Desk, contract: str) -> bool:
    record = records.load(desk.table, "contract", contract)
    return bool(record and record.fields.points_redeemed)
