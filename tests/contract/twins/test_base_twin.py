"""What every twin can do: control calls, ordered failures, counted calls, webhooks kept and repeated."""

import time
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
import requests
from flask import Response

from tests.twins.base import Record, Twin
from tests.twins.inbox import Inbox
from tests.twins.invented import person
from tests.twins.outbox import Delivery


class SmallTwin(Twin):
    """The smallest platform: people with a name, one webhook address, one retry."""

    name: ClassVar[str] = "small"
    kinds: ClassVar[tuple[str, ...]] = ("people",)
    defaults: ClassVar[dict[str, Any]] = {"loud": False}
    target = ""

    def routes(self) -> None:
        self.app.get("/people")(self.listed)
        self.app.post("/people")(self.added)

    def listed(self) -> Response:
        return self.answer(self.state("people"))

    def added(self) -> Response:
        return self.answer(self.create("people", {"name": "mới"}))

    def invent(self, kind: str, number: int) -> Record:
        self.records[kind][number] = {"id": number, "name": person(number).name}
        return self.records[kind][number]

    def create(self, kind: str, record: Record) -> Record:
        key = len(self.records[kind]) + 1
        self.records[kind][key] = {"id": key, **record}
        self.send_webhook(self.target, self.dumps({"id": key}).encode(), {"X-Proof": "ok"}, "people/create")
        return self.records[kind][key]

    def set_target(self, wish: Record) -> Record:
        self.target = wish["url"]
        return wish

    def on_webhook_answer(self, delivery: Delivery, status: int | None) -> float | None:
        return 0.01 if status != 200 and delivery.attempt < 2 else None


@pytest.fixture
def twin() -> SmallTwin:
    return SmallTwin()


@pytest.fixture
def url(twin: SmallTwin) -> Iterator[str]:
    with twin.serve() as address:
        yield address


def test_a_twin_says_who_it_is(url: str) -> None:
    """Health names the platform."""
    assert requests.get(f"{url}/_twin/health").json() == {"name": "small", "ok": True}


def test_a_seed_is_the_same_every_time(url: str) -> None:
    """Invented people are foretold by their number."""
    requests.post(f"{url}/_twin/seed", json={"people": 3, "start": 40})
    first = requests.get(f"{url}/people").json()
    requests.post(f"{url}/_twin/reset")
    requests.post(f"{url}/_twin/seed", json={"people": 3, "start": 40})
    assert requests.get(f"{url}/people").json() == first
    assert [row["name"] for row in first] == [person(number).name for number in (40, 41, 42)]


def test_a_seed_of_an_unknown_kind_is_refused(url: str) -> None:
    """A misspelt kind must not pass for an empty shop."""
    answer = requests.post(f"{url}/_twin/seed", json={"peoples": 3})
    assert (answer.status_code, "peoples" in answer.json()["error"]) == (422, True)


def test_an_unknown_switch_is_refused_by_name(url: str) -> None:
    """A misspelt switch must not pass for a turned one."""
    answer = requests.put(f"{url}/_twin/switches", json={"luod": True})
    assert (answer.status_code, "luod" in answer.json()["error"]) == (422, True)
    assert requests.put(f"{url}/_twin/switches", json={"loud": True}).json()["loud"] is True


def test_a_fault_strikes_the_ordered_number_of_times_on_its_path(url: str) -> None:
    """Two failures on /people, then the truth again; other paths stay well."""
    fault = {"status": 503, "times": 2, "path": "^/people$", "headers": {"Retry-After": "7"}, "body": {"e": 1}}
    requests.post(f"{url}/_twin/faults", json=fault)
    answers = [requests.get(f"{url}/people") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert (answers[0].headers["Retry-After"], answers[0].json()) == ("7", {"e": 1})


def test_an_after_fault_takes_effect_and_loses_the_answer(url: str, twin: SmallTwin, inbox: Inbox) -> None:
    """The dangerous kind: the record stands, the caller is told 500."""
    twin.target = inbox.url
    requests.post(f"{url}/_twin/faults", json={"status": 500, "after": True})
    assert requests.post(f"{url}/people").status_code == 500
    assert len(requests.get(f"{url}/people").json()) == 1


def test_a_fault_of_status_zero_hangs_up(url: str) -> None:
    """The connection ends without an answer."""
    requests.post(f"{url}/_twin/faults", json={"status": 0})
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{url}/people")


def test_a_slow_answer_does_not_hold_up_others(url: str) -> None:
    """A delay is waited for outside the twin's lock, and `times: -1` lasts until it is cleared."""
    requests.post(f"{url}/_twin/faults", json={"status": 200, "delay": 0.3, "times": -1, "path": "slow|people"})
    started = time.monotonic()
    requests.get(f"{url}/_twin/health")
    assert time.monotonic() - started < 0.2
    requests.get(f"{url}/people")
    assert time.monotonic() - started >= 0.3
    requests.delete(f"{url}/_twin/faults")
    started = time.monotonic()
    requests.get(f"{url}/people")
    assert time.monotonic() - started < 0.2


def test_calls_are_counted_by_route_and_control_calls_are_not(url: str) -> None:
    """What a bench counts: the platform's calls only, throttled ones apart."""
    requests.get(f"{url}/_twin/state")
    requests.post(f"{url}/_twin/faults", json={"status": 429})
    requests.get(f"{url}/people")
    requests.get(f"{url}/people?page=2")
    calls = requests.get(f"{url}/_twin/calls").json()
    assert (calls["total"], calls["by_route"], calls["throttled"]) == (2, {"GET /people": 2}, 1)
    assert [call["path"] for call in calls["last"]] == ["/people", "/people?page=2"]


def test_a_webhook_is_retried_as_the_platform_says(url: str, twin: SmallTwin, inbox: Inbox) -> None:
    """The subclass decides; a failure and a success stand in the log."""
    requests.put(f"{url}/_twin/webhooks/target", json={"url": inbox.url})
    inbox.statuses = [500, 200]
    requests.post(f"{url}/_twin/records/people", json={"name": "An"})
    assert twin.drain(5)
    report = requests.get(f"{url}/_twin/webhooks").json()
    assert [(row["attempt"], row["status"]) for row in report["last"]] == [(1, 500), (2, 200)]
    assert (report["sent"], report["ok"], report["failed"], report["dropped"]) == (2, 1, 1, 0)


def test_the_last_webhooks_can_be_repeated_byte_for_byte(url: str, twin: SmallTwin, inbox: Inbox) -> None:
    """A repeat is the same letter, and a repeated letter is not repeated again."""
    twin.target = inbox.url
    for name in ("An", "Bình"):
        requests.post(f"{url}/_twin/records/people", json={"name": name})
    assert twin.drain(5)
    assert requests.post(f"{url}/_twin/webhooks/repeat", json={"count": 5}).json() == {"repeated": 2}
    assert twin.drain(5)
    bodies = sorted(letter.body for letter in inbox.letters)
    assert bodies == [b'{"id":1}', b'{"id":1}', b'{"id":2}', b'{"id":2}']
    assert {letter.header("X-Proof") for letter in inbox.letters} == {"ok"}


def test_a_record_that_is_not_there_cannot_be_changed(url: str) -> None:
    """The control API names what it does not have."""
    answer = requests.put(f"{url}/_twin/records/people/9", json={})
    assert (answer.status_code, "people 9" in answer.json()["error"]) == (404, True)


def test_quota_time_can_jump(url: str, twin: SmallTwin) -> None:
    """An hour's quota is tried at once."""
    before = twin.quota_time()
    requests.put(f"{url}/_twin/clock", json={"forward": 3600})
    assert 3600 <= twin.quota_time() - before < 3610


def test_quota_time_can_run_faster(twin: SmallTwin) -> None:
    """An hour's quota is tried in a second."""
    twin.set_speed(100_000)
    before = twin.quota_time()
    time.sleep(0.05)
    assert twin.quota_time() - before > 3600
