"""A sales team at the desk: departments, employees, leads, opportunities, loss reasons; all made through the API."""

from typing import Any

from retailhub.store import records
from tests.unit.api.desk import Desk, Reply


def made(reply: Reply) -> str:
    """The id of what was made."""
    assert reply.status == 201, reply.text
    return str(reply.json["id"])


def department(desk: Desk, name: str) -> str:
    return made(desk.post("/departments", {"name": name}))


def employee(desk: Desk, name: str, **more: Any) -> str:
    return made(desk.post("/employees", {"name": name, **more}))


def lead(desk: Desk, name: str = "Anh Bình", **more: Any) -> str:
    return made(desk.post("/leads", {"name": name, **more}))


def opportunity(desk: Desk, on: str, status: str = "open", **more: Any) -> str:
    return made(desk.post("/opportunities", {"lead": on, "status": status, **more}))


def loss_reason(desk: Desk, name: str) -> str:
    return made(desk.post("/catalogues/loss-reasons", {"name": name}))


def counts(desk: Desk, lead_id: str) -> tuple[int, int]:
    """A lead's opportunities, and how many of them were won."""
    found = desk.get(f"/leads/{lead_id}").json
    return found["opportunities"], found["won"]


def vector(desk: Desk, owner: str | None) -> list[str]:
    """The requirements' vector: 10 leads; 8 opportunities on 6 of them; 3 won, on 2 leads."""
    leads = [lead(desk, f"Lead {n}", owner=owner) for n in range(10)]
    for place, status in [
        (0, "won"),
        (0, "won"),
        (1, "won"),
        (1, "lost"),
        (2, "lost"),
        (3, "open"),
        (4, "open"),
        (5, "open"),
    ]:
        opportunity(desk, leads[place], status)
    return leads


def rows(desk: Desk, path: str = "/reports/conversion", **query: str) -> dict[str | None, dict[str, Any]]:
    """A report's lines by whose they are."""
    reply = desk.get(path, **query)
    assert reply.status == 200, reply.text
    return {row.get("employee", row.get("reason")): row for row in reply.json["items"]}


def behind(desk: Desk, path: str, **query: str) -> list[str]:
    """The ids of all rows behind a number, over all pages."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        reply = desk.get(path, limit="2", cursor=cursor, **query)
        assert reply.status == 200, reply.text
        found += [one["id"] for one in reply.json["items"]]
        cursor = reply.json["next_cursor"]
    return found


def assign(desk: Desk, lead_id: str, owner: str) -> None:
    """A lead of somebody of whom there is no record, as a system outside may have named them."""
    stored = records.load(desk.table, "lead", lead_id)
    assert stored
    changed = stored.revised(stored.fields.model_copy(update={"owner": owner}), by="shop", at=desk.now)
    desk.table.write(records.put(changed))
