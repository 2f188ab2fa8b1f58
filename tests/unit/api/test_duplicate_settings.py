"""Duplicate and required fields by the API: the screen, what it saves, and what is refused."""

from typing import Any

import pytest

from retailhub.rules import claiming
from retailhub.store import events, pulls
from tests.unit.api.desk import Desk, Reply

HERE = "/duplicate-settings"
PHONE = "0912000111"


def saved(desk: Desk, role: str = "admin", if_match: str | None = None, **fields: Any) -> Reply:
    """*Cập nhật* with these ticks."""
    headers: dict[str, Any] = {"if_match": if_match} if if_match else {}
    told = {name.replace("__", "."): ticks for name, ticks in fields.items()}
    return desk.call("PUT", HERE, {"fields": told}, role=role, **headers)


def row(reply: Reply, field: str) -> dict[str, Any]:
    """The line of one field."""
    [found] = [one for one in reply.json["fields"] if one["field"] == field]
    return found


def run(desk: Desk) -> None:
    """The queued runs, to their end."""
    for run_id, _ in desk.queues.pulls:
        claiming.step(desk.table, lambda: desk.now, lambda _: None, run_id, lambda: True)
    desk.queues.pulls.clear()


def test_the_screen_lists_every_field_with_its_two_ticks(desk: Desk) -> None:
    """R-DUP-03, R-DUP-04, R-DUP-05: before anything is set; the name is required as ever (A-DUP-1)."""
    reply = desk.get(HERE)
    assert (reply.status, reply.json["version"], len(reply.json["fields"])) == (200, 0, 11)
    assert row(reply, "phone") == {
        "field": "phone",
        "label": {"vi": "Số điện thoại", "en": "Phone"},
        "unique": False,
        "required": False,
        "ready": True,
        "always_required": False,
    }
    assert (row(reply, "name")["required"], row(reply, "name")["always_required"]) == (True, True)


def test_update_saves_the_ticks_and_leaves_the_others(desk: Desk) -> None:
    """R-DUP-06, R-DUP-07, R-DUP-08, R-DUP-09: one, the other, both; a custom field too."""
    saved(desk, phone={"unique": True}, email={"required": True}, custom__the={"unique": True, "required": True})
    reply = saved(desk, phone={"required": True})
    ticks = {one["field"]: (one["unique"], one["required"]) for one in reply.json["fields"]}
    assert (ticks["phone"], ticks["email"], ticks["custom.the"]) == ((True, True), (False, True), (True, True))
    assert desk.get(HERE).json == reply.json
    assert "custom.the" not in {one["field"] for one in _unticked(desk).json["fields"]}


def _unticked(desk: Desk) -> Reply:
    return saved(desk, custom__the={"unique": False, "required": False})


def test_only_the_administrator_sets_them(desk: Desk) -> None:
    """R-DUP-01; everybody may see what they will be asked for (R-DUP-02)."""
    assert (saved(desk, "staff", phone={"unique": True}).status, desk.call("GET", HERE, role="viewer").status) == (
        403,
        200,
    )


def test_a_newer_version_is_not_overwritten(desk: Desk) -> None:
    """api.md, Updates: If-Match, from the first saving on."""
    first = saved(desk, phone={"unique": True}, if_match="0")
    assert (first.status, first.json["version"]) == (200, 1)
    stale = saved(desk, email={"unique": True}, if_match="0")
    assert (stale.status, stale.code) == (409, "version_conflict")
    assert saved(desk, email={"unique": True}, if_match="1").json["version"] == 2


def test_who_changed_what_stands_in_the_audit(desk: Desk) -> None:
    """R-DUP-09: field by field, before and after."""
    saved(desk, phone={"unique": True})
    [event] = [events.from_item(item) for key, item in desk.table.items.items() if key[1] == "EVENT"]
    assert (event.reason, event.audit["fields"][1]["phone"]["unique"]) == ("by:lan", True)


@pytest.mark.parametrize(
    "fields, wrong",
    [
        ({"colour": {"unique": True}}, {"fields.colour": "unknown_field"}),
        ({"custom.": {"unique": True}}, {"fields.custom.": "unknown_field"}),
        ({"custom.a#b": {"unique": True}}, {"fields.custom.a#b": "unknown_field"}),
        ({"name": {"required": False}}, {"fields.name.required": "always_required"}),
        ({"phone": {"ready": True}}, {"fields.phone.ready": "extra_forbidden"}),
        ({"phone": {"unique": None}}, {"fields.phone.unique": "not_null"}),
    ],
)
def test_what_there_is_not_cannot_be_ticked(desk: Desk, fields: dict, wrong: dict) -> None:
    """R-DUP-04: the listed fields, and custom ones by their name."""
    reply = desk.call("PUT", HERE, {"fields": fields})
    assert (reply.status, reply.fields) == (422, wrong)


def test_a_duplicate_is_refused_with_who_has_it(desk: Desk) -> None:
    """R-DUP-06, A-DUP-2: 409 with the field and the record, in the caller's language."""
    saved(desk, phone={"unique": True})
    first = desk.post("/customers", {"name": "An", "phone": PHONE}).json
    reply = desk.post("/customers", {"name": "Bình", "phone": "0912.000.111"})
    error = reply.json["error"]
    assert (reply.status, error["code"], error["field"]) == (409, "duplicate_phone", "phone")
    assert error["message"] == "Số điện thoại đã có"
    assert error["details"]["existing"] == {"type": "customer", "id": first["id"]}


def test_a_blank_is_refused_field_by_field(desk: Desk) -> None:
    """R-DUP-07: 422."""
    saved(desk, phone={"required": True}, tax_code={"required": True})
    reply = desk.post("/customers", {"name": "An"})
    assert (reply.status, reply.fields) == (422, {"phone": "missing", "tax_code": "missing"})


def test_a_repeat_of_the_same_request_is_no_duplicate(desk: Desk) -> None:
    """api.md, Writes: under its Idempotency-Key it finds what it made, also after a crash before it was answered."""
    saved(desk, phone={"unique": True})

    def killed_after_the_customer(_: str) -> None:
        if any(pk.startswith("REC#customer#") for pk, _ in desk.table.items):
            desk.table.after = lambda _: None
            raise RuntimeError("killed")

    desk.table.after = killed_after_the_customer
    first, again = (desk.post("/customers", {"name": "An", "phone": PHONE}, idempotency_key="k1") for _ in range(2))
    assert (first.status, again.status, again.json["phone"]) == (500, 201, "+84912000111")
    desk.noted.clear()


def test_a_newly_unique_field_is_ready_once_present_values_are_claimed(desk: Desk) -> None:
    """A-DUP-6: saved at once; the run begins when every worker has heard of it."""
    desk.keep("customer", "c_1", name="An", phone="+84912000111")
    assert row(saved(desk, phone={"unique": True}), "phone")["ready"] is False
    assert desk.queues.pulls == [("claim.phone", claiming.HEARD_AFTER)]
    run(desk)
    assert row(desk.get(HERE), "phone")["ready"] is True
    assert desk.get(HERE).json["version"] == 1
    assert desk.post("/customers", {"name": "Bình", "phone": PHONE}).code == "duplicate_phone"


def test_saving_the_same_again_begins_nothing(desk: Desk) -> None:
    """A-DUP-6: a field that is ready stays so."""
    saved(desk, phone={"unique": True})
    run(desk)
    assert row(saved(desk, phone={"unique": True}), "phone")["ready"] is True
    assert desk.queues.pulls == []


def test_a_crash_between_saving_and_queueing_leaves_a_run_to_be_woken(desk: Desk) -> None:
    """A-DUP-6: the run stands in the table before the settings do."""

    def killed(_run: str, _delay: float = 0) -> None:
        raise RuntimeError("killed")

    desk.queues.send_pull = killed  # type: ignore[method-assign, assignment]
    assert saved(desk, phone={"unique": True}).status == 500
    left = pulls.load(desk.table, "claim.phone")
    assert left and left.status == "running"
    assert row(desk.get(HERE), "phone")["ready"] is False
    desk.noted.clear()


def test_a_doubtful_record_is_decided_by_the_api(desk: Desk) -> None:
    """A-DUP-2: who it is, or somebody new, but not both."""
    assert desk.get("/reviews").json == {"items": [], "next_cursor": None}
    assert desk.post("/reviews/none/resolve", {"create": True}).code == "unknown_review"
    assert desk.post("/reviews/none/resolve", {}).status == 422
    assert desk.post("/reviews/none/resolve", {"create": True, "customer": "c_1"}).status == 422
    assert desk.call("POST", "/reviews/none/resolve", {"create": True}, role="viewer").status == 403
