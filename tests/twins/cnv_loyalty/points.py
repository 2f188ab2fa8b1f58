"""Points and tiers: CNV's own sum, a fold over each order's contribution (§0.4, R-CNV-09, R-CNV-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.twins.cnv_loyalty import CnvLoyaltyTwin

Row = dict[str, Any]
LOST = {"cancelled", "returned", "voided", "refunded"}


class Points:
    """The ledger: every counted order of a member stands in it once, whatever is sent how often."""

    def __init__(self, twin: CnvLoyaltyTwin) -> None:
        self.twin = twin

    def book(self, member: Row, order: Row) -> None:
        """Let an order count, or not any longer; the points shown in customer lists lag one step behind."""
        before = self.total(member)
        worth = order["total"] if self._counts(order) else 0
        if member["ledger"].get(order["id"], 0) != worth:
            member["ledger"][order["id"]] = worth
            member["stale_points"] = before - member["used_points"]
            self.twin.touch("customers", member)

    def spending(self, member: Row) -> float:
        """VND of the orders that count."""
        return float(sum(member["ledger"].values()))

    def total(self, member: Row) -> int:
        """All points ever earned: each order for itself, rounded down."""
        earned = sum(int(worth // self.twin.switches["vnd_per_point"]) for worth in member["ledger"].values())
        return earned + int(member["ledger_extra"])

    def tier(self, member: Row) -> Row:
        """The highest tier whose threshold the total has reached."""
        reached = [tier for tier in self.twin.switches["tiers"] if tier["from_points"] <= self.total(member)]
        tier: Row = max(reached, key=lambda tier: int(tier["from_points"]))
        return tier

    def membership(self, member: Row) -> Row:
        """`membership.json` of family B (§B.2)."""
        tier, total = self.tier(member), self.total(member)
        picture = f"https://example.vn/b/{member['id']}.png"
        points = {"total_points": total, "points": total - member["used_points"], "used_points": member["used_points"]}
        look = {"barcode_url": picture, "color_code": tier["color_code"], "icon": None}
        return {"level_name": tier["level_title"], **points, **look}

    def information(self, member: Row) -> Row:
        """`points-information` of family A (§A.1)."""
        tier, total = self.tier(member), self.total(member)
        reward = {"title": tier["level_title"], "type": "percent", "value": tier["percent"]}
        limits = {"minimum_apply": 200_000, "maximum_discount": 80_000}
        return {
            "total_points": total, "used_points": member["used_points"], "points": total - member["used_points"],
            "level_key": tier["level_key"], "level_title": tier["level_title"],
            "level_description": f"Giảm {tier['percent']}% mỗi hóa đơn",
            "rewards": [{**reward, **limits}] if tier["percent"] else [],
        }  # fmt: skip

    def _counts(self, order: Row) -> bool:
        if LOST & {order["status"], order["payment_status"], order["shipping_status"]}:
            return False
        late = {"created", "new", "pending"}
        return {
            "created": True,
            "approved": order["status"] not in late,
            "paid": order["payment_status"] == "paid",
        }[self.twin.switches["accrue_on"]]
