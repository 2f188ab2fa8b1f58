"""Đứng lại: what stands still until a person decides, by queue and cause; tried out first, then run again."""

from typing import Any
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response

from console import words
from console.hub_api import Refused
from console.places import page_of
from console.routing import Screens
from console.visit import Visit

screens = Screens()
GROUP = ("queue", "cause", "connection")


@screens.get("/dead-letters")
def dead_letters(visit: Visit) -> Response[Any]:
    """The groups, the largest first, each with a sample."""
    found = visit.hub.get("/dead-letters", **visit.asked(*GROUP))
    for group in found["items"]:
        group["place"] = _place({**group, "connection": visit.query.get("connection", "")})
    _call_up(visit, [group["entries"][0] for group in found["items"]])
    return visit.page(
        "dead_letters/list.html",
        found=found,
        total=sum(group["count"] for group in found["items"]),
        connections=visit.choices("/connections"),
        named=named,
    )


@screens.get("/dead-letters/group")
def dead_group(visit: Visit) -> Response[Any]:
    """What died at one queue of one cause, entry by entry."""
    asked = {name: visit.query.get(name, "") for name in GROUP}
    found = visit.hub.get("/dead-letters", **asked)
    group = next(iter(found["items"]), None)
    _call_up(visit, group["entries"] if group else [])
    return visit.page(
        "dead_letters/group.html",
        asked=asked,
        group=group,
        more=found["more"],
        named=named,
        page_of=page_of,
        why=lambda entry: why(visit, entry, asked["cause"]),
    )


@screens.post("/dead-letters/try")
def try_out(visit: Visit) -> Response[Any]:
    """What would run again: nothing is done."""
    return _redrive(visit, dry_run=True)


@screens.post("/dead-letters/redrive")
def redrive(visit: Visit) -> Response[Any]:
    """Run again what was tried out, and tell what came of each."""
    return _redrive(visit, dry_run=False)


def named(visit: Visit, entry: dict[str, Any]) -> str:
    """What an entry is about: the record's name, else its id on the platform; "" if neither is known."""
    called = visit.called(entry["record"])
    if called and called != entry["record"]:
        return called
    return visit.t("mã {}", "id {}").format(entry["source_id"]) if entry["source_id"] else ""


def why(visit: Visit, entry: dict[str, Any], cause: str) -> str:
    """What the notice was about, and what an entry's own error says besides the cause of all."""
    error = entry["error"]
    field = words.field(error["field"], visit.language) if error.get("field") else ""
    message = str(error.get("message") or "")
    told = ": ".join(part for part in (field, message if message != cause else "") if part)
    return told or entry["topic"]


def _redrive(visit: Visit, *, dry_run: bool) -> Response[Any]:
    """What was ticked, or the whole group. The entries are read before they are on their way, so that the result can
    name them."""
    asked = {name: visit.form.text(name) or "" for name in GROUP}
    ids = [] if visit.form.flag("whole") else visit.form.many("ids")
    if not ids and not visit.form.flag("whole"):
        raise Refused(422, "nothing_chosen", visit.t("Hãy chọn ít nhất một mục.", "Choose at least one entry."))
    found = visit.hub.get("/dead-letters", **asked)
    entries = {entry["id"]: entry for group in found["items"] for entry in group["entries"]}
    meant = {name: value for name, value in asked.items() if value}
    body = {"dry_run": dry_run, **({"ids": ids} if ids else {"filter": meant})}
    told = visit.hub.post("/dead-letters/redrive", body, once="" if dry_run else visit.form.once)
    lines = [{**line, "entry": entries.get(line["id"])} for line in told["results"]]
    _call_up(visit, [line["entry"] for line in lines if line["entry"]])
    return visit.page(
        "dead_letters/result.html",
        told=told,
        lines=lines,
        asked=asked,
        place=_place(asked),
        ids=ids,
        will=sum(line["outcome"] == "would_redrive" for line in lines),
        named=named,
        page_of=page_of,
    )


def _place(group: dict[str, Any]) -> str:
    """The address of a group's page."""
    return f"/dead-letters/group?{urlencode({name: group[name] for name in GROUP if group[name]})}"


def _call_up(visit: Visit, entries: list[dict[str, Any]]) -> None:
    visit.call_up(one for entry in entries for one in (entry["connection"], entry["record"]))
