"""A day of the shop's admin, every figure counted anew from the twin's data.

Rules for three employees, phones unique, points on; KiotViet's customers and invoices come in by webhook; points pay
for a contract, an invoice is cancelled, an opening file with ten bad rows is read, leads are won and lost, and the
report is run.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.local.clients import Hub
from tests.local.shops import Shops

EARN, PAY, PURCHASES, LEFT = 100_000, 1_000, 1, 10
"""A, B, N and M."""
GOOD_ROWS, BAD_ROWS = 12, 10
OUTCOMES = ["won", "won", "lost", "open", None, None, None, None, None, None]
"""What becomes of ten leads: an opportunity of this status, or none."""


@dataclass
class Day:
    """What was set up and what came in. by_hand: how many of the store's customers were entered here before."""

    shops: Shops
    size: int = 45
    sales: int = 80
    by_hand: int = 6
    dice: random.Random = field(default_factory=lambda: random.Random(7))
    staff: list[dict[str, Any]] = field(default_factory=list)
    rule: dict[str, Any] = field(default_factory=dict)
    customers: list[dict[str, Any]] = field(default_factory=list)
    invoices: list[dict[str, Any]] = field(default_factory=list)

    @property
    def hub(self) -> Hub:
        """The admin API."""
        return self.shops.hub

    def set_up(self) -> None:
        """Three employees in a department, who get KiotViet's customers in turn; phones are unique; points are on."""
        department = self.hub.call("POST", "/departments", {"name": "Bán hàng"})
        self.staff = [
            self.hub.call("POST", "/employees", {"name": name, "department": department["id"]})
            for name in ("Nguyễn Thị An", "Trần Văn Bình", "Lê Thị Chi")
        ]
        rule = {
            "name": "Khách KiotViet chia đều",
            "event": "customer_created",
            "assign_to": {"department": department["id"]},
            "conditions": [{"field": "source", "op": "=", "value": "retailer"}],
        }
        self.rule = self.hub.call("POST", "/ownership-rules", rule)
        self.hub.call("PUT", "/duplicate-settings", {"fields": {"phone": {"unique": True, "required": False}}})
        points = {"amount_per_point": EARN, "point_value": PAY, "min_purchases": PURCHASES, "min_points_left": LEFT}
        self.hub.call("PUT", "/point-settings", points)
        for n in range(self.by_hand):
            self.hub.call("POST", "/customers", {"name": f"Nhập tay {n}", "phone": _phone(n)})

    def sell(self) -> None:
        """The store's books: customers, then their invoices, by the webhooks that KiotViet would send."""
        twin = self.shops.twins["kiotviet"]
        rows = [{"name": f"Khách ngày {n}", "contactNumber": _phone(n)} for n in range(self.size)]
        self.customers = twin.call("POST", "/bulk/customers", {"records": rows})
        self.invoices = twin.call("POST", "/bulk/invoices", {"records": list(self._sold())})

    def _sold(self) -> Iterator[dict[str, Any]]:
        for _ in range(self.sales):
            total = self.dice.randrange(1, 60) * 25_000
            paid = total if self.dice.random() < 0.8 else total // 2
            status = 1 if paid == total else 3
            buyer = self.dice.choice(self.customers)["id"]
            yield {"customerId": buyer, "total": total, "totalPayment": paid, "status": status}

    def people(self) -> dict[str, dict[str, Any]]:
        """The hub's customers of the day by their local phone."""
        found: dict[str, dict[str, Any]] = {}
        for row in self.hub.all("/customers"):
            phone = f"0{str(row['phone'])[3:]}"
            if phone.startswith("09360"):
                assert phone not in found, f"{phone} stands twice"
                found[phone] = row
        return found

    def account(self, person: dict[str, Any]) -> dict[str, Any]:
        """A customer's points."""
        found: dict[str, Any] = self.hub.call("GET", f"/customers/{person['id']}/points", limit=200)
        return found

    def expected_points(self) -> dict[str, int]:
        """Points by phone, from the twin's rows: one for each full 100,000 đồng of a paid living invoice (R-RWD-06)."""
        twin = self.shops.twins["kiotviet"]
        phone_of = {row["id"]: row["contactNumber"] for row in twin.state("customers") if row.get("contactNumber")}
        mine = {row["id"] for row in self.invoices}
        points: defaultdict[str, int] = defaultdict(int)
        for row in twin.state("invoices"):
            if row["id"] in mine and row["status"] != 2 and row["totalPayment"] >= row["total"]:
                points[phone_of[row["customerId"]]] += int(row["total"]) // EARN
        return dict(points)

    def wrong_people(self) -> list[str]:
        """R-DUP-06, A-DUP-2: everybody stands once, those entered by hand are joined with the store's row."""
        people, store = self.people(), self.shops.id("kiotviet")
        wrong = [f"{self.size} people expected, {len(people)} found"] if len(people) != self.size else []
        return wrong + [f"{phone} is not linked" for phone, one in people.items() if store not in one["external_ids"]]

    def spread(self) -> Counter[str]:
        """How many customers each employee of the department got (R-OWN-09)."""
        names = {one["id"]: one["name"] for one in self.staff}
        return Counter(names.get(row["owner"], "nobody") for row in self.people().values())

    def wrong_spread(self) -> list[str]:
        """R-OWN-09, A-OWN-3: the three differ by one at most; whom a person had entered before, no rule for new ones
        touched."""
        spread = self.spread()
        by_hand = spread.pop("nobody", 0)
        uneven = len(spread) != len(self.staff) or max(spread.values()) - min(spread.values()) > 1
        return [f"dealt out as {dict(spread)}"] * uneven + [f"{by_hand} without owner"] * (by_hand != self.by_hand)

    def wrong_points(self) -> list[str]:
        """R-RWD-06: every balance is what the paid invoices earn, and the sum of its ledger."""
        wrong, expected = [], self.expected_points()
        for phone, person in self.people().items():
            account = self.account(person)
            told = account["balance"], sum(entry["points"] for entry in account["ledger"])
            if told != (expected.get(phone, 0),) * 2:
                wrong.append(f"points of {phone}: {told} instead of {expected.get(phone, 0)}")
        return wrong

    def richest(self) -> dict[str, Any]:
        """The customer with the most points."""
        return max(self.people().values(), key=lambda person: int(self.account(person)["balance"]))

    def cancelled_invoice(self, person: dict[str, Any]) -> int:
        """Cancel a paid invoice of somebody's at KiotViet; answers the points that it had earned."""
        twin = self.shops.twins["kiotviet"]
        theirs = {
            r["id"] for r in twin.state("customers") if f"+84{str(r.get('contactNumber'))[1:]}" == person["phone"]
        }
        paid = (
            r for r in twin.state("invoices") if r["customerId"] in theirs and r["totalPayment"] >= r["total"] >= EARN
        )
        worth = next(paid)
        twin.change("invoices", worth["id"], {"status": 2})
        return int(worth["total"]) // EARN

    def opening_file(self) -> bytes:
        """Twelve members, and ten rows that are wrong, each in a way of its own."""
        good = [f"Thành viên {n},09370{n:05d},tv{n}@example.vn,{n},{n * 1000}" for n in range(GOOD_ROWS)]
        bad = ["Không số,,a@example.vn,1,1", "Chữ,abc,a@example.vn,1,1", "Ngắn,0912,a@example.vn,1,1"]
        bad += ["Thư sai,0938000001,khong-phai-thu,1,1", "Điểm chữ,0938000002,,nhiều,1", "Điểm âm,0938000003,,-5,1"]
        bad += ["Tiền chữ,0938000004,,1,nhiều", "Tiền âm,0938000005,,1,-1", "Dấu cách,   ,,1,1"]
        bad += ["Quá dài,+8491234567890123,,1,1"]
        heading = "Họ tên,Số điện thoại,Email,Điểm đầu kỳ,Tổng chi tiêu đầu kỳ"
        return ("\ufeff" + "\r\n".join([heading, *good, *bad]) + "\r\n").encode()

    def work_on_leads(self) -> dict[str, Any]:
        """Ten leads of the first employee with four opportunities; answers their row of the conversion report."""
        owner = self.staff[0]["id"]
        for n, outcome in enumerate(OUTCOMES):
            lead = self.hub.call("POST", "/leads", {"name": f"Tiềm năng {n}", "phone": f"09380{n:05d}", "owner": owner})
            if outcome:
                body = {"name": f"Cơ hội {n}", "lead": lead["id"], "value": 1_000_000, "status": outcome}
                self.hub.call("POST", "/opportunities", body)
        rows = self.hub.call("GET", "/reports/conversion")["items"]
        found: dict[str, Any] = next(row for row in rows if row["employee"] == owner)
        return found

    def clear_up(self) -> None:
        """Leave no rule behind that would surprise others."""
        self.hub.call("DELETE", f"/ownership-rules/{self.rule['id']}")
        self.hub.call("PUT", "/duplicate-settings", {"fields": {"phone": {"unique": False, "required": False}}})
        self.hub.call("PUT", "/point-settings", {"amount_per_point": None, "point_value": 0})


def _phone(number: int) -> str:
    return f"09360{number:05d}"
