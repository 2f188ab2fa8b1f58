"""`make day`: a day of the shop's admin on this machine, at full size; exits 1 when a figure is wrong."""

import sys
import time

from retailhub.runtime.wiring import REMEMBERED_SECONDS
from tests.local import stack
from tests.local.admin_day import BAD_ROWS, GOOD_ROWS, LEFT, PAY, Day
from tests.local.clients import Hub
from tests.local.demo import fresh
from tests.local.places import CHECKOUT, Place, say, step
from tests.local.processes import NotUp
from tests.local.shops import connect
from tests.local.waiting import quiet

CUSTOMERS, INVOICES, BY_HAND = 300, 500, 20


def main() -> int:
    """Run the day on a running stack, or on one of its own that is removed afterwards."""
    place = Place(CHECKOUT)
    running = stack.status(place)
    try:
        hub = Hub(running or stack.up(place))
    except NotUp as reason:
        say(str(reason))
        return 1
    try:
        fresh(hub)
        day = Day(connect(hub, ("kiotviet",)), size=CUSTOMERS, sales=INVOICES, by_hand=BY_HAND)
        wrong = told(day)
    finally:
        if not running:
            stack.down(place)
    for text in wrong:
        print(f"  WRONG: {text}")
    return 1 if wrong else 0


def told(day: Day) -> list[str]:
    """The day itself; answers what is wrong at its end."""
    with step("three employees, a rule, unique phones, points; twenty customers entered by hand"):
        day.set_up()
        time.sleep(REMEMBERED_SECONDS)
    with step(f"{CUSTOMERS} customers and {INVOICES} invoices of KiotViet, by webhook"):
        day.sell()
        quiet(day.shops, 240)
    with step("counted anew from the twin's data"):
        wrong = day.wrong_people() + day.wrong_spread() + day.wrong_points()
    with step("points redeemed, an invoice cancelled, a file read, leads worked on"):
        points, spent = _points(day)
        receipt, row = _file(day), day.work_on_leads()
    day.clear_up()
    print()
    for what, value in {
        "dealt out": ", ".join(f"{name} {n}" for name, n in sorted(day.spread().items())),
        "points of 500 invoices": sum(day.expected_points().values()),
        "redeemed, then cancelled": spent,
        "opening file": ", ".join(f"{n} {outcome}" for outcome, n in receipt.items() if n),
        "conversion": f"{row['contact_rate']} %, {row['customer_rate']} %, {row['conversion_rate']} %",
    }.items():
        print(f"  {what:<26} {value}")
    wrong += points
    wrong += ["the opening file"] * (receipt["created"] != GOOD_ROWS or receipt["refused"] != BAD_ROWS)
    rates = (row["contact_rate"], row["customer_rate"], row["conversion_rate"])
    return wrong + [f"conversion {rates}"] * (rates != (40, 50, 20))


def _points(day: Day) -> tuple[list[str], str]:
    """Redeem all but M points of the richest for a new contract, then cancel one of their invoices at KiotViet."""
    rich = day.richest()
    before = day.account(rich)["balance"]
    body = {"code": "TAY-1", "customer": rich["id"], "value": 5_000_000, "paid": 0}
    contract = day.hub.call("POST", "/contracts", body)
    paid = day.hub.call("POST", f"/contracts/{contract['id']}/redeem", {"points": before - LEFT})
    taken_back = day.cancelled_invoice(rich)
    quiet(day.shops, 60)
    after = day.account(rich)["balance"]
    wrong = [f"balance {after} after {before}"] * (after != LEFT - taken_back)
    wrong += [f"discount {paid['points_discount']}"] * (paid["points_discount"] != (before - LEFT) * PAY)
    return wrong, f"{before} points: {before - LEFT} paid {paid['points_discount']} đ, {taken_back} taken back: {after}"


def _file(day: Day) -> dict[str, int]:
    counts: dict[str, int] = day.hub.send("/members/import", day.opening_file(), "text/csv")["counts"]
    return counts


if __name__ == "__main__":
    sys.exit(main())
