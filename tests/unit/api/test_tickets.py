"""Tickets by the API: when they are due, and the priorities that they are bound to."""

from tests.unit.api.desk import Desk

PRIORITIES = "/catalogues/ticket-priorities"


def priority(desk: Desk, name: str, time: int, unit: str) -> str:
    """The id of a new priority."""
    made = desk.post(PRIORITIES, {"name": name, "resolve_time": time, "resolve_unit": unit})
    return str(made.json["id"])


def ticket(desk: Desk, **fields: object) -> dict[str, object]:
    """A new ticket."""
    reply = desk.call("POST", "/tickets", {"title": "Hỏng khóa kéo", **fields}, role="staff")
    assert reply.status == 201, reply.text
    told: dict[str, object] = reply.json
    return told


def test_a_ticket_is_due_its_priorities_resolve_time_after_its_creation(desk: Desk) -> None:
    """R-TKT-05, A-TKT-1, A-TKT-2; api.md, /tickets: minutes, hours and days of calendar time."""
    due = {
        name: ticket(desk, priority=priority(desk, name, time, name))["due_at"]
        for name, time in (("minutes", 30), ("hours", 36), ("days", 2))
    }

    assert due == {
        "minutes": "2026-05-14T03:30:00.000000Z",
        "hours": "2026-05-15T15:00:00.000000Z",
        "days": "2026-05-16T03:00:00.000000Z",
    }
    assert ticket(desk)["due_at"] is None


def test_the_due_time_moves_with_the_tickets_own_priority_only(desk: Desk) -> None:
    """A-TKT-2: not when the priority is edited, not when something else of the ticket is."""
    urgent, usual = priority(desk, "Khẩn", 1, "hours"), priority(desk, "Thường", 1, "days")
    made = ticket(desk, priority=urgent)
    where = f"/tickets/{made['id']}"
    desk.later(600)

    desk.patch(f"{PRIORITIES}/{urgent}", {"resolve_time": 5})
    edited = desk.patch(where, {"title": "Hỏng khóa", "status": "in_progress"}).json
    moved = desk.patch(where, {"priority": usual}).json
    back = desk.patch(where, {"priority": urgent}).json
    none = desk.patch(where, {"priority": None}).json

    assert edited["due_at"] == made["due_at"] == "2026-05-14T04:00:00.000000Z"
    assert moved["due_at"] == "2026-05-15T03:00:00.000000Z", "from its creation, not from the edit"
    assert back["due_at"] == "2026-05-14T08:00:00.000000Z", "as the priority is when it is given"
    assert none["due_at"] is None
    assert desk.patch(where, {"due_at": "2030-01-01"}).fields == {"due_at": "extra_forbidden"}


def test_the_tickets_of_a_priority_must_be_deleted_first(desk: Desk) -> None:
    """R-TKT-11, A-TKT-4: a deleted ticket does not hold it any more."""
    urgent = priority(desk, "Khẩn", 1, "hours")
    made = ticket(desk, priority=urgent)

    refused = desk.delete(f"{PRIORITIES}/{urgent}")
    removed = desk.call("DELETE", f"/tickets/{made['id']}", role="staff")
    now = desk.delete(f"{PRIORITIES}/{urgent}")

    assert (refused.status, refused.code, removed.status, now.status) == (409, "in_use", 204, 204)
    [user] = refused.json["error"]["details"]["users"]
    assert user == {"type": "ticket", "id": made["id"], "name": "Hỏng khóa kéo"}


def test_tickets_are_found_by_what_they_name(desk: Desk) -> None:
    """api.md, /tickets: by customer, priority, owner and status, together and with a search."""
    urgent, usual = priority(desk, "Khẩn", 1, "hours"), priority(desk, "Thường", 1, "days")
    desk.keep("customer", "c_1", name="Lan")
    desk.keep("employee", "employee_1", name="Mai")
    one = ticket(desk, priority=urgent, customer="c_1")["id"]
    desk.later(1)
    two = ticket(desk, priority=urgent, owner="employee_1", title="Đổi size")["id"]
    desk.later(1)
    three = ticket(desk, priority=usual, customer="c_1")["id"]
    desk.patch(f"/tickets/{three}", {"status": "done"})

    def found(**query: str) -> list[str]:
        return [row["id"] for row in desk.get("/tickets", **query).json["items"]]

    assert found() == [three, two, one]
    assert found(sort="created_at", priority=urgent) == [one, two]
    assert found(customer="c_1") == [three, one]
    assert found(customer="c_1", priority=urgent) == [one]
    assert found(owner="employee_1") == [two]
    assert found(status="done") == [three]
    assert found(priority=urgent, q="doi SIZE") == [two]


def test_those_of_a_priority_are_found_with_two_reads_however_many_others_there_are(desk: Desk) -> None:
    """No list is looked through for what a note says."""
    urgent = priority(desk, "Khẩn", 1, "hours")
    for number in range(300):
        desk.keep("ticket", f"ticket_{number:03}", title="x")
    ticket(desk, priority=urgent)
    desk.table.calls.clear()

    assert len(desk.get("/tickets", priority=urgent).json["items"]) == 1
    assert desk.table.reads == 2
