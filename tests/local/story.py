"""The main job, told once for demo and tests: old data, live traffic, an outage, forged and repeated webhooks."""

import hashlib
import hmac
import json
from typing import Any

import requests

from tests.local.clients import Hub
from tests.local.shops import RECORD_TYPES, Shops

SIZES: dict[str, dict[str, int]] = {
    "kiotviet": {"customers": 60, "products": 30, "invoices": 80},
    "haravan": {"customers": 50, "products": 20, "orders": 80},
    "getfly": {"customers": 12, "products": 6, "orders": 8},
    "cnv_loyalty": {"customers": 10, "products": 0, "orders": 5},
}
"""Customers 8…11 of Getfly and CNV are the same invented people: they must meet, not double. Few, because Getfly gets
five calls a second and no more (getfly.md §2)."""
FIRST = {"kiotviet": 0, "haravan": 0, "getfly": 0, "cnv_loyalty": 8}


def old_data(hub: Hub, twins: dict[str, Any]) -> int:
    """Fill the twins as shops that have been in business for a while; answers how many records."""
    for name, sizes in SIZES.items():
        twins[name].call("POST", "/seed", {kind: n for kind, n in sizes.items() if n} | {"start": FIRST[name]})
    return sum(n for sizes in SIZES.values() for n in sizes.values())


def backfill(shops: Shops) -> dict[str, str]:
    """Start "đồng bộ dữ liệu cũ" everywhere (R-KV-07); answers the run's id by platform."""
    started = {}
    for platform in shops.connections:
        body = {"record_types": RECORD_TYPES[platform]}
        started[platform] = shops.hub.call("POST", f"/connections/{shops.id(platform)}/backfills", body)["id"]
    return started


def live_traffic(shops: Shops, rounds: int = 4) -> int:
    """What clerks and customers do in a day: sign up, edit, buy, pay, cancel, refund; answers how many acts."""
    acts = 0
    for n in range(rounds):
        acts += _kiotviet_day(shops, n) + _haravan_day(shops, n) + _loyalty_day(shops, n)
    return acts


def _kiotviet_day(shops: Shops, n: int) -> int:
    twin = shops.twins["kiotviet"]
    customer = twin.create("customers", {"name": f"Khách mới {n} 🌸", "contactNumber": f"0917 000 {n:03d}"})
    invoice = twin.create("invoices", {"customerId": customer["id"], "total": 150000 + n, "totalPayment": 150000 + n})
    twin.change("customers", customer["id"], {"name": f"Khách đã sửa {n}"})
    if n % 3 == 0:
        twin.change("invoices", invoice["id"], {"status": 2})
    if n % 4 == 0:
        twin.remove("customers", twin.create("customers", {"name": f"Nhập nhầm {n}"})["id"])
    return 4


def _haravan_day(shops: Shops, n: int) -> int:
    twin = shops.twins["haravan"]
    buyers = [c for c in twin.state("customers") if c.get("email") != "guest@haravan.com"]
    order = twin.create("orders", {"customer": {"id": buyers[n % len(buyers)]["id"]}, "financial_status": "pending"})
    twin.change("orders", order["id"], {"financial_status": "paid"})
    if n % 3 == 1:
        twin.change("orders", order["id"], {"cancelled_status": "cancelled", "cancelled_at": order["created_at"]})
    if n % 3 == 2:
        twin.create("refunds", {"order_id": order["id"], "amount": 10000})
    return 3


def _loyalty_day(shops: Shops, n: int) -> int:
    getfly, cnv = shops.twins["getfly"], shops.twins["cnv_loyalty"]
    account = getfly.create("customers", {"account_name": f"Khách Getfly {n}", "phone": f"0918000{n:03d}"})
    lines = [{"product_code": "SP000001", "product_name": "Quần kaki", "quantity": 1, "price": 420000}]
    info = {"account_code": account["account_code"], "account_name": account["account_name"], "amount": 420000}
    order = getfly.create("orders", {"order_info": info, "products": lines})
    getfly.change("orders", _order_key(order), {"status": "approved"})
    member = cnv.create("customers", {"last_name": f"Hội viên {n}", "phone": f"0919000{n:03d}", "channel": "Zalo OA"})
    items = [{"sku": "SP000002", "name": "Váy lụa", "quantity": 1, "price": 690000}]
    cnv.create("orders", {"customer_id": member["id"], "channel": "Zalo OA", "items": items})
    return 5


def _order_key(order: dict[str, Any]) -> Any:
    return order.get("order_info", order)["order_id"]


def catch_up(shops: Shops) -> None:
    """The five-minute schedules, now."""
    for function in ("KiotvietCatchUp", "HaravanCatchUp", "GetflyCatchUp", "CnvLoyaltyCatchUp"):
        shops.hub.run(function)


def forged(shops: Shops) -> dict[str, int]:
    """Webhooks by somebody who knows the addresses but no secret; answers the hub's status by platform."""
    base, answers = shops.hub.stack["webhooks"], {}
    body = json.dumps({"id": 666, "phone": "0900000000"})
    proofs = {"X-Hub-Signature": "sha1=" + "0" * 64, "X-Haravan-Hmacsha256": "AAAA"}
    headers = proofs | {"X-Haravan-Topic": "orders/create"}
    for platform, topic in (("kiotviet", "/customer.update"), ("haravan", "")):
        path = f"{platform}/{shops.id(platform)}{topic}"
        answers[platform] = requests.post(f"{base}/{path}", data=body, headers=headers, timeout=10).status_code
    form = {"event": "order.created", "secret_key": "sai-bi-mat", "data[order_id]": "1"}
    answers["getfly"] = requests.post(f"{base}/getfly/{shops.id('getfly')}", data=form, timeout=10).status_code
    return answers


def repeated(shops: Shops, count: int = 20) -> int:
    """The same webhooks once more, byte for byte; answers how many."""
    platforms = [p for p in ("kiotviet", "haravan", "getfly") if p in shops.connections]
    return sum(shops.twins[p].call("POST", "/webhooks/repeat", {"count": count})["repeated"] for p in platforms)


def late(shops: Shops) -> tuple[str, str]:
    """An older state of a KiotViet customer arrives after a newer one; answers the customer's id and the name that must
    stay."""
    twin = shops.twins["kiotviet"]
    row = twin.create("customers", {"name": "Tên cuối cùng", "contactNumber": "0916000000"})
    long_ago = "2020-01-01T00:00:00.0000000+07:00"
    data = {"Id": row["id"], "Code": row["code"], "Name": "Tên rất cũ", "ModifiedDate": long_ago}
    envelope = {"Id": "muon", "Attempt": 1, "Notifications": [{"Action": "customer.update.500123456", "Data": [data]}]}
    body = json.dumps(envelope, ensure_ascii=False).encode()
    secret = shops.connections["kiotviet"]["webhook_secret"].encode()
    headers = {"X-Hub-Signature": "sha1=" + hmac.new(secret, body, hashlib.sha256).hexdigest()}
    url = f"{shops.hub.stack['webhooks']}/kiotviet/{shops.id('kiotviet')}/customer.update"
    requests.post(url, data=body, headers=headers, timeout=10).raise_for_status()
    return str(row["id"]), "Tên cuối cùng"
