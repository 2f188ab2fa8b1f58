"""An invented shop with a past, for whoever looks at the console: `python -m tests.local.filled_shop` fills the running
local stack with staff, rules, catalogues, customers, orders, contracts, points, leads, tickets and a few troubles."""

import sys
from typing import Any

from tests.local import stack, story
from tests.local.clients import Hub
from tests.local.places import CHECKOUT, Place, say, step
from tests.local.shops import CLOUD, Shops, connect
from tests.local.waiting import quiet

STAFF = ("Nguyễn Thị An", "Trần Văn Bình", "Lê Thị Chi", "Phạm Minh Đức")
SOURCES = (("quang-cao", "Quảng cáo"), ("hoi-cho", "Hội chợ"))
LEADS = (
    "Đỗ Thu Hà",
    "Vũ Quốc Khánh",
    "Hoàng Mai Lan",
    "Bùi Đức Long",
    "Ngô Bảo Ngọc",
    "Dương Gia Phúc",
    "Lý Hồng Quân",
)
LOST = (("Giá cao", "Khách so sánh với bên khác"), ("Hết hàng", "Không đủ hàng đúng lúc"))


def fill(hub: Hub) -> Shops:
    """Connect the twins and let the shop live for a while; answers its connections."""
    with step("staff, catalogues, rules and settings"):
        ids = _office(hub)
    with step("connections and old data"):
        shops = connect(hub)
        story.old_data(hub, shops.twins)
        story.backfill(shops)
        quiet(shops, 120, backlog=False)
    with step("live traffic, forged and repeated webhooks"):
        story.live_traffic(shops, 3)
        story.forged(shops)
        story.repeated(shops, 5)
        quiet(shops, 60, backlog=False)
    with step("contracts, points, leads, opportunities, tickets, members"):
        _work(hub, ids)
    return shops


def _made(hub: Hub, path: str, *bodies: dict[str, Any]) -> list[str]:
    return [str(hub.call("POST", path, body)["id"]) for body in bodies]


def _office(hub: Hub) -> dict[str, list[str]]:
    departments = _made(hub, "/departments", {"name": "Bán hàng"}, {"name": "Chăm sóc khách hàng"})
    staff = [
        {"name": name, "department": departments[n // 3], "email": f"nv{n}@example.vn"} for n, name in enumerate(STAFF)
    ]
    ids = {"departments": departments, "staff": _made(hub, "/employees", *staff)}
    ids["groups"] = _made(
        hub, "/customer-groups", {"name": "Khách sỉ", "group_type": "Doanh nghiệp"}, {"name": "Khách VIP"}
    )
    ids["sources"] = _made(hub, "/catalogues/sources", *({"key": key, "name": name} for key, name in SOURCES))
    ids["losses"] = _made(hub, "/catalogues/loss-reasons", *({"name": n, "description": d} for n, d in LOST))
    urgent = {"name": "Khẩn cấp", "resolve_time": 30, "resolve_unit": "minutes"}
    ids["priorities"] = _made(
        hub, "/catalogues/ticket-priorities", urgent, {"name": "Thường", "resolve_time": 2, "resolve_unit": "days"}
    )
    ids["types"] = _made(
        hub, "/catalogues/contract-types", {"name": "Bán lẻ", "description": "Hóa đơn tại quầy"}, {"name": "Bán sỉ"}
    )
    ids["positions"] = _made(hub, "/catalogues/contact-positions", {"name": "Kế toán"}, {"name": "Giám đốc"})
    suppliers = _made(
        hub, "/catalogues/supplier-types", {"code": "VAI", "name": "Vải sợi"}, {"code": "PK", "name": "Phụ kiện"}
    )
    _made(
        hub,
        "/suppliers",
        {"code": "NCC01", "name": "Dệt may Sông Hồng", "supplier_type": suppliers[0], "phone": "02439990001"},
    )
    goods = _made(hub, "/catalogues/product-types", {"name": "Thời trang", "code": "TT"})
    _made(
        hub,
        "/catalogues/product-types",
        {"name": "Áo", "code": "AO", "parent": goods[0]},
        {"name": "Quần", "code": "QUAN", "parent": goods[0]},
    )
    rule = {"name": "Khách KiotViet chia đều", "event": "customer_created", "assign_to": {"department": departments[0]}}
    _made(hub, "/ownership-rules", {**rule, "conditions": [{"field": "source", "op": "=", "value": "retailer"}]})
    branches = [{"order_source": "https://www.facebook.com/getfly", "employee": ids["staff"][0]}]
    _made(hub, "/order-automations", {"name": "Đơn từ Facebook", "active": True, "branches": branches})
    points = {"amount_per_point": 100_000, "point_value": 1_000, "min_purchases": 0, "min_points_left": 5}
    hub.call("PUT", "/point-settings", points)
    hub.call("PUT", "/lead-sync", {"base_url": "https://cloud.example.vn", **CLOUD, "sources": ["facebook", "webform"]})
    return ids


def _work(hub: Hub, ids: dict[str, list[str]]) -> None:
    hub.call("POST", "/lead-sync/run", {})
    people = _made(
        hub,
        "/customers",
        *(
            {
                "name": name,
                "phone": f"0983 000 {n:03d}",
                "owner": ids["staff"][n % 4],
                "groups": [ids["groups"][n % 2]],
                "source": ids["sources"][0],
            }
            for n, name in enumerate(("Trịnh Công Sơn Hải", "Mai Thanh Tùng", "Cao Thị Yến"))
        ),
    )
    for n, person in enumerate(people):
        body = {
            "code": f"HD-{n + 1:03d}",
            "contract_type": ids["types"][n % 2],
            "customer": person,
            "value": 1_299_000 * (n + 1),
        }
        _made(
            hub,
            "/contracts",
            {**body, "paid": body["value"]},
            {**body, "code": f"HD-{n + 1:03d}B", "value": 500_000, "paid": 0},
        )
        _made(
            hub,
            "/tickets",
            {
                "title": f"Đổi cỡ áo #{n + 1}",
                "customer": person,
                "priority": ids["priorities"][n % 2],
                "owner": ids["staff"][n],
            },
        )
    _made(
        hub,
        "/contacts",
        {"name": "Đinh Thị Kế", "phone": "0984000001", "customer": people[0], "contact_position": ids["positions"][0]},
    )
    for n, name in enumerate(LEADS):
        lead = _made(
            hub,
            "/leads",
            {"name": name, "phone": f"0985 000 {n:03d}", "source": "facebook", "owner": ids["staff"][n % 4]},
        )[0]
        status = ("won", "lost", "open", "lost")[n % 4]
        body = {
            "name": f"Đồng phục cho {name}",
            "lead": lead,
            "value": 5_000_000 * (n + 1),
            "status": status,
            "owner": ids["staff"][n % 4],
        }
        if n < 5:
            _made(hub, "/opportunities", body | ({"loss_reason": ids["losses"][n % 2]} if status == "lost" else {}))
    for person in people[:2]:
        hub.call("POST", f"/members/{person}/activate", {})


def main() -> int:
    described = stack.status(Place(CHECKOUT))
    if described is None:
        say("the local stack does not run; start it with: make up")
        return 1
    fill(Hub(described))
    return 0


if __name__ == "__main__":
    sys.exit(main())
