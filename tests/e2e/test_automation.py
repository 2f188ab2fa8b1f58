"""Orders of two website sources on the local stack: each goes to the employee of its source, here and at Getfly."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from retailhub.runtime.wiring import REMEMBERED_SECONDS
from tests.e2e import fresh
from tests.local.clients import Hub
from tests.local.shops import Shops
from tests.local.waiting import quiet

TRIAL = "https://www.getfly.vn/dang-ky-dung-thu-phan-mem.html"
FACEBOOK = "https://www.facebook.com/getfly"
ZALO, DORMANT, UNKNOWN = "https://zalo.me/cuahangmau", "https://shop.example.vn/cu", "https://shop.example.vn/la"
SPELT_OTHERWISE = "https://WWW.Facebook.com/getfly/"
LINES = [{"product_code": "SP000001", "product_name": "Quần kaki", "quantity": 1, "price": 420000}]
MINH, LAN, PHUC = ("12", "nv.minh"), ("13", "nv.lan"), ("14", "nv.phuc")
"""Id and user name at Getfly."""
NOBODY, ADMIN = "", "quan.tri"


@dataclass
class Sales:
    """Who is in charge of which source, and what was sold under which: accounts and orders as Getfly has them."""

    shops: Shops
    staff: dict[str, str] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    buyers: dict[str, dict[str, Any]] = field(default_factory=dict)
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def hub(self) -> Hub:
        return self.shops.hub

    def hire(self, name: str, user: str) -> None:
        body = {"name": name, "users": {self.shops.id("getfly"): user}}
        self.staff[name] = self.hub.call("POST", "/employees", body)["id"]

    def automate(self, name: str, branches: dict[str, str], **more: Any) -> None:
        told = [{"order_source": source, "employee": self.staff[who]} for source, who in branches.items()]
        made = self.hub.call("POST", "/order-automations", {"name": fresh.named(name), "branches": told, **more})
        self.rules[made["name"]] = made["id"]

    def meet(self, what: str, manager: str = ADMIN) -> None:
        """A new customer at Getfly, in charge of whom is `manager` there."""
        twin = self.shops.twins["getfly"]
        twin.call("PUT", "/switches", {"default_manager": manager})
        self.buyers[what] = twin.create("customers", {"account_name": f"Khách {what}", "phone": fresh.phone()})
        twin.call("PUT", "/switches", {"default_manager": ADMIN})

    def sell(self, what: str, source: str, order_type: int = 2) -> None:
        """Their order."""
        code = self.buyers[what]["account_code"]
        info = {"account_code": code, "source_name": source, "order_type": order_type}
        self.orders[what] = self.shops.twins["getfly"].create("orders", {"order_info": info, "products": LINES})

    def ours(self, kind: str, source_id: Any) -> dict[str, Any]:
        """The hub's record of Getfly's."""
        place = self.shops.id("getfly")
        [row] = [r for r in self.hub.all(f"/{kind}") if r["external_ids"].get(place) == str(source_id)]
        return row

    def in_charge(self, what: str) -> tuple[str | None, str]:
        """Who is in charge of the buyer: the hub's owner by name, and Getfly's manager by user name."""
        names = {employee: name for name, employee in self.staff.items()}
        customer = self.ours("customers", self.buyers[what]["account_id"])
        there = self.shops.twins["getfly"].state("customers")
        [manager] = [a["manager_user_name"] for a in there if a["account_id"] == self.buyers[what]["account_id"]]
        return names.get(customer["owner"]), manager

    def story(self, kind: str, source_id: Any) -> list[dict[str, str]]:
        """The sentences of a record's timeline that tell of one of the automations."""
        lines = self.hub.call("GET", f"/{kind}/{self.ours(kind, source_id)['id']}/timeline", limit=200)["items"]
        return [line["text"] for line in lines if any(name in line["text"]["vi"] for name in self.rules)]


@pytest.fixture(scope="module")
def sales(shops: Shops) -> Iterator[Sales]:
    made = Sales(shops)
    for name, (user, _) in {"Minh": MINH, "Lan": LAN, "Phúc": PHUC}.items():
        made.hire(name, user)
    on = {"active": True, "order_type": "sale"}
    made.automate("Website và Facebook", {TRIAL: "Minh", FACEBOOK: "Lan"}, **on)
    made.automate("Zalo, khi chưa ai phụ trách", {ZALO: "Lan"}, only_if_empty=True, **on)
    made.automate("Chưa kích hoạt", {DORMANT: "Minh"})
    sources = {"website": TRIAL, "facebook": SPELT_OTHERWISE, "kept": ZALO, "dormant": DORMANT, "unknown": UNKNOWN}
    for what in ("website", "kept", "dormant", "unknown", "bought in"):
        made.meet(what)
    made.meet("empty", manager=NOBODY)
    time.sleep(REMEMBERED_SECONDS)
    assert quiet(shops, 90)
    made.meet("facebook")  # the order comes on the heels of its buyer
    for what, source in (*sources.items(), ("empty", ZALO)):
        made.sell(what, source)
    made.sell("bought in", TRIAL, order_type=1)
    assert quiet(shops, 90)
    yield made
    for rule in made.rules.values():
        made.hub.call("DELETE", f"/order-automations/{rule}")


def test_each_source_gives_its_buyers_to_its_employee_here_and_at_getfly(sales: Sales) -> None:
    """R-GA-01, R-GA-03, R-GA-06…09, R-GA-11, R-GA-12, A-GA-3, A-GA-8: an address may be spelt in another way."""
    assert sales.in_charge("website") == ("Minh", "nv.minh")
    assert sales.in_charge("facebook") == ("Lan", "nv.lan")


def test_both_stories_tell_which_automation_decided_and_why(sales: Sales) -> None:
    """R-GA-13, A-X-3: name of the automation, source and employee, in the buyer's story and in the order's."""
    for kind, source_id in (
        ("customers", sales.buyers["website"]["account_id"]),
        ("orders", sales.orders["website"]["order_id"]),
    ):
        told = [text for text in sales.story(kind, source_id) if "Website và Facebook" in text["vi"]]
        assert told, kind
        for language in ("vi", "en"):
            assert any(TRIAL in text[language] and "Minh" in text[language] for text in told), told


def test_an_automation_for_customers_without_anybody_leaves_the_others_alone(sales: Sales) -> None:
    """A-GA-3: `only_if_empty`; the order's story says why nothing happened."""
    assert sales.in_charge("empty") == ("Lan", "nv.lan")
    assert sales.in_charge("kept") == (None, ADMIN)
    [told] = [t for t in sales.story("orders", sales.orders["kept"]["order_id"]) if "Zalo, khi chưa" in t["vi"]]
    assert "đã có người phụ trách" in told["vi"]


def test_what_is_switched_off_unknown_or_no_sale_changes_nothing(sales: Sales) -> None:
    """R-GA-10, R-GA-14, A-GA-2, A-GA-6, A-GA-10."""
    for what in ("dormant", "unknown", "bought in"):
        assert sales.in_charge(what) == (None, ADMIN), what
    assert not sales.story("customers", sales.buyers["dormant"]["account_id"])


def test_a_repeated_webhook_and_another_source_later_change_nothing(sales: Sales, calm: Callable[[], None]) -> None:
    """A-GA-5, A-GA-9: whoever a person put in charge since then stays, at Getfly and here."""
    twin, hub = sales.shops.twins["getfly"], sales.hub
    account, order = sales.buyers["website"]["account_id"], sales.orders["website"]["order_id"]
    told = len(sales.story("customers", account))
    twin.change("customers", account, {"manager_user_name": "nv.phuc"})
    hub.call("PATCH", f"/customers/{sales.ours('customers', account)['id']}", {"owner": sales.staff["Phúc"]})
    calm()

    twin.change("orders", order, {"source_name": FACEBOOK})
    twin.call("POST", "/webhooks/repeat", {"count": 20})
    calm()

    assert sales.ours("orders", order)["order_source"] == FACEBOOK
    assert sales.in_charge("website") == ("Phúc", "nv.phuc")
    assert len(sales.story("customers", account)) == told
