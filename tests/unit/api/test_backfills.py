"""Backfills by the API: "đồng bộ dữ liệu cũ"."""

from dataclasses import replace
from typing import Any

from retailhub.store import pulls
from tests.unit.api.desk import Desk


def started(desk: Desk, **body: Any) -> tuple[str, str]:
    """A connection's address and the id of its backfill."""
    path = f"/connections/{desk.connect('kiotviet')['id']}/backfills"
    reply = desk.post(path, body)
    assert reply.status == 201, reply.text
    return path, reply.json["id"]


def went(desk: Desk, pull_id: str, **marks: Any) -> None:
    """The run got so far."""
    pull = pulls.load(desk.table, pull_id)
    assert pull
    desk.table.write(pulls.put(replace(pull, **marks)))


def test_a_backfill_starts_with_all_types_in_the_platforms_order(desk: Desk) -> None:
    """A-KV-7."""
    path, backfill = started(desk)

    shown = desk.get(f"{path}/{backfill}").json
    assert shown["status"] == "running"
    assert [(step["type"], step["status"]) for step in shown["record_types"]] == [
        ("customer", "running"),
        ("product", "waiting"),
        ("contract", "waiting"),
    ]
    assert (backfill, 0) in desk.queues.pulls


def test_only_chosen_types_come_in(desk: Desk) -> None:
    path, backfill = started(desk, record_types=["product"])

    assert [step["type"] for step in desk.get(f"{path}/{backfill}").json["record_types"]] == ["product"]


def test_a_type_that_the_connection_does_not_take_is_refused(desk: Desk) -> None:
    one = desk.connect("kiotviet", record_types=["customer"])["id"]

    assert desk.post(f"/connections/{one}/backfills", {"record_types": ["product"]}).fields == {
        "record_types": "type_not_chosen"
    }


def test_one_backfill_at_a_time(desk: Desk) -> None:
    """api.md: 409 already running; F42."""
    path, backfill = started(desk)

    second = desk.post(path, {})

    assert (second.status, second.code) == (409, "already_running")
    assert [one["id"] for one in desk.get(path).json["items"]] == [backfill]


def test_progress_tells_how_far_and_until_when(desk: Desk) -> None:
    """api.md, /connections/{id}/backfills."""
    path, backfill = started(desk)
    counts = {
        "customer": {"done": 300, "total": 300, "changed": 300, "removed": 0},
        "product": {"done": 100, "total": 500, "changed": 100, "removed": 1},
    }
    went(desk, backfill, at=1, counts=counts)
    desk.later(40)

    customer, product, contract = desk.get(f"{path}/{backfill}").json["record_types"]

    assert (customer["status"], customer["done"], customer["eta"]) == ("done", 300, None)
    assert (product["status"], product["done"], product["total"], product["removed"]) == ("running", 100, 500, 1)
    assert product["eta"] == "2026-05-14T03:01:20.000000Z", "400 rows left at 10 a second"
    assert (contract["status"], contract["total"], contract["eta"]) == ("waiting", None, None)


def test_a_cancelled_backfill_goes_on_where_it_stopped(desk: Desk) -> None:
    path, backfill = started(desk)
    went(desk, backfill, cursor="page 7")
    desk.queues.pulls.clear()

    cancelled = desk.post(f"{path}/{backfill}/cancel").json
    twice = desk.post(f"{path}/{backfill}/cancel")
    resumed = desk.post(f"{path}/{backfill}/resume").json

    pull = pulls.load(desk.table, backfill)
    assert pull
    assert (cancelled["status"], cancelled["finished_at"]) == ("cancelled", desk.now)
    assert (twice.status, twice.code) == (409, "not_running")
    assert (resumed["status"], resumed["finished_at"], pull.cursor) == ("running", None, "page 7")
    assert desk.queues.pulls == [(backfill, 0)]


def test_a_finished_backfill_cannot_go_on_but_another_may_start(desk: Desk) -> None:
    path, backfill = started(desk)
    went(desk, backfill, status="done")

    assert desk.post(f"{path}/{backfill}/resume").code == "not_running"
    assert desk.post(path, {}).status == 201


def test_an_old_backfill_waits_for_the_running_one(desk: Desk) -> None:
    path, first = started(desk)
    desk.post(f"{path}/{first}/cancel")
    desk.post(path, {})

    assert desk.post(f"{path}/{first}/resume").code == "already_running"


def test_a_paused_connection_starts_none(desk: Desk) -> None:
    one = desk.connect("kiotviet")["id"]
    desk.post(f"/connections/{one}/pause")

    assert desk.post(f"/connections/{one}/backfills", {}).code == "connection_paused"


def test_a_backfill_of_another_connection_is_unknown_here(desk: Desk) -> None:
    """F74."""
    _, backfill = started(desk)
    other = desk.connect("haravan")["id"]

    assert desk.get(f"/connections/{other}/backfills/{backfill}").code == "unknown_backfill"
    assert desk.get(f"/connections/{other}/backfills/catch_up.{other}").code == "unknown_backfill"
    assert desk.get(f"/connections/{other}/backfills").json["items"] == []
