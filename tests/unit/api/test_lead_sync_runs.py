"""/lead-sync/run and /lead-sync/runs: begun by hand, one at a time, and looked back on (R-SYN-13)."""

from dataclasses import replace
from typing import Any

import pytest

from retailhub.api.messages import MESSAGES
from retailhub.domain.errors import Permanent
from retailhub.domain.lead_sync import LEAD_SYNC
from retailhub.store import pulls
from tests.unit.api.desk import Desk
from tests.unit.api.test_lead_sync import SET


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.shop.reads = ("lead",)
    return made


@pytest.fixture
def set_up(desk: Desk) -> Desk:
    """The sync is set and has not run yet."""
    assert desk.call("PUT", "/lead-sync", SET).status == 200
    return desk


def ended(desk: Desk, **more: Any) -> None:
    """The run under way comes to its end."""
    pull = pulls.load(desk.table, LEAD_SYNC)
    assert pull
    desk.table.write(pulls.put(replace(pull, **{"status": "done", "finished_at": desk.now, **more})))


class TestRunning:
    """Begun by hand (R-SYN-13)."""

    def test_a_run_is_begun(self, set_up: Desk) -> None:
        """R-SYN-13: 202, and the run."""
        reply = set_up.call("POST", "/lead-sync/run", {}, role="staff")

        assert reply.status == 202
        assert (reply.json["status"], reply.json["trigger"], reply.json["by"]) == ("running", "manual", "lan")
        assert [pull for pull, _ in set_up.queues.pulls] == [LEAD_SYNC]
        assert set_up.get("/lead-sync").json["last_run"]["id"] == reply.json["id"]
        assert [act["topic"] for act in set_up.get("/audit", kind=LEAD_SYNC, topic="started").json["items"]] == [
            "started"
        ]

    def test_while_one_runs_another_is_refused(self, set_up: Desk) -> None:
        """A-SYN-6, with when it began and by whom."""
        first = set_up.post("/lead-sync/run").json

        reply = set_up.post("/lead-sync/run")

        assert (reply.status, reply.code) == (409, "already_running")
        assert reply.json["error"]["message"] == "Đang chạy rồi"
        assert reply.json["error"]["details"]["started_at"] == first["started_at"]
        assert len(set_up.queues.pulls) == 1

    def test_a_repeat_of_the_same_request_is_answered_the_same(self, set_up: Desk) -> None:
        first, second = (set_up.post("/lead-sync/run", idempotency_key="click-1") for _ in range(2))

        assert (second.status, second.json) == (202, first.json)

    @pytest.mark.parametrize("missing, field", [("email", "email"), ("password", "password")])
    def test_without_a_login_nothing_is_begun(self, desk: Desk, missing: str, field: str) -> None:
        """R-SYN-04."""
        desk.call("PUT", "/lead-sync", {name: value for name, value in SET.items() if name != missing})

        reply = desk.post("/lead-sync/run")

        assert (reply.status, reply.code, reply.json["error"]["field"]) == (409, "not_set", field)
        assert desk.queues.pulls == []

    def test_without_an_address_nothing_is_begun(self, set_up: Desk) -> None:
        """The platform itself says what it lacks."""

        def lacking(_: Any) -> Any:
            raise Permanent("no_credentials", "base_url is not set", field="base_url")

        hub = replace(set_up.office.sync.hub, open=lacking)  # type: ignore[attr-defined]
        set_up.office = replace(set_up.office, sync=type(set_up.office.sync)(hub))  # type: ignore[call-arg]
        reply = set_up.post("/lead-sync/run")

        assert (reply.status, reply.code, reply.json["error"]["field"]) == (409, "not_set", "base_url")

    def test_never_set_at_all(self, desk: Desk) -> None:
        assert desk.post("/lead-sync/run").code == "not_set"


class TestHistory:
    """What the runs came to, newest first."""

    def test_each_run_is_told_once(self, set_up: Desk) -> None:
        """R-SYN-13: by whom, what was seen, what came and what stayed, by reason."""
        counts = {
            "done": 12,
            "total": 20,
            "changed": 9,
            "removed": 0,
            "new": 7,
            "left_out": {"converted": 3, "no_phone": 5},
        }
        for _ in range(3):
            set_up.post("/lead-sync/run")
            set_up.later(60)
            ended(set_up, counts={"lead": counts})
            set_up.later(60)

        items = set_up.get("/lead-sync/runs").json["items"]

        assert [one["started_at"] for one in items] == sorted({one["started_at"] for one in items}, reverse=True)
        assert len(items) == 3
        assert {name: items[0][name] for name in ("status", "by", "seen", "brought", "updated", "error")} == {
            "status": "done", "by": "lan", "seen": 20, "brought": 7, "updated": 2, "error": None,
        }  # fmt: skip
        assert items[0]["left_out"] == {"converted": 3, "no_phone": 5}
        assert items[0]["finished_at"] > items[0]["started_at"]

    def test_pages(self, set_up: Desk) -> None:
        for _ in range(5):
            set_up.post("/lead-sync/run")
            ended(set_up)
            set_up.later(60)

        first = set_up.get("/lead-sync/runs", limit="3").json
        second = set_up.get("/lead-sync/runs", limit="3", cursor=first["next_cursor"]).json
        assert [len(first["items"]), len(second["items"]), second["next_cursor"]] == [3, 2, None]

    @pytest.mark.parametrize("language, words", [("vi", "Bản cloud từ chối"), ("en", "The cloud edition refused")])
    def test_a_failed_run_says_why(self, set_up: Desk, language: str, words: str) -> None:
        """R-SYN-04: in the caller's language."""
        set_up.post("/lead-sync/run")
        ended(set_up, status="failed", error={"code": "login_refused", "message": "…", "at": set_up.now})

        [run] = set_up.call("GET", "/lead-sync/runs", accept_language=language).json["items"]

        assert (run["status"], run["error"]["code"]) == ("failed", "login_refused")
        assert run["error"]["message"].startswith(words)

    def test_every_reason_has_words(self) -> None:
        """R-SYN-05, R-SYN-07, R-SYN-08, R-SYN-12."""
        for reason in ("other_source", "converted", "no_phone", "no_email", "no_id"):
            assert all(MESSAGES[f"left_out.{reason}"])
