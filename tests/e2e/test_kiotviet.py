"""KiotViet → hub on the local stack: webhooks, imports, deletes, old data."""

from collections.abc import Callable
from typing import Any

from tests.local.differences import kiotviet
from tests.local.shops import Shops

Find = Callable[..., dict[str, Any]]


def hub_rows(shops: Shops) -> dict[str, Any]:
    """All hub records by kind."""
    return {kind: list(shops.hub.all(f"/{kind}")) for kind in ("customers", "products", "orders", "contracts")}


def test_a_customer_added_and_edited_at_kiotviet_stands_in_the_hub_as_edited(shops: Shops, found: Find) -> None:
    """R-KV-11, R-KV-13, R-KV-14, R-SRC-07: the whole record, with the source key `retailer`."""
    twin = shops.twins["kiotviet"]
    row = twin.create(
        "customers", {"name": "Trần Thị Bưởi", "contactNumber": "0917 111 222", "email": "buoi@example.vn"}
    )
    twin.change("customers", row["id"], {"name": "Trần Thị Bưởi Hồng", "address": "1 Lê Lợi"})
    record = found("customers", "kiotviet", row["id"])
    assert (record["name"], record["phone"], record["email"]) == (
        "Trần Thị Bưởi Hồng",
        "+84917111222",
        "buoi@example.vn",
    )
    assert record["addresses"][0]["line"] == "1 Lê Lợi"
    assert record["source"] == "retailer"


def test_an_import_of_many_records_in_one_webhook_loses_none(shops: Shops, calm: Callable[[], None]) -> None:
    """R-KV-12, A-KV-9: several notifications with several Data items in one body."""
    rows = [{"name": f"Nhập file {n}"} for n in range(25)]
    shops.twins["kiotviet"].call("POST", "/bulk/customers", {"records": rows})
    calm()
    assert kiotviet(shops, hub_rows(shops)) == []
    names = [c["name"] for c in shops.hub.all("/customers")]
    assert sum(str(name).startswith("Nhập file") for name in names) == 25


def test_an_invoice_becomes_a_contract_of_its_customer(shops: Shops, found: Find) -> None:
    """R-KV-10, A-KV-5: value, paid, status; a cancelled invoice cancels the contract."""
    twin = shops.twins["kiotviet"]
    customer = twin.create("customers", {"name": "Người mua hàng"})
    invoice = twin.create(
        "invoices", {"customerId": customer["id"], "total": 688000, "totalPayment": 500000, "status": 3}
    )
    contract = found("contracts", "kiotviet", invoice["id"])
    assert (contract["value"], contract["paid"], contract["status"]) == (688000, 500000, "processing")
    assert contract["customer"] == found("customers", "kiotviet", customer["id"])["id"]
    twin.change("invoices", invoice["id"], {"status": 2})
    assert found("contracts", "kiotviet", invoice["id"])["status"] == "cancelled"


def test_an_invoice_without_a_customer_belongs_to_the_walk_in_customer_of_the_store(shops: Shops, found: Find) -> None:
    """A-KV-6."""
    invoice = shops.twins["kiotviet"].create("invoices", {"customerId": None, "total": 10000, "totalPayment": 10000})
    contract = found("contracts", "kiotviet", invoice["id"])
    walk_in = shops.hub.call("GET", f"/customers/{contract['customer']}")
    assert walk_in["name"].startswith("Khách lẻ")


def test_a_customer_deleted_at_kiotviet_is_only_marked(shops: Shops, found: Find) -> None:
    """A-KV-3, A-X-8: a soft mark, in either shape of the delete webhook."""
    twin = shops.twins["kiotviet"]
    row = twin.create("customers", {"name": "Sẽ bị xóa"})
    found("customers", "kiotviet", row["id"])
    twin.remove("customers", row["id"])
    assert found("customers", "kiotviet", row["id"])["deleted"] is True


def test_hooks_deleted_by_a_website_plugin_are_made_again_and_the_gap_is_closed(shops: Shops, found: Find) -> None:
    """kiotviet.md §0.3: the watchdog registers anew and a catch-up fetches what was missed."""
    twin = shops.twins["kiotviet"]
    found("products", "kiotviet", twin.create("products", {"name": "Trước khi mất", "basePrice": 1000})["id"])
    twin.call("POST", "/plugin")
    missed = twin.create("products", {"name": "Trong lúc mất webhook", "basePrice": 2000})
    shops.hub.run("SubscriptionWatchdog")
    assert found("products", "kiotviet", missed["id"])["name"] == "Trong lúc mất webhook"
    later = twin.create("products", {"name": "Sau khi nối lại", "basePrice": 3000})
    assert found("products", "kiotviet", later["id"])["price"] == 3000
