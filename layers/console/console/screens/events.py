"""Sự kiện: what came in and what became of it, found by connection, record, phone, code, outcome and time; and the
whole story of one, with what is to be done next."""

import base64
import binascii
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response

from console import stories, words
from console.hub_api import Found
from console.places import page_of
from console.routing import Screens
from console.visit import Visit
from retailhub.domain.flows import HUB

screens = Screens()
FILTERS = ("connection", "outcome", "type", "phone", "code", "record", "from", "to")
KINDS = ("customer", "order", "contract", "product", "lead", "opportunity", "contact", "supplier", "ticket", "employee")
"""Kinds of records that people look for."""
SHOWN_FIELDS = 4
NOT_TOLD_APART = ("several_matches", "customer_in_review")
BY_THE_CONNECTION = ("no_credentials", "no_token", "login_refused", "no_such_address", "bad_settings")
"""What is put right at the connection's settings."""


@dataclass(frozen=True)
class Advice:
    """What is to be done about an event that did not come through; links: (path, text)."""

    tone: str
    text: str
    links: list[tuple[str, str]]


@screens.get("/events")
def events(visit: Visit) -> Response[Any]:
    """The list, newest first, narrowed by everything that is asked for."""
    found = visit.hub.page("/events", **visit.asked(*FILTERS))
    visit.call_up(one for event in found.items for one in (event["connection"], event["record"], _author(event)))
    visit.call_up([visit.query.get("record")])
    return visit.page(
        "events/list.html",
        found=found,
        connections=[*visit.choices("/connections"), (HUB, visit.t("Người dùng RetailHub", "Users of RetailHub"))],
        outcomes=[(one, both[words.place(visit.language)]) for one, (both, _) in words.OUTCOMES.items()],
        kinds=[(kind, _first_up(words.kind(kind, visit.language))) for kind in _kinds(visit)],
        about=lambda event: about(visit, event),
        way=lambda event: way(visit, event),
        page=lambda event: page(visit, event),
        named=named,
    )


@screens.get("/events/<event_id>")
def event(visit: Visit, event_id: str) -> Response[Any]:
    """One event from its arrival to the last delivery that followed."""
    told = visit.hub.get(f"/events/{event_id}")
    visit.call_up([told["connection"], told["record"], _author(told), *(link["connection"] for link in told["links"])])
    return visit.page(
        "events/detail.html",
        one=told,
        lines=stories.lines(Found([_here(line) for line in told["lines"]]), visit),
        about=about(visit, told),
        way=way(visit, told),
        advice=_advice(visit, told),
        content=_readable(told["content"]),
        href=page(visit, told),
        named=named,
    )


def _here(line: dict[str, Any]) -> dict[str, Any]:
    """A line of the event's own page, which needs no way to that page."""
    return {**line, "details": {name: one for name, one in line["details"].items() if name != "event"}}


def _kinds(visit: Visit) -> tuple[str, ...]:
    """The kinds to choose from, and whichever is chosen."""
    chosen = visit.query.get("type", "")
    return (*KINDS, chosen) if chosen and chosen not in KINDS else KINDS


def page(visit: Visit, event: dict[str, Any]) -> str:
    """The page of what it is about, or "" where there is none (any more)."""
    gone = event["topic"] == "removed" or (
        event["type"] == "connection" and visit.called(event["record"]) == event["record"]
    )
    return "" if gone or not event["record"] else page_of(event["type"], event["record"])


def named(visit: Visit, event: dict[str, Any]) -> str:
    """What the event is about: the record's name, else its id on the platform; "" if neither is known."""
    called = visit.called(event["record"])
    if called and called != event["record"]:
        return called
    return visit.t("mã {}", "id {}").format(event["source_id"]) if event["source_id"] and not event["record"] else ""


def about(visit: Visit, event: dict[str, Any]) -> str:
    """Why it came out so, or what it changed, in a few words."""
    if author := _author(event):
        act = words.state("act", event["topic"], visit.language)[0]
        return visit.t("{act}, bởi {who}", "{act} by {who}").format(act=act, who=visit.called(author))
    if event["reason"]:
        return _first_up(words.reason(event["reason"], visit.language))
    if event["outcome"] == "applied" and event["version"] <= 1 and "deleted" not in event["changed"]:
        return visit.t("Bản ghi mới", "A new record")
    return _fields(visit, event["changed"])


def way(visit: Visit, event: dict[str, Any]) -> str:
    """How the event came in."""
    via = stories.VALUES["via"].get(event["via"])
    return via[words.place(visit.language)] if via else event["via"]


def _fields(visit: Visit, changed: list[str]) -> str:
    names = [words.field(name, visit.language).lower() for name in changed[:SHOWN_FIELDS]]
    more = len(changed) - len(names)
    told = ", ".join(names) + (f" +{more}" if more > 0 else "")
    return visit.t("Đổi {}", "Changed {}").format(told) if told else ""


def _author(event: dict[str, Any]) -> str:
    """The person who caused it, or nobody."""
    return event["reason"].removeprefix(stories.BY) if event["reason"].startswith(stories.BY) else ""


def _advice(visit: Visit, event: dict[str, Any]) -> Advice | None:
    """What a person should do, for what waits or failed."""
    if event["outcome"] not in ("parked", "failed"):
        return None
    t, reason = visit.t, event["reason"]
    connection = (f"/connections/{event['connection']}", t("Đến kết nối", "To the connection"))
    if reason in NOT_TOLD_APART:
        text = t(
            "Khách hàng này có thể trùng với khách đã có. Hãy quyết định ở «Cần xem lại»; sau đó sự kiện tự chạy tiếp.",
            "This customer may be one who is here already. Decide under “To be reviewed”; the event then goes on.",
        )
        return Advice("yellow", text, [("/reviews", t("Đến Cần xem lại", "To the reviews"))])
    if reason == "paused":
        text = t(
            "Kết nối đang tạm dừng. Cho kết nối chạy tiếp thì sự kiện này được xử lý ngay sau đó.",
            "The connection is paused. Let it go on, and this event is taken up right after.",
        )
        return Advice("yellow", text, [connection])
    if event["outcome"] == "parked" and event["due_at"]:
        text = t(
            "Không cần làm gì: RetailHub tự thử lại khi tới giờ, và không có gì bị mất.",
            "Nothing needs to be done: RetailHub tries again when its time comes, and nothing is lost.",
        )
        return Advice("azure", text, [])
    again = _again(visit, event)
    if event["outcome"] == "parked":
        text = t(
            "RetailHub không chắc nó đến từ cửa hàng của bạn nên đã giữ lại và chưa dùng. Nếu bạn vừa đổi mã bí mật "
            "webhook, hãy kiểm tra kết nối rồi cho chạy lại. Nếu không, cứ để yên: dữ liệu của bạn không bị ảnh hưởng.",
            "RetailHub is not sure that this came from your shop; it was kept aside and not used. If you have just "
            "changed the webhook secret, check the connection, then let it run again. If not, leave it: your data are "
            "not touched.",
        )
        return Advice("yellow", text, [connection, *again])
    if reason in BY_THE_CONNECTION:
        text = t(
            "Hãy sửa thông tin đăng nhập hoặc thiết lập của kết nối, rồi cho sự kiện chạy lại.",
            "Put the connection's login or settings right, then let the event run again.",
        )
        return Advice("red", text, [connection, *again])
    text = t(
        "Hãy sửa nguyên nhân (thường là ở dữ liệu trên nền tảng), rồi cho chạy lại. Nếu bản ghi được sửa ở nền tảng, "
        "RetailHub cũng tự nhận bản mới.",
        "Put the cause right (mostly in the platform's data), then let it run again. When the record is edited there, "
        "RetailHub takes its new state in by itself.",
    )
    return Advice("red", text, again)


def _again(visit: Visit, event: dict[str, Any]) -> list[tuple[str, str]]:
    """The way to where it can be run again, for those who may."""
    if not visit.may("admin"):
        return []
    queue = "Quarantine" if event["outcome"] == "parked" else "Changes"
    place = urlencode({"queue": queue, "cause": event["reason"]})
    return [(f"/dead-letters/group?{place}", visit.t("Cho chạy lại", "Run again"))]


def _readable(content: Any) -> str:
    """What was kept of a change, for a person to look at; a body that came as it is, as the text that it was."""
    if content is None:
        return ""
    if isinstance(content, dict) and isinstance(content.get("body"), str):
        content = {**content, "body": _unpacked(content["body"])}
    return json.dumps(content, ensure_ascii=False, indent=2)


def _unpacked(body: str) -> Any:
    """A kept body as JSON, else as text, else as it was kept."""
    told: Any = body
    with suppress(binascii.Error, ValueError):
        told = base64.b64decode(body, validate=True).decode()
        told = json.loads(told)
    return told


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
