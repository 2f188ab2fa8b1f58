"""Stories told: every line of a timeline as a sentence in Vietnamese and in English, with names instead of ids."""

from collections.abc import Iterator, Set
from typing import Any

from retailhub.api.messages import MESSAGES
from retailhub.api.shapes.base import ListOf
from retailhub.api.shapes.records import InBoth, TimelineLine
from retailhub.api.visit import Visit
from retailhub.api.wording import reasons
from retailhub.api.wording.labels import KINDS, PLATFORMS, label
from retailhub.api.wording.stories import WORDS
from retailhub.crm import names, records, timeline
from retailhub.crm.names import Names
from retailhub.crm.office import Office
from retailhub.crm.timeline import Line
from retailhub.domain.flows import HUB
from retailhub.domain.records import RecordType
from retailhub.store.events import Event
from retailhub.store.links import Link

FIELD_NAMES = ("field", "fields", "changed", "parts", "wanted")
"""Facts that are names of fields."""
PLAIN = ("version", "number", "remote_id", "event")
"""Facts that are shown as they stand."""
PLACES = ("connection", "from_connection", "to_connection")
"""Facts that are connections."""


def told(here: Visit, record_type: RecordType, record_id: str, limit: int, cursor: str | None) -> ListOf[TimelineLine]:
    """A page of the record's story, in words. Raises Unknown."""
    record = records.find(here.office, record_type, record_id)
    found = timeline.timeline(here.office, record, limit=limit, cursor=here.opened(cursor))
    teller = Teller(here.office, found.items)
    return ListOf[TimelineLine](**here.page(found, [teller.line(one) for one in found.items]))


def of_acts(office: Office, acts: list[Event]) -> list[InBoth]:
    """What people did, in words; the names of a page are read together."""
    lines = [timeline.of_event(one)[0] for one in acts]
    teller = Teller(office, lines, {act.record for act in acts})
    return [
        InBoth(vi=teller.act(act, line, 0), en=teller.act(act, line, 1)) for act, line in zip(acts, lines, strict=True)
    ]


def of_event(office: Office, event: Event, links: list[Link]) -> list[TimelineLine]:
    """An event in words: what came, what was decided because of it, and what was delivered since."""
    followed = [line for link in links for line in timeline.of_link(link) if line.at >= event.handled_at]
    lines = timeline.of_event(event) + sorted(followed, key=lambda line: line.key)
    teller = Teller(office, lines)
    return [teller.line(line) for line in lines]


class Teller:
    """Tells lines; all names of a page are read together. ids: further records or connections that are named."""

    def __init__(self, office: Office, lines: list[Line], ids: Set[str] = frozenset()) -> None:
        places = {place for line in lines for place in (line.connection, *_connections(line.details))} | ids
        texts = {text for line in lines for text in _texts(line.details)} | ids
        self._names: Names = names.read(office, places, texts)

    def line(self, line: Line) -> TimelineLine:
        """The line with its sentence."""
        text = InBoth(vi=self.said(line, 0), en=self.said(line, 1))
        shown = {name: getattr(line, name) for name in ("at", "kind", "what", "connection", "details")}
        return TimelineLine(**shown, text=text)

    def said(self, line: Line, language: int) -> str:
        """The sentence: 0 Vietnamese, 1 English."""
        if line.kind == "decision":
            return self._decision(line, language)
        code, facts = _coded(line), self._facts(line, language)
        text = _filled(WORDS[code][language], facts)
        if code in AND_ITS_REASON and facts.get("reason"):
            text = _filled(WORDS["event.also"][language], {"text": text, "reason": facts["reason"]})
        return text

    def act(self, act: Event, line: Line, language: int) -> str:
        """What a person did, with the name of what they did it to."""
        _, place = self._names.connections.get(act.record, ("", self._names.of(act.record)))
        facts = {"kind": _kind(act.type, language), "record": place, "text": self.said(line, language)}
        return _filled(WORDS["act.line"][language], facts)

    def _decision(self, line: Line, language: int) -> str:
        facts = self._facts(line, language)
        known = MESSAGES.get(f"note.{line.what}") or WORDS.get(f"note.{line.what}")
        if known:
            return _filled(known[language], facts)
        listed = ", ".join(f"{name} = {facts[name]}" for name in line.details if name != "event")
        return _filled(WORDS["note.other"][language], {"code": line.what, "facts": listed})

    def _facts(self, line: Line, language: int) -> dict[str, str]:
        """Everything that a sentence may name, in the reader's words."""
        said = {name: self._shown(name, value, language) for name, value in line.details.items()}
        where, kind = self._place(line.connection, language), _kind(line.of, language)
        how = WORDS.get(f"how.{line.details.get('via')}", ("", ""))[language]
        always = {"who": where, "where": where, "kind": kind, "how": how, "what": line.what}
        reason = str(line.details.get("reason") or line.details.get("code") or "")
        if reason.startswith("by:"):
            return {**always, **said, "by": self._names.of(reason.removeprefix("by:")), "reason": ""}
        return {**always, **said, "reason": _why(reason, language)}

    def _shown(self, name: str, value: Any, language: int) -> str:
        if value is None or value in ("", [], {}):
            return WORDS["none"][language]
        if isinstance(value, list | tuple):
            return ", ".join(self._shown(name, one, language) for one in value)
        if isinstance(value, dict):
            return self._pairs(value, language)
        if isinstance(value, bool) or name in PLAIN:
            return str(value)
        return amount(value, language) if isinstance(value, int) else self._text(name, str(value), language)

    def _text(self, name: str, text: str, language: int) -> str:
        if name in FIELD_NAMES:
            return label(text, language)
        if words := WORDS.get(f"{name}.{text}"):
            return words[language]
        return self._place(text, language) if name in PLACES else self._names.of(text)

    def _pairs(self, facts: dict[str, Any], language: int) -> str:
        """A condition (`source = Facebook`), or name and value of each fact."""
        if set(facts) == {"field", "op", "value"}:
            return f"{label(facts['field'], language)} {facts['op']} {self._shown('value', facts['value'], language)}"
        return ", ".join(f"{label(name, language)}: {self._shown(name, one, language)}" for name, one in facts.items())

    def _place(self, connection: str, language: int) -> str:
        """`KiotViet (Cửa hàng 1)`."""
        if connection == HUB:
            return WORDS["who.hub"][language]
        if connection not in self._names.connections:
            return _filled(WORDS["who.gone"][language], {"id": connection})
        platform, name = self._names.connections[connection]
        return f"{PLATFORMS[platform]} ({name})"


AND_ITS_REASON = ("event.new", "event.changed", "event.joined")
"""What was applied although something about it was not as wished; that is said too."""


def _coded(line: Line) -> str:
    """The code of the line's sentence."""
    if line.kind in ("order", "contract"):
        return f"{line.kind}.{line.what}"
    if line.kind == "delivery":
        return f"delivery.{line.what}" if f"delivery.{line.what}" in WORDS else "delivery.other"
    if str(line.details.get("reason", "")).startswith("by:"):
        topic = f"act.{line.details.get('topic')}"
        return topic if topic in WORDS else "act.other"
    return f"event.{_applied(line.details) if line.what == 'applied' else line.what}"


def _applied(details: dict[str, Any]) -> str:
    changed = details.get("changed") or []
    if details.get("via") == "rule":
        return "by_rule"
    if "deleted" in changed or details.get("version", 0) <= 1:
        return "removed" if "deleted" in changed else "new"
    return "changed" if changed else "joined"


def _kind(kind: str, language: int) -> str:
    return KINDS[kind][language] if kind in KINDS else kind


def _why(code: str, language: int) -> str:
    """A machine's reason in words; one without words as it stands."""
    known = WORDS.get(f"reason.{code}") or reasons.why(code) or MESSAGES.get(code)
    return known[language] if known else code


def amount(number: int, language: int) -> str:
    """`1.000.000`, or `1,000,000` in English."""
    return f"{number:,}".replace(",", ".") if language == 0 else f"{number:,}"


def _filled(template: str, facts: dict[str, str]) -> str:
    """The sentence with its facts; one that is not there leaves a gap rather than the reader without a line."""
    return template.format_map(_Facts(facts))


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"


def _texts(value: Any) -> Iterator[str]:
    """Every text in some facts, at any depth, that might be an id. Audits are shown raw."""
    if isinstance(value, str):
        yield value.removeprefix("by:")
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _texts(one) if name != "audit" else ()
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _connections(facts: dict[str, Any]) -> Iterator[str]:
    yield from (str(facts[name]) for name in PLACES if facts.get(name))
