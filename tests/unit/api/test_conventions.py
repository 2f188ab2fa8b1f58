"""The conventions of api.md, held by every route there is: lists, versions, idempotency keys, errors, marks.

Everything here is made from the routes and their OpenAPI description: a new route is held to them from its first day.
"""

from typing import Any

from retailhub.api.routes import Route
from retailhub.domain.changes import Change
from retailhub.domain.kinds import SINGLE
from retailhub.domain.records import MODELS, RecordType
from tests.unit.api.desk import NOW, Desk, Reply
from tests.unit.api.route_facts import (
    FILE,
    KINDS,
    NEEDED,
    NEEDING_OTHERS,
    OWN_CHOICES,
    UPLOADS,
    address,
    answered,
    body_of,
    kind_of,
    named,
    operation,
)

MARKS = {"version", "created_at", "updated_at", "created_by", "updated_by"}
ROUTES = Desk.api.routes
LISTS = [route for route in ROUTES if route.method == "GET" and {"items", "next_cursor"} <= set(answered(route))]
GROUPED = {"/api/dead-letters", "/api/catalogues"}
"""A list of groups, bounded by what one look at the queues brings; `more` says that there is more. And the seven
catalogues' descriptions."""
WHOLE = {
    "/api/orders/<order_id>": "its lines",
    "/api/contracts/<contract_id>": "its lines",
    "/api/catalogues/product-types/tree": "the tree as a whole",
    "/api/members/segments": "the saved filters, three or five",
    "/api/reports/conversion": "a row for each employee",
    "/api/reports/loss-reasons": "a row for each reason",
}
"""Answers whose items belong together, and what they are."""
PAGED = [route for route in LISTS if route.rule not in GROUPED]
CHANGING = [route for route in ROUTES if route.method in ("PATCH", "PUT")]
POSTS = [route for route in ROUTES if route.method == "POST"]


@named(PAGED)
def test_every_list_takes_a_bounded_limit_and_a_cursor(desk: Desk, route: Route) -> None:
    """api.md, Lists: `limit` up to 200, `cursor`; the answer has items and next_cursor."""
    parameters = {one["name"]: one for one in operation(route)["parameters"]}

    assert {"limit", "cursor"} <= set(parameters)
    schema = parameters["limit"]["schema"]
    assert (schema["minimum"], schema["maximum"], schema["default"]) == (1, 200, 50)
    needed = NEEDED.get(route.rule, {})
    assert desk.get(address(route), limit="201", **needed).fields["limit"] == "less_than_equal"
    assert desk.get(address(route), cursor="made-up", **needed).status in (400, 404)


def test_every_answer_with_items_is_a_list() -> None:
    """No list goes without a way to its rest."""
    bare = {r.rule for r in ROUTES if r.method == "GET" and "items" in answered(r) and r not in LISTS}

    assert bare <= set(WHOLE)


def lists_of_records() -> list[Route]:
    """Lists whose collection is one kind of record."""
    return [route for route in PAGED if route.rule.rpartition("/")[2] in KINDS and "<" not in route.rule]


@named(lists_of_records())
def test_what_is_added_while_somebody_pages_hides_and_repeats_nothing(desk: Desk, route: Route) -> None:
    """Point 11: pagination is stable under inserts; every record that was there is seen once."""
    kind = kind_of(route)
    assert kind
    there = [f"{kind}_{n}" for n in range(7)]
    for n, one in enumerate(there):
        desk.keep(kind, one, at=f"2026-05-13T00:00:0{n}.000000Z", **_fields(kind, f"M{n}"))

    seen: list[str] = []
    cursor: str | None = ""
    page = 0
    while cursor is not None:
        reply = desk.get(address(route), limit="2", **({"cursor": cursor} if cursor else {}))
        assert reply.status == 200, reply.text
        assert len(reply.json["items"]) <= 2
        seen += [one["id"] for one in reply.json["items"]]
        cursor = reply.json["next_cursor"]
        page += 1
        for late, name in ((f"{kind}_before_{page}", "A"), (f"{kind}_after_{page}", "Z")) if page < 4 else ():
            desk.keep(kind, late, at=f"2026-05-14T00:00:{page:02}.000000Z", **_fields(kind, f"{name}{page}"))
        assert page < 20, "the list never ends"

    assert len(seen) == len(set(seen))
    assert set(there) <= set(seen)


def _fields(kind: RecordType, name: str) -> dict[str, Any]:
    known = MODELS[kind].model_fields
    return {field: name for field in ("name", "title", "code", "key", "order_number") if field in known}


@named(POSTS)
def test_every_post_honours_an_idempotency_key(desk: Desk, route: Route) -> None:
    """api.md, Writes: a repeat gets the first answer; a key that is none, or another request's, is refused."""
    header = {one["name"] for one in operation(route)["parameters"] if one["in"] == "header"}
    assert "Idempotency-Key" in header
    assert _posted(desk, route, "x" * 201).code == "bad_idempotency_key"

    first = _posted(desk, route)
    if first.status >= 300:
        return
    written = dict(desk.table.items)
    again = _posted(desk, route)
    assert again.headers.get("idempotency-replayed") == "true"
    assert again.status == first.status
    shown = {name: value for name, value in first.json.items() if name not in route.shown_once}
    assert {name: again.json[name] for name in shown} == shown
    assert all(again.json[name] is None for name in route.shown_once)
    assert desk.table.items == written, "the repeat changed something"
    assert desk.post("/customers", {"another": 1}, idempotency_key="form-1").code == "idempotency_key_reused"


def _posted(desk: Desk, route: Route, key: str = "form-1") -> Reply:
    if route.rule in UPLOADS:
        return desk.call("POST", address(route), idempotency_key=key, **FILE)  # type: ignore[arg-type]
    return desk.post(address(route), body_of(route), idempotency_key=key)


def test_most_posts_are_really_repeated_here(desk: Desk) -> None:
    """The test above says little of a route whose body it does not know: these create something out of nothing."""
    created = [route for route in POSTS if route.status == 201 and "<" not in route.rule]

    refused = {route.rule: reply.text for route in created if (reply := _posted(Desk(), route)).status != 201}
    assert set(refused) <= NEEDING_OTHERS, refused


@named(CHANGING)
def test_every_edit_takes_the_version_that_it_means(desk: Desk, route: Route) -> None:
    """api.md, Updates: If-Match; what is no version is malformed, another one than the present is a conflict."""
    header = {one["name"] for one in operation(route)["parameters"] if one["in"] == "header"}
    assert "If-Match" in header
    if route.rule in OWN_CHOICES:
        return
    assert desk.call(route.method, address(route), body_of(route), if_match="x").code == "bad_if_match"

    kind = kind_of(route)
    if kind:
        record = kind if kind in SINGLE else f"{kind}_1"
        desk.keep(kind, record, **_fields(kind, "Mẫu"))
        stale = desk.call(route.method, address(route, record), body_of(route), if_match="99")
        assert (stale.status, stale.code) == (409, "version_conflict"), stale.text
        assert stale.json["error"]["field"] == "If-Match"


@named([route for route in ROUTES if route.method == "GET" and "<" in route.rule])
def test_an_unknown_id_is_404_in_the_one_form_and_in_both_languages(desk: Desk, route: Route) -> None:
    """api.md, Errors."""
    vietnamese = desk.call("GET", address(route))
    english = desk.call("GET", address(route), accept_language="en")

    for reply in (vietnamese, english):
        assert reply.status == 404, reply.text
        assert set(reply.json["error"]) == {"code", "message", "field", "details"}
    assert vietnamese.json["error"]["message"] != english.json["error"]["message"]


@named([route for route in ROUTES if route.status == 201 or (route.method in ("PATCH", "PUT") and "<" in route.rule)])
def test_everything_that_is_made_or_edited_carries_its_marks(route: Route) -> None:
    """api.md, Updates: version, created_at, updated_at, created_by, updated_by."""
    assert set(answered(route)) >= MARKS or "backfills" in route.rule, "a run has its own marks: started_at, status"


@named([route for route in ROUTES if route.method == "DELETE"])
def test_every_delete_answers_204_with_nothing(route: Route) -> None:
    """api.md, Deletes."""
    assert route.status == 204
    assert "content" not in operation(route)["responses"]["204"]


def test_the_events_of_a_day_are_paged_stably_too(desk: Desk) -> None:
    """Point 11: newest first, so what comes in meanwhile stands before the first page."""
    for n in range(5):
        change = Change("s1", "customer", str(n), received_at=NOW)
        desk.happened(change, "applied", f"2026-05-14T02:00:0{n}.000000Z")
    first = desk.get("/events", limit="3").json
    desk.happened(Change("s1", "customer", "late", received_at=NOW), "applied", "2026-05-14T02:30:00.000000Z")
    rest = desk.get("/events", limit="3", cursor=first["next_cursor"]).json

    assert [one["source_id"] for one in first["items"] + rest["items"]] == ["4", "3", "2", "1", "0"]
