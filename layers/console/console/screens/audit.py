"""Nhật ký thao tác: who changed what by hand, when, and what it was before and after."""

import re
from collections.abc import Iterator
from typing import Any

from aws_lambda_powertools.event_handler import Response

from console import stories, words
from console.hub_api import MOST
from console.places import page_of
from console.routing import Screens
from console.visit import Visit
from retailhub.api.wording.labels import KINDS

screens = Screens()
FILTERS = ("by", "kind", "record", "from", "to")
ID = re.compile(r"[a-z_]+_[a-z2-7]{24}|[0-9a-f]{40}")
UNTOLD = ("id", "version", "rev", "phone_source")
"""What says nothing to people."""


@screens.get("/settings/audit")
def audit(visit: Visit) -> Response[Any]:
    """The acts, newest first, narrowed by person, kind of record and time."""
    found = visit.hub.page("/audit", **visit.asked(*FILTERS))
    kinds = sorted(((kind, words.kind(kind, visit.language)) for kind in KINDS), key=lambda one: one[1].casefold())
    visit.call_up(name for act in found.items for name in (act["by"], act["record"], *_ids(act["changes"])))
    visit.call_up([visit.query.get("record")])
    people = visit.choices("/employees") + _others(visit)
    return visit.page("audit/list.html", found=found, people=people, kinds=kinds, told=told, page_of=page_of)


def _others(visit: Visit) -> list[tuple[str, str]]:
    """Whoever holds a key and is no employee on the list: the owner of the first key."""
    holders = {key["employee"] for key in visit.hub.page("/api-keys", limit=MOST).items}
    return [(one, one) for one in sorted(holders) if not ID.fullmatch(one)]


def told(visit: Visit, act: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What an act changed: the field, what it was and what it became; of something new only what it is."""
    new = act["topic"] in ("created", "started")
    return [
        (
            words.field(name, visit.language),
            "" if new else _said(visit, act["kind"], name, was),
            _said(visit, act["kind"], name, now),
        )
        for name, (was, now) in act["changes"].items()
        if name not in UNTOLD
    ]


def _said(visit: Visit, kind: str, name: str, value: Any) -> str:
    """A value as people read it: states, platforms and kinds of records in words, names for ids."""
    state = next((one for one in (f"{kind}_{name}", name) if value and one in words.STATES), None)
    if state:
        return words.state(state, str(value), visit.language)[0]
    if name in ("record_type", "record_types") and value:
        return ", ".join(words.kind(one, visit.language) for one in ([value] if isinstance(value, str) else value))
    return words.platform(value) if name == "platform" and value else stories.value(name, value, visit)


def _ids(value: Any, name: str = "") -> Iterator[str]:
    """Every text in some changes, at any depth, that may be a record's id; sources have ids of their own kind."""
    if isinstance(value, str) and (ID.fullmatch(value) or name == "source"):
        yield value
    elif isinstance(value, dict | list):
        for part, one in value.items() if isinstance(value, dict) else ((name, one) for one in value):
            yield from _ids(one, part)
