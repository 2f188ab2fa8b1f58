"""A doubtful customer on the local stack: one by the phone, another by the e-mail; a person says who it is."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests

from retailhub.runtime.wiring import REMEMBERED_SECONDS
from tests.e2e import fresh
from tests.local.clients import Hub
from tests.local.deployment import clients
from tests.local.shops import Shops
from tests.local.waiting import quiet

FIELDS = ("phone", "email")


@dataclass
class Doubt:
    """Two customers entered by hand, and the store's customer, who is the one by phone and the other by e-mail."""

    shops: Shops
    by_phone: dict[str, Any] = field(default_factory=dict)
    by_email: dict[str, Any] = field(default_factory=dict)
    theirs: dict[str, Any] = field(default_factory=dict)
    invoice: dict[str, Any] = field(default_factory=dict)

    @property
    def hub(self) -> Hub:
        return self.shops.hub

    def enter(self, phone: str, email: str) -> None:
        self.by_phone = self.hub.call("POST", "/customers", {"name": "Người có số điện thoại", "phone": phone})
        self.by_email = self.hub.call("POST", "/customers", {"name": "Người có thư", "email": email})

    def sell(self, phone: str, email: str) -> None:
        """The store enters its customer, and sells to them."""
        twin = self.shops.twins["kiotviet"]
        self.theirs = twin.create("customers", {"name": "Lê Thị Ngờ", "contactNumber": phone, "email": email.upper()})
        sold = {"customerId": self.theirs["id"], "total": 360000, "totalPayment": 360000}
        self.invoice = twin.create("invoices", sold)

    def ours(self, kind: str, source_id: Any) -> list[dict[str, Any]]:
        """The hub's records of the store's."""
        place = self.shops.id("kiotviet")
        return [row for row in self.hub.all(f"/{kind}") if row["external_ids"].get(place) == str(source_id)]

    def reviews(self) -> list[dict[str, Any]]:
        """What waits for a person about the store's customer."""
        asked = (self.shops.id("kiotviet"), str(self.theirs["id"]))
        return [one for one in self.hub.all("/reviews") if (one["connection"], one["source_id"]) == asked]


def tick(hub: Hub, *, unique: bool) -> None:
    hub.call("PUT", "/duplicate-settings", {"fields": {name: {"unique": unique} for name in FIELDS}})


def ready(hub: Hub) -> bool:
    """Whether every phone and e-mail that is there already is known."""
    rows = hub.call("GET", "/duplicate-settings")["fields"]
    return all(row["unique"] and row["ready"] for row in rows if row["field"] in FIELDS)


def hurry(stack: dict[str, Any]) -> None:
    """Begin the run through what is there as soon as warm workers have heard of the settings, not after a minute."""
    time.sleep(REMEMBERED_SECONDS)
    sqs, url = clients(stack["endpoint"], "sqs"), stack["queues"]["Pulls"]
    sqs.purge_queue(QueueUrl=url)
    for name in FIELDS:
        sqs.send_message(QueueUrl=url, MessageBody=f"claim.{name}")


@pytest.fixture(scope="module")
def doubt(shops: Shops, stack: dict[str, Any]) -> Iterator[Doubt]:
    made, phone, email = Doubt(shops), fresh.phone(), f"{fresh.code('ngo')}@example.vn".lower()
    made.enter(phone, email)
    tick(shops.hub, unique=True)
    hurry(stack)
    deadline = time.monotonic() + 90
    while not ready(shops.hub):
        assert time.monotonic() < deadline, shops.hub.call("GET", "/duplicate-settings")
        time.sleep(0.5)
    made.sell(phone, email)
    assert quiet(shops, 90, backlog=False)
    yield made
    tick(shops.hub, unique=False)


def test_a_record_that_matches_two_customers_waits_for_a_person_and_its_invoice_with_it(doubt: Doubt) -> None:
    """R-DUP-06, A-DUP-2…4, A-KV-10: nobody is guessed, nobody made; who was there before the tick counts too."""
    [review] = doubt.reviews()
    assert {one["id"]: one["fields"] for one in review["candidates"]} == {
        doubt.by_phone["id"]: ["phone"],
        doubt.by_email["id"]: ["email"],
    }
    assert (review["type"], review["linked"], review["decision"]) == ("customer", "", "")
    assert doubt.ours("customers", doubt.theirs["id"]) == []
    assert doubt.ours("contracts", doubt.invoice["id"]) == []


def test_nobody_can_enter_a_phone_or_an_e_mail_twice(doubt: Doubt) -> None:
    """R-DUP-02, R-DUP-06, A-DUP-2…5: 409 with each field and who has its value; nothing is kept of it."""
    told = {"name": "Nhập trùng", "phone": doubt.by_phone["phone"], "email": doubt.by_email["email"].upper()}
    with pytest.raises(requests.HTTPError, match="409") as refused:
        doubt.hub.call("POST", "/customers", told)
    error = refused.value.response.json()["error"]
    assert (error["code"], error["field"]) == ("duplicate_phone", "phone")
    found = {one["field"]: one["existing"]["id"] for one in error["details"]["duplicates"]}
    assert found == {"phone": doubt.by_phone["id"], "email": doubt.by_email["id"]}
    assert [one["name"] for one in doubt.hub.all("/customers", phone=told["phone"])] == [doubt.by_phone["name"]]


def test_the_decision_links_the_record_and_lets_its_invoice_in(doubt: Doubt, calm: Callable[[], None]) -> None:
    """A-DUP-2, A-KV-5: the chosen customer gets the store's words and the contract, and the doubt leaves the list."""
    [review] = doubt.reviews()
    doubt.hub.call("POST", f"/reviews/{review['id']}/resolve", {"customer": doubt.by_phone["id"]})
    calm()

    [customer] = doubt.ours("customers", doubt.theirs["id"])
    assert (customer["id"], customer["name"]) == (doubt.by_phone["id"], "Lê Thị Ngờ")
    [contract] = doubt.ours("contracts", doubt.invoice["id"])
    assert (contract["customer"], contract["value"]) == (customer["id"], 360000)
    assert doubt.reviews() == []
    other = doubt.hub.call("GET", f"/customers/{doubt.by_email['id']}")
    assert (other["name"], other["external_ids"]) == (doubt.by_email["name"], doubt.by_email["external_ids"])
