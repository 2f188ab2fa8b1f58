"""Connections by the API: paused, given a new secret, removed."""

from retailhub.domain.errors import Unavailable
from retailhub.domain.instants import after
from retailhub.store import pulls
from retailhub.store.pulls import Pull
from tests.unit.api.desk import CREDENTIALS, NOW, Desk


def test_a_pause_and_going_on(desk: Desk) -> None:
    """Runs that stood still get their next step; the schedule takes up what was parked."""
    one = desk.connect("kiotviet")["id"]
    desk.table.write(pulls.put(Pull("b1", one, "backfill", ("customer",), started_at=NOW, beat_at=NOW)))
    desk.queues.pulls.clear()

    paused = desk.post(f"/connections/{one}/pause").json
    again = desk.post(f"/connections/{one}/pause").json
    resumed = desk.post(f"/connections/{one}/resume").json

    assert (paused["status"], paused["version"], again["version"]) == ("paused", 2, 2)
    assert (resumed["status"], resumed["version"]) == ("active", 3)
    assert ("b1", 0) in desk.queues.pulls


def test_after_a_rotation_old_and_new_are_good_for_a_day(desk: Desk) -> None:
    """F19."""
    made = desk.connect("kiotviet")

    rotated = desk.post(f"/connections/{made['id']}/rotate-secret").json

    secret = desk.secrets.get(made["id"])
    assert secret
    new, old = rotated["webhook_secret"], made["webhook_secret"]
    assert secret.live(after(NOW, 86_000)) == [new, old]
    assert secret.live(after(NOW, 86_401)) == [new]
    assert secret.credentials == CREDENTIALS["kiotviet"]


def test_a_rotation_registers_every_topic_anew_with_the_new_secret(desk: Desk) -> None:
    """A live registration signs with the old secret for ever, and so is never missing to the watchdog."""
    made = desk.connect("kiotviet")
    desk.shop.registered.clear()

    rotated = desk.post(f"/connections/{made['id']}/rotate-secret").json

    url = f"https://hub.example.vn/webhooks/kiotviet/{made['id']}"
    assert desk.shop.registered == [(url, desk.shop.topics, rotated["webhook_secret"])]


def test_a_rotation_whose_end_nobody_knows_refuses_neither_secret(desk: Desk) -> None:
    """F37: the platform may have the new secret although its answer was lost."""
    made = desk.connect("kiotviet")
    desk.shop.trouble = Unavailable("no_answer")

    reply = desk.post(f"/connections/{made['id']}/rotate-secret")

    secret = desk.secrets.get(made["id"])
    assert secret
    assert (reply.status, reply.headers["retry-after"]) == (503, "5")
    assert secret.current == made["webhook_secret"]
    assert len(secret.live(after(NOW, 3600))) == 2


def test_a_removed_connection_takes_its_secret_and_flows_along(desk: Desk) -> None:
    """F76; the records that came from it stay."""
    one = desk.connect("haravan")["id"]
    desk.keep("customer", "c_1", name="Lan", origin=one)

    removed = desk.delete(f"/connections/{one}")

    assert (removed.status, removed.text) == (204, "")
    assert desk.secrets.kept == {}
    assert desk.get("/flows").json["items"] == []
    assert desk.get(f"/connections/{one}").code == "unknown_connection"
    assert desk.get("/customers/c_1").status == 200


def test_a_connection_with_a_running_backfill_is_in_use(desk: Desk) -> None:
    """api.md, Deletes: 409 with the number of users and the first few."""
    one = desk.connect("haravan")["id"]
    desk.table.write(pulls.put(Pull("b1", one, "backfill", ("customer",), started_at=NOW, beat_at=NOW)))

    reply = desk.delete(f"/connections/{one}")

    assert (reply.status, reply.code) == (409, "backfill_running")
    assert reply.json["error"]["details"] == {"count": 1, "first": ["b1"]}
    assert desk.secrets.get(one)


def test_a_removal_that_was_killed_can_be_asked_for_again(desk: Desk) -> None:
    one = desk.connect("haravan")["id"]
    desk.secrets.down = True
    assert desk.delete(f"/connections/{one}").status == 503

    desk.secrets.down = False

    assert desk.delete(f"/connections/{one}").status == 204
    assert desk.secrets.kept == {}
