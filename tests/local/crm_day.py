"""A day of the shop's admin: rules, duplicate fields, points, an opening file, KiotViet's customers and invoices, and
what must stand in the hub at the end, counted anew from the twin's own data."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.local.shops import Shops

CUSTOMERS, INVOICES, BY_HAND = 300, 500, 20
"""Of 300 customers in the store's books 20 were entered in the hub by hand before."""
EARN, PAY, PURCHASES, LEFT = 100_000, 1_000, 1, 10
"""A, B, N and M."""
BAD_ROWS = 10


@dataclass
class Day:
    """What was set up and what came in."""

    shops: Shops
    dice: random.Random = field(default_factory=lambda: random.Random(7))
    staff: list[dict[str, Any]] = field(default_factory=list)
    rule: dict[str, Any] = field(default_factory=dict)
    customers: list[dict[str, Any]] = field(default_factory=list)
    invoices: list[dict[str, Any]] = field(default_factory=list)

    @property
    def hub(self) -> Any:
        """The admin API."""
        return self.shops.hub

    def set_up(self) -> None:
        """Three employees in a department, who get KiotViet's customers in turn; phones are unique; points are on."""
        sales = self.hub.call("POST", "/departments", {"name": "Bán hàng"})
        self.staff = [
            self.hub.call("POST", "/employees", {"name": name, "department": sales["id"]})
            for name in ("Nguyễn Thị An", "Trần Văn Bình", "Lê Thị Chi")
        ]
        self.rule = self.hub.call(
            "POST",
            "/ownership-rules",
            {
                "name": "Khách KiotViet chia đều",
                "event": "customer_created",
                "assign_to": {"department": sales["id"]},
                "conditions": [{"field": "source", "op": "=", "value": "retailer"}],
            },
        )
        self.hub.call("PUT", "/duplicate-settings", {"fields": {"phone": {"unique": True, "required": False}}})
        points = {"amount_per_point": EARN, "point_value": PAY, "min_purchases": PURCHASES, "min_points_left": LEFT}
        self.hub.call("PUT", "/point-settings", points)
        for n in range(BY_HAND):
            self.hub.call("POST", "/customers", {"name": f"Nhập tay {n}", "phone": f"09360{n:05d}"})

    def clear_up(self) -> None:
        """Leave no rule behind that would surprise others."""
        self.hub.call("DELETE", f"/ownership-rules/{self.rule['id']}")
        self.hub.call("PUT", "/duplicate-settings", {"fields": {"phone": {"unique": False, "required": False}}})
        self.hub.call("PUT", "/point-settings", {"amount_per_point": None, "point_value": 0})

    def sell(self) -> None:
        """The store's books: customers, then their invoices, by the webhooks that KiotViet would send."""
        twin = self.shops.twins["kiotviet"]
        rows = [{"name": f"Khách ngày {n}", "contactNumber": f"09360{n:05d}"} for n in range(CUSTOMERS)]
        self.customers = twin.call("POST", "/bulk/customers", {"records": rows})
        self.invoices = twin.call("POST", "/bulk/invoices", {"records": list(self._sales())})

    def _sales(self) -> Iterator[dict[str, Any]]:
        for _ in range(INVOICES):
            total = self.dice.randrange(1, 60) * 25_000
            paid = total if self.dice.random() < 0.8 else total // 2
            yield {
                "customerId": self.dice.choice(self.customers)["id"],
                "total": total,
                "totalPayment": paid,
                "status": 1 if paid == total else 3,
            }

    def expected_points(self) -> dict[str, int]:
        """Points by phone, from the twin's rows: one for each full 100,000 đồng of a paid, living invoice (R-RWD-06)."""
        twin = self.shops.twins["kiotviet"]
        phone_of = {row["id"]: row["contactNumber"] for row in twin.state("customers")}
        mine = {row["id"] for row in self.invoices}
        points: defaultdict[str, int] = defaultdict(int)
        for row in twin.state("invoices"):
            if row["id"] in mine and row["status"] != 2 and row["totalPayment"] >= row["total"]:
                points[phone_of[row["customerId"]]] += int(row["total"]) // EARN
        return dict(points)

    def people(self) -> dict[str, dict[str, Any]]:
        """The hub's customers of the day by local phone."""
        ours = (row for row in self.hub.all("/customers") if str(row["phone"]).startswith("+849360"))
        found: dict[str, dict[str, Any]] = {}
        for row in ours:
            assert row["phone"] not in found, f"{row['phone']} stands twice"
            found[row["phone"]] = row
        return {f"0{phone[3:]}": row for phone, row in found.items()}

    def spread(self, people: dict[str, dict[str, Any]]) -> Counter[str]:
        """How many customers each employee of the department got."""
        names = {one["id"]: one["name"] for one in self.staff}
        return Counter(names.get(row["owner"], "nobody") for row in people.values())

    def opening_file(self) -> bytes:
        """Twelve members, and ten rows that are wrong in ten ways or twice in the same."""
        good = [f"Thành viên {n},09370{n:05d},tv{n}@example.vn,{n},{n * 1000}" for n in range(12)]
        bad = ["Không số,,a@example.vn,1,1", "Chữ,abc,a@example.vn,1,1", "Ngắn,0912,a@example.vn,1,1"]
        bad += ["Thư sai,0938000001,khong-phai-thu,1,1", "Điểm chữ,0938000002,,nhiều,1", "Điểm âm,0938000003,,-5,1"]
        bad += [
            "Tiền chữ,0938000004,,1,nhiều",
            "Tiền âm,0938000005,,1,-1",
            "Không số nữa,   ,,1,1",
            "Dài,+8491234567890123,,1,1",
        ]
        assert len(bad) == BAD_ROWS
        heading = "Họ tên,Số điện thoại,Email,Điểm đầu kỳ,Tổng chi tiêu đầu kỳ"
        return ("\ufeff" + "\r\n".join([heading, *good, *bad]) + "\r\n").encode()
