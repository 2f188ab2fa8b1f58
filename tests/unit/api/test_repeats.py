"""Requests under an Idempotency-Key: done once, whoever sends them again within a day gets the first answer."""

import json

from retailhub.domain.errors import Temporary
from tests.unit.api.desk import CREDENTIALS, Desk, Reply

LAN = {"name": "Nguyễn Thị Lan", "phone": "0912000111"}


def enter(desk: Desk, body: object = LAN, key: str = "form-1", role: str = "admin") -> Reply:
    """A customer is entered under a key."""
    return desk.call("POST", "/customers", body, role=role, idempotency_key=key)


def count(desk: Desk) -> int:
    """How many customers there are."""
    return len(desk.get("/customers").json["items"])


def test_a_repeat_gets_the_first_answer_and_does_nothing(desk: Desk) -> None:
    """api.md: writes that can be repeated take Idempotency-Key."""
    first = enter(desk)
    desk.later(60)
    second = enter(desk, dict(reversed(LAN.items())))

    assert (first.status, second.status, second.text) == (201, 201, first.text)
    assert second.headers["idempotency-replayed"] == "true"
    assert count(desk) == 1


def test_another_request_under_the_same_key_is_refused(desk: Desk) -> None:
    enter(desk)

    other = enter(desk, {"name": "Mai"})
    elsewhere = desk.post("/contracts", {"code": "A", "value": 1}, idempotency_key="form-1")

    assert (other.status, other.code) == (409, "idempotency_key_reused")
    assert elsewhere.code == "idempotency_key_reused"
    assert count(desk) == 1


def test_a_refused_request_may_be_corrected_under_its_key(desk: Desk) -> None:
    assert enter(desk, {"name": "Lan", "phone": "12"}).status == 422

    assert enter(desk).status == 201
    assert count(desk) == 1


def test_after_a_day_the_key_is_new_although_the_table_still_has_it(desk: Desk) -> None:
    """F41: expiry is never left to the table's own cleaning."""
    enter(desk)
    desk.later(86_400)

    assert "idempotency-replayed" not in enter(desk).headers
    assert count(desk) == 2


def test_while_the_first_is_at_work_a_repeat_waits(desk: Desk) -> None:
    """F30: two copies at the same moment."""
    answers: list[Reply] = []

    def meanwhile(step: str) -> None:
        if step == "transaction" and not answers:
            answers.append(enter(desk))

    desk.table.before = meanwhile
    first = enter(desk)

    assert (first.status, answers[0].status, answers[0].code) == (201, 409, "still_running")
    assert count(desk) == 1


def test_after_a_crash_behind_the_write_the_repeat_finds_what_it_wrote(desk: Desk) -> None:
    """F35, F37: the record is there, the answer was never given."""

    class Killed(BaseException):
        """Lambda ends the function."""

    def kill(_: str) -> None:
        if any(item["sk"] == "REC" for item in desk.table.items.values()):
            raise Killed

    desk.table.after = kill
    try:
        enter(desk)
    except Killed:
        desk.table.after = lambda _: None
    assert count(desk) == 1

    too_soon = enter(desk)
    desk.later(61)
    repeat = enter(desk)

    assert too_soon.code == "still_running"
    assert (repeat.status, repeat.json["name"]) == (201, LAN["name"])
    assert count(desk) == 1


def test_a_connection_repeated_after_a_crash_keeps_the_secret_that_its_platform_has(desk: Desk) -> None:
    """F35: its webhooks are registered with the first secret, and a live registration is never made anew."""
    shop = {"platform": "kiotviet", "name": "x", "credentials": CREDENTIALS["kiotviet"]}

    def answer_is_lost(step: str) -> None:
        if step == "write" and desk.shop.registered:
            raise Temporary("table_busy")

    desk.table.before = answer_is_lost
    desk.post("/connections", shop, idempotency_key="c")
    desk.table.before = lambda _: None
    desk.later(61)
    repeated = desk.post("/connections", shop, idempotency_key="c").json

    [(_, _, told)] = desk.shop.registered
    assert told == repeated["webhook_secret"]
    assert len(desk.get("/connections").json["items"]) == 1


def test_after_trouble_of_ours_the_repeat_may_come_at_once(desk: Desk) -> None:
    def busy(step: str) -> None:
        if step == "transaction":
            raise Temporary("table_busy")

    desk.table.before = busy
    refused = enter(desk)
    desk.table.before = lambda _: None

    desk.later(1)
    assert (refused.status, refused.headers["retry-after"]) == (503, "5")
    assert enter(desk).status == 201


def test_a_repeat_does_not_show_a_secret_again(desk: Desk) -> None:
    """A key is shown once, and kept nowhere: not in the remembered answer either."""
    body = {"name": "x", "employee": "mai", "role": "viewer"}
    shop = {"platform": "kiotviet", "name": "x", "credentials": CREDENTIALS["kiotviet"]}

    key = desk.post("/api-keys", body, idempotency_key="k").json
    secret = desk.post("/connections", shop, idempotency_key="c").json
    repeated_key = desk.post("/api-keys", body, idempotency_key="k").json
    repeated_secret = desk.post("/connections", shop, idempotency_key="c").json

    stored = json.dumps(list(desk.table.items.values()))
    assert key["key"] not in stored
    assert secret["webhook_secret"] not in stored
    assert (repeated_key["id"], repeated_key["key"]) == (key["id"], None)
    assert (repeated_secret["id"], repeated_secret["webhook_secret"]) == (secret["id"], None)


def test_a_key_that_is_empty_or_endless_is_malformed(desk: Desk) -> None:
    for key in ("", "x" * 201, "a\nb"):
        reply = enter(desk, key=key)
        assert (reply.status, reply.code) == (400, "bad_idempotency_key")
