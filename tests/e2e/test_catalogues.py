"""Catalogues on the local stack: what the store's goods and invoices, tickets and suppliers name cannot be deleted."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests

from retailhub.runtime.wiring import REMEMBERED_SECONDS
from tests.e2e import fresh
from tests.local.clients import Hub
from tests.local.shops import CREDENTIALS, Shops

Calm = Callable[[], None]
TYPES = "/catalogues/product-types"


def refused(hub: Hub, path: str, method: str = "DELETE", body: Any = None) -> dict[str, Any]:
    """Why the call got a 409."""
    with pytest.raises(requests.HTTPError, match="409") as answer:
        hub.call(method, path, body)
    error: dict[str, Any] = answer.value.response.json()["error"]
    return error


def gone(hub: Hub, path: str) -> bool:
    """Whether there is no such record (any more)."""
    with pytest.raises(requests.HTTPError, match="404"):
        hub.call("GET", path)
    return True


@dataclass
class Store:
    """The store with two categories of its own, and the contract type that its connection gives to its invoices."""

    shops: Shops
    crockery: int = 0
    glass: int = 0
    contract_type: dict[str, Any] = field(default_factory=dict)
    heard_at: float = 0

    @property
    def hub(self) -> Hub:
        return self.shops.hub

    def sell(self, category: int, name: str, count: int) -> list[dict[str, Any]]:
        """New goods of a category, in one import."""
        goods = [{"name": f"{name} {n}", "basePrice": 1000 + n} for n in range(count)]
        rows = [{**one, "categoryId": category, "categoryName": name} for one in goods]
        made: list[dict[str, Any]] = self.shops.twins["kiotviet"].call("POST", "/bulk/products", {"records": rows})
        return made

    def node(self, category: int) -> dict[str, Any]:
        """A category's place in the tree, with what stands below it."""
        return self.place(f"KV-{CREDENTIALS['kiotviet']['retailer']}-{category}")

    def place(self, code: str) -> dict[str, Any]:
        left = list(self.hub.call("GET", f"{TYPES}/tree")["items"])
        while left:
            one: dict[str, Any] = left.pop()
            if one["code"] == code:
                return one
            left += one["children"]
        raise AssertionError(f"{code} is nowhere in the tree")


@pytest.fixture(scope="module")
def store(shops: Shops) -> Iterator[Store]:
    hub, connection = shops.hub, f"/connections/{shops.id('kiotviet')}"
    made = Store(shops, crockery=int(time.time()), glass=int(time.time()) + 1)
    name = fresh.named("Bán tại quầy")
    made.contract_type = hub.call("POST", "/catalogues/contract-types", {"name": name})
    before = hub.call("GET", connection)["settings"]
    hub.call("PATCH", connection, {"settings": {**before, "default_contract_type": made.contract_type["id"]}})
    made.heard_at = time.monotonic() + REMEMBERED_SECONDS
    yield made
    hub.call("PATCH", connection, {"settings": before})
    assert hub.call("GET", connection)["settings"] == before


def test_the_store_s_categories_become_product_types_which_the_admin_arranges(store: Store, calm: Calm) -> None:
    """R-PT-01, R-PT-05, R-PT-07, R-PT-08, R-PT-10, A-PT-3, A-PT-6: they come by webhook, with
    counts; what the admin made of them stays."""
    hub = store.hub
    goods = store.sell(store.crockery, "Gốm sứ", 3)
    store.sell(store.glass, "Thủy tinh", 2)
    calm()
    assert (store.node(store.crockery)["goods"], store.node(store.glass)["goods"]) == (3, 2)
    assert store.node(store.glass)["parent"] is None

    above = hub.call("POST", TYPES, {"name": fresh.named("Đồ gia dụng"), "code": fresh.code("DGD")})
    renamed = fresh.named("Ly cốc thủy tinh")
    hub.call("PATCH", f"{TYPES}/{store.node(store.glass)['id']}", {"name": renamed, "parent": above["id"]})
    store.sell(store.glass, "Thủy tinh", 1)
    store.shops.twins["kiotviet"].change("products", goods[0]["id"], {"categoryId": store.glass})
    calm()

    glass, top = store.node(store.glass), store.place(above["code"])
    assert (glass["name"], glass["parent"], glass["goods"]) == (renamed, above["id"], 4)
    assert (top["goods"], top["all_goods"], store.node(store.crockery)["goods"]) == (0, 4, 2)
    tree = hub.call("GET", f"{TYPES}/tree")
    assert tree["goods"] == sum(one["all_goods"] for one in tree["items"]) + tree["without_type"]
    assert tree["goods"] == sum(not product["deleted"] for product in hub.all("/products"))


def test_a_product_type_in_use_is_kept_and_the_numbers_told(store: Store, calm: Calm) -> None:
    """R-PT-11, A-PT-1, A-PT-4: goods protect their type, a type below protects the one above, which never moves below
    it."""
    hub, category = store.hub, store.glass + 1
    goods = store.sell(category, "Men lam", 7)
    calm()
    above = hub.call("POST", TYPES, {"name": fresh.named("Gốm men"), "code": fresh.code("GM")})
    kind = hub.call("PATCH", f"{TYPES}/{store.node(category)['id']}", {"parent": above["id"]})

    told = refused(hub, f"{TYPES}/{kind['id']}")
    assert (told["code"], told["details"]["counts"]) == ("in_use", {"product": 7})
    users = told["details"]["users"]
    assert {user["type"] for user in users} == {"product"}
    assert {user["name"] for user in users} < {one["name"] for one in goods}

    told = refused(hub, f"{TYPES}/{above['id']}")
    assert told["details"]["counts"] == {"product_type": 1}
    assert [user["id"] for user in told["details"]["users"]] == [kind["id"]]
    with pytest.raises(requests.HTTPError, match="below_itself"):
        hub.call("PATCH", f"{TYPES}/{above['id']}", {"parent": kind["id"]})


def test_the_type_that_a_connection_gives_to_its_invoices_is_kept(store: Store, calm: Calm) -> None:
    """R-CTR-10, A-CTR-2: first by the connection's settings, then by the contracts that came by webhook too."""
    hub, path = store.hub, f"/catalogues/contract-types/{store.contract_type['id']}"
    told = refused(hub, path)
    assert (told["code"], told["details"]["counts"]) == ("in_use", {"connection": 1})
    assert told["details"]["users"][0]["name"] == store.shops.connections["kiotviet"]["name"]

    time.sleep(max(0.0, store.heard_at - time.monotonic()))
    twin = store.shops.twins["kiotviet"]
    buyer = twin.create("customers", {"name": "Khách mua gốm"})
    sold = {"customerId": buyer["id"], "total": 250000, "totalPayment": 250000}
    made = twin.call("POST", "/bulk/invoices", {"records": [sold] * 6})
    calm()

    ours = list(hub.all("/contracts", contract_type=store.contract_type["id"]))
    place = store.shops.id("kiotviet")
    assert {contract["external_ids"][place] for contract in ours} == {str(invoice["id"]) for invoice in made}
    details = refused(hub, path)["details"]
    assert (details["count"], details["counts"]) == (7, {"connection": 1, "contract": 6})
    assert [user["type"] for user in details["users"]] == ["connection", *["contract"] * 4]
    assert {user["name"] for user in details["users"][1:]} < {contract["code"] for contract in ours}


def test_a_ticket_is_due_by_its_priority_and_protects_it(store: Store, calm: Calm) -> None:
    """R-TKT-01, R-TKT-05, R-TKT-11, A-TKT-1, A-TKT-2, A-TKT-4: of a customer who came by webhook."""
    hub, name = store.hub, fresh.named("Gấp")
    row = store.shops.twins["kiotviet"].create("customers", {"name": "Khách khiếu nại"})
    calm()
    place = store.shops.id("kiotviet")
    [customer] = [one for one in hub.all("/customers") if one["external_ids"].get(place) == str(row["id"])]
    wanted = {"name": name, "resolve_time": 4, "resolve_unit": "hours"}
    priority = hub.call("POST", "/catalogues/ticket-priorities", wanted)

    told = {"title": "Bình bị nứt", "customer": customer["id"], "priority": priority["id"]}
    ticket = hub.call("POST", "/tickets", told)

    made, due = (datetime.fromisoformat(ticket[when]) for when in ("created_at", "due_at"))
    assert due - made == timedelta(hours=4)
    path = f"/catalogues/ticket-priorities/{priority['id']}"
    details = refused(hub, path)["details"]
    assert (details["count"], details["users"][0]["name"]) == (1, "Bình bị nứt")
    hub.call("DELETE", f"/tickets/{ticket['id']}")
    hub.call("DELETE", path)
    assert gone(hub, path)


def test_a_supplier_type_shows_its_suppliers_and_is_kept_for_them(store: Store) -> None:
    """R-SUP-09, R-SUP-11, R-SUP-12."""
    hub = store.hub
    kind = hub.call("POST", "/catalogues/supplier-types", {"code": fresh.code("NCC"), "name": "Lò gốm"})
    names = {"Lò Bát Tràng", "Lò Chu Đậu"}
    made = [hub.call("POST", "/suppliers", {"name": name, "supplier_type": kind["id"]}) for name in sorted(names)]
    hub.call("POST", "/suppliers", {"name": "Xưởng thủy tinh"})
    path = f"/catalogues/supplier-types/{kind['id']}"

    assert {one["name"] for one in hub.all(f"{path}/suppliers")} == names
    assert [one["name"] for one in hub.all(f"{path}/suppliers", q="chu dau")] == ["Lò Chu Đậu"]
    assert refused(hub, path)["details"]["counts"] == {"supplier": 2}
    for one in made:
        hub.call("DELETE", f"/suppliers/{one['id']}")
    hub.call("DELETE", path)
    assert gone(hub, path)


def test_the_source_that_the_store_s_customers_carry_stands(store: Store) -> None:
    """R-SRC-07, A-SRC-2, A-SRC-3: found by its key, never removed, its key never changed."""
    source = store.hub.call("GET", "/catalogues/sources/retailer")
    assert (source["key"], source["built_in"]) == ("retailer", True)
    path = f"/catalogues/sources/{source['id']}"
    assert refused(store.hub, path)["code"] == "built_in"
    error = refused(store.hub, path, "PATCH", {"key": "kiotviet"})
    assert (error["code"], error["field"]) == ("built_in", "key")


def test_a_search_finds_what_contains_the_words_with_or_without_accents(store: Store) -> None:
    """R-LOST-10: in the name or the description, and without regard to capitals."""
    hub, name = store.hub, fresh.named("Giá cao hơn đối thủ")
    reason = hub.call("POST", "/catalogues/loss-reasons", {"name": name, "description": f"Hỏi lại sau Tết {name[-4:]}"})
    mark = name.rpartition(" ")[2]
    for words in (f"gia cao hon doi thu {mark}", f"ĐỐI THỦ {mark}", f"sau tet {mark[-4:]}"):
        assert [one["id"] for one in hub.all("/catalogues/loss-reasons", q=words)] == [reason["id"]]
    assert list(hub.all("/catalogues/loss-reasons", q=f"doi thi {mark}")) == []
    hub.call("DELETE", f"/catalogues/loss-reasons/{reason['id']}")
