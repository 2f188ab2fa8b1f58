"""Trouble on the local stack: forged, torn and poisonous input, outages, killed workers; nothing lost or doubled."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from tests.local import story
from tests.local.clients import Hub
from tests.local.deployment import clients
from tests.local.shops import Shops
from tests.local.waiting import backlog_of

Find = Callable[..., dict[str, Any]]


def events_of(hub: Hub, **filters: str) -> list[dict[str, Any]]:
    """The events that an operator sees."""
    return list(hub.all("/events", **filters))


def test_forged_webhooks_get_the_answer_that_their_platform_needs_and_change_nothing(
    shops: Shops, calm: Callable[[], None]
) -> None:
    """F16, kiotviet.md §0.2: 200 and quarantine for KiotViet and Haravan, 401 for Getfly; visible to an operator."""
    before = sum(1 for _ in shops.hub.all("/customers"))
    assert story.forged(shops) == {"kiotviet": 200, "haravan": 200, "getfly": 401}
    calm()
    assert sum(1 for _ in shops.hub.all("/customers")) == before
    reasons = [event["reason"] for event in events_of(shops.hub, outcome="parked")]
    assert reasons.count("bad_signature") >= 2


def test_an_address_of_no_connection_gets_no_4xx_from_the_kiotviet_route(stack: dict[str, Any]) -> None:
    """kiotviet.md §0.2: KiotViet stops sending after any 4xx."""
    for body in (b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a": NaN}'):
        url = f"{stack['webhooks']}/kiotviet/nobody/customer.update"
        assert requests.post(url, data=body, timeout=10).status_code == 200


def test_a_late_webhook_never_wins_over_a_newer_one(shops: Shops, found: Find) -> None:
    """F05: the older state arrives last and is told to be stale."""
    source_id, name = story.late(shops)
    assert found("customers", "kiotviet", source_id)["name"] == name


def test_a_change_that_cannot_be_applied_is_kept_with_its_cause_and_redriven(
    shops: Shops, calm: Callable[[], None]
) -> None:
    """Design §2: parked at once as a failed event; redrive runs it with today's code; others go on."""
    twin = shops.twins["kiotviet"]
    twin.call("PUT", "/switches", {})
    poison = twin.create("invoices", {"customerId": None, "total": "1e999", "totalPayment": 0})
    healthy = twin.create("products", {"name": "Không bị chặn", "basePrice": 5000})
    calm()
    failed = [e for e in events_of(shops.hub, outcome="failed") if e["source_id"] == str(poison["id"])]
    assert failed, "the poison change should be kept as a failed event"
    connection = shops.id("kiotviet")
    assert [p for p in shops.hub.all("/products") if p["external_ids"].get(connection) == str(healthy["id"])]
    dry = shops.hub.call("POST", "/dead-letters/redrive", {"ids": [failed[0]["id"]], "dry_run": True})
    assert dry
    shops.hub.call("POST", "/dead-letters/redrive", {"ids": [failed[0]["id"]], "dry_run": False})
    calm()
    assert shops.hub.call("GET", f"/events/{failed[0]['id']}")["outcome"] == "failed"


def test_an_outage_of_getfly_waits_in_sight_and_drains_afterwards(shops: Shops, calm: Callable[..., None]) -> None:
    """F48, F54: 503 parks the delivery, nothing is lost or doubled when Getfly is back."""
    getfly, cnv = shops.twins["getfly"], shops.twins["cnv_loyalty"]
    getfly.call("POST", "/faults", {"status": 503, "times": -1, "path": "/api/"})
    cnv.create("customers", {"last_name": "Chờ Getfly", "phone": "0919000901", "channel": "Website"})
    shops.hub.run("CnvLoyaltyCatchUp")
    calm(backlog=False)
    assert backlog_of(shops) > 0
    assert not [a for a in getfly.state("customers") if a["account_name"] == "Chờ Getfly"]
    getfly.call("DELETE", "/faults")
    deadline = time.monotonic() + 90
    there: list[Any] = []
    while not there and time.monotonic() < deadline:
        shops.hub.run("ResumeDeliveries")
        time.sleep(2)
        there = [a for a in getfly.state("customers") if a["account_name"] == "Chờ Getfly"]
    calm()
    assert len([a for a in getfly.state("customers") if a["account_name"] == "Chờ Getfly"]) == 1


def test_a_create_whose_answer_was_lost_is_not_made_twice(shops: Shops, calm: Callable[[], None]) -> None:
    """F50: the call took effect, the answer did not come; the next try looks before it creates."""
    getfly, cnv = shops.twins["getfly"], shops.twins["cnv_loyalty"]
    lost = {"status": 504, "times": 1, "path": "/api/v3/account$", "method": "POST", "after": True}
    getfly.call("POST", "/faults", lost)
    cnv.create("customers", {"last_name": "Mất câu trả lời", "phone": "0919000902", "channel": "Website"})
    shops.hub.run("CnvLoyaltyCatchUp")
    calm()
    [ours] = list(shops.hub.all("/customers", phone="+84919000902"))
    assert shops.id("getfly") in ours["external_ids"]
    assert len([a for a in getfly.state("customers") if a["account_name"] == "Mất câu trả lời"]) == 1


@pytest.fixture
def impatient(stack: dict[str, Any]) -> Iterator[None]:
    """What a killed worker held comes again after twenty seconds instead of six minutes."""
    sqs, url = clients(stack["endpoint"], "sqs"), stack["queues"]["Changes"]
    patience = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "20"})
    yield
    sqs.set_queue_attributes(QueueUrl=url, Attributes=patience)


@pytest.mark.usefixtures("impatient")
def test_killed_workers_lose_nothing(shops: Shops, stack: dict[str, Any], calm: Callable[[], None]) -> None:
    """F35: the functions' processes are killed again and again among 500 records; every one arrives, once."""
    twin, killed = shops.twins["kiotviet"], 0
    for batch in range(5):
        rows = [{"name": f"Giữa lúc bị giết {batch}-{n}", "basePrice": 1000 + n} for n in range(100)]
        twin.call("POST", "/bulk/products", {"records": rows})
        time.sleep(0.7)
        killed += _kill_workers(stack["pids"]["emulator"])
    assert killed, "there should have been workers to kill"
    names: list[str] = []
    deadline = time.monotonic() + 150
    while time.monotonic() < deadline and len(names) < 500:
        calm()
        names = [str(p["name"]) for p in shops.hub.all("/products") if "bị giết" in str(p["name"])]
    assert len(names) == len(set(names)) == 500


def _kill_workers(emulator: int) -> int:
    """Kill -9 the function processes of this stack's emulator, which are its children; answers how many."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    children = [line.split(None, 2) for line in listed.splitlines()]
    workers = [int(pid) for pid, parent, args in children if int(parent) == emulator and "python" in args]
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    return len(workers)
