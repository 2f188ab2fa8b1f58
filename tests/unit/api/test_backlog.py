"""What waits for a platform can be seen (design §2: the backlog is visible)."""

from retailhub.domain.changes import Change
from retailhub.store import events, links
from retailhub.store.links import Link
from tests.unit.api.desk import NOW, Desk


def test_waiting_deliveries_and_parked_changes_are_listed_with_their_reasons(desk: Desk) -> None:
    one = desk.connect("getfly")["id"]
    waiting = Link("customer", "c_1", one, status="waiting", due_at=NOW, attempts=2, error={"code": "budget"})
    parked = events.of_change(Change(one, "order", "77", uid="u"), "parked", NOW, reason="unavailable", due_at=NOW)
    desk.table.write(links.put(waiting), events.put(parked))

    [delivery] = desk.get(f"/connections/{one}/backlog").json["items"]
    [change] = desk.get(f"/connections/{one}/backlog", kind="changes").json["items"]

    assert (delivery["record"], delivery["reason"], delivery["attempts"]) == ("c_1", "budget", 2)
    assert (change["source_id"], change["reason"]) == ("77", "unavailable")


def test_an_unknown_connection_has_no_backlog(desk: Desk) -> None:
    assert desk.get("/connections/nobody/backlog").status == 404


def test_an_unknown_kind_is_refused(desk: Desk) -> None:
    one = desk.connect("getfly")["id"]
    assert desk.get(f"/connections/{one}/backlog", kind="everything").status == 422
