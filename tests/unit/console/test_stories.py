"""Stories and profiles: lines in the reader's words, and which of them tell where a value comes from."""

from collections.abc import Iterable
from typing import Any

import pytest

from console import profile, stories
from console.hub_api import Found
from retailhub.api.messages import Language

RULE, LAN = "ownership_rule_" + "a" * 24, "employee_" + "b" * 24


class Reader:
    """Somebody who knows two names."""

    language: Language = "en"
    asked: tuple[str | None, ...] = ()

    def call_up(self, ids: Iterable[str | None]) -> None:
        self.asked = tuple(ids)

    def called(self, one: str | None) -> str:
        return {RULE: "Everybody", LAN: "Lan"}.get(one or "", one or "")


def line(kind: str = "event", what: str = "applied", **details: Any) -> dict[str, Any]:
    """A line of a timeline."""
    told = {"connection": "hub", "text": {"vi": "Một dòng", "en": "A line"}, "details": details}
    return {"at": "2026-05-14T03:00:00Z", "kind": kind, "what": what, **told}


def told(*lines: dict[str, Any]) -> list[stories.Line]:
    """The lines as they are shown."""
    return stories.lines(Found(list(lines)), Reader())


def test_an_edit_shows_what_it_changed_in_words() -> None:
    audit = {"owner": [None, LAN], "gender": ["male", "female"], "points": [{}, {}]}
    [edit] = told(line(event="e1", reason="by:owner", changed=["owner"], audit=audit))
    assert edit.changes == [("Owner", "(empty)", "Lan"), ("Gender", "Male", "Female")]
    assert (edit.icon, edit.links, edit.facts) == ("pencil", [("/events/e1", "See the event")], [])


def test_a_decision_names_its_rule_and_its_grounds() -> None:
    conditions = [{"field": "source", "op": "=", "value": "Facebook"}]
    [decision] = told(line("decision", "owner_turn", rule=RULE, name="Everybody", conditions=conditions, new=LAN))
    assert decision.links == [(f"/settings/ownership-rules/{RULE}", "Ownership rule")]
    assert decision.facts == [("Rule", "Everybody"), ("Conditions", "Source = Facebook"), ("After", "Lan")]


@pytest.mark.parametrize("what, tone", [("failed", "red"), ("parked", "yellow"), ("stale", "quiet"), ("applied", "")])
def test_what_came_of_it_is_seen_at_once(what: str, tone: str) -> None:
    assert told(line(what=what))[0].tone == tone


def test_names_are_asked_for_once_and_for_ids_alone() -> None:
    reader = Reader()
    stories.lines(Found([line(new=LAN, old="nobody"), line(rule=RULE, new=LAN, name="by_name")]), reader)
    assert reader.asked == (LAN, RULE)


@pytest.mark.parametrize(
    "field, spoken",
    [
        ("phone", line(changed=["phone_source"])),
        ("address", line(changed=["addresses"])),
        ("revenue", line("order", "counted")),
        ("owner", line("decision", "owner_turn")),
        ("incomplete", line("decision", "incomplete")),
        ("external_ids", line("delivery", "created")),
    ],
)
def test_a_line_speaks_of_the_values_that_come_from_it(field: str, spoken: dict[str, Any]) -> None:
    """ "Vì sao?": and of no others."""
    assert profile.speaks_of(spoken, field)
    assert not profile.speaks_of(spoken, "email")
    assert not profile.speaks_of(line(what="stale", changed=["phone"]), "phone")
