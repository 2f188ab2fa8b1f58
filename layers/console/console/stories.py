"""A record's story as its page tells it: every line with its sign, its sentence, the facts behind it and where to look
further; every value of a record can ask which lines speak of it ("Vì sao?")."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from console import formats, places, words
from console.hub_api import Found
from retailhub.api.messages import MESSAGES, Language
from retailhub.api.wording.stories import WORDS

Facts = dict[str, Any]
Both = tuple[str, str]

_ID = re.compile(r"[a-z_]+_[a-z2-7]{24}|[0-9a-f]{40}")
BY = "by:"
"""What the reason of a person's deed begins with."""
SIGNS: dict[str, tuple[str, str]] = {
    "failed": ("exclamation-triangle", "red"),
    "parked": ("hourglass-split", "yellow"),
    "stale": ("dash-circle", "quiet"),
    "echo": ("dash-circle", "quiet"),
    "ignored": ("dash-circle", "quiet"),
    "event": ("cloud-arrow-down", ""),
    "decision": ("diagram-3", ""),
    "delivery": ("cloud-arrow-up", ""),
    "order": ("cart", ""),
    "contract": ("file-earmark-text", ""),
    "person": ("pencil", ""),
}
"""What came of it, or what kind of line it is → its icon and tone."""
LINKED = ("event", "order", "contract", "customer", "lead", "holder", "rule")
"""Facts that are records with a page of their own."""
UNTOLD = {"audit", "topic", "holder_type", "turn", "version", "number", "remote_id", *LINKED}
"""Facts that the sentence has said already, or that say nothing to people."""
FOLDS = ("points", "contribution", "raw_statuses")
"""What an edit changes along with the rest, and nobody has entered."""
FACTS: dict[str, Both] = {
    "via": ("Đường đến", "How it came"),
    "reason": ("Lý do", "Reason"),
    "changed": ("Đã thay đổi", "Changed"),
    "error": ("Lỗi", "Error"),
    "due_at": ("Thử lại lúc", "Tried again at"),
    "old": ("Trước đó", "Before"),
    "new": ("Sau đó", "After"),
    "name": ("Quy tắc", "Rule"),
    "place": ("Lượt thứ", "Turn"),
    "of": ("Trên tổng số", "Out of"),
    "parts": ("Đã ghi", "Written"),
    "earned": ("Điểm tích", "Points earned"),
    "redeemed": ("Điểm đổi", "Points redeemed"),
    "balance": ("Số dư điểm", "Points balance"),
    "policy": ("Cách tính", "How it is counted"),
    "why": ("Vì", "Because"),
    "row": ("Dòng trong tệp", "Row of the file"),
    "code": ("Mã", "Code"),
    "card": ("Số thẻ", "Card"),
    "level": ("Hạng", "Level"),
    "total_spent": ("Tổng chi tiêu", "Total spent"),
    "last_order_at": ("Đơn gần nhất", "Last order"),
    "ground": ("Căn cứ", "Ground"),
    "activated_at": ("Kích hoạt lúc", "Activated at"),
    "activated_by": ("Người kích hoạt", "Activated by"),
}
FUNNELS: dict[str, Both] = {"lead": ("Tiềm năng", "Lead"), "customer": ("Khách hàng", "Customer")}
VALUES: dict[str, dict[str, Both]] = {
    "via": {
        "webhook": ("Webhook", "Webhook"),
        "catch_up": ("Lấy định kỳ", "Fetched at intervals"),
        "backfill": ("Đồng bộ dữ liệu cũ", "Old data brought in"),
        "reconcile": ("So khớp hằng đêm", "Nightly comparison"),
        "lead_sync": ("Đồng bộ lead", "Lead sync"),
        "api": ("Nhập tay", "By hand"),
        "rule": ("Quy tắc tự động", "An automatic rule"),
    },
    "ground": {"manual": ("kích hoạt tay", "by hand"), "opening_file": ("tệp đầu kỳ", "the opening file")},
    "gender": {"female": ("Nữ", "Female"), "male": ("Nam", "Male")},
    "funnel": FUNNELS,
    "funnel_override": FUNNELS,
    "phone_source": {
        "contact": ("thông tin liên hệ", "contact information"),
        "default_address": ("địa chỉ mặc định", "default address"),
        "order": ("đơn hàng", "an order"),
    },
}
"""Field or fact → its values in words."""
STATUSES = {"order": "order_status", "contract": "contract_status"}
ANY_STATUS = ("opportunity_status", "ticket_status", "contract_status", "lead_status")
NAMED, LONGEST_NAMED = ("source", "value"), 60
NAMES_OF_FIELDS = ("field", "fields", "changed", "parts", "wanted", "incomplete")
MONEY = (
    *("revenue", "value", "price", "total_price", "paid", "paid_total", "discount", "discount_total"),
    *("points_discount", "subtotal", "shipping_total", "refunded_total", "refunded_goods", "total_spent"),
    *("amount_per_point", "point_value"),
)
PLACE = ("line", "ward", "district", "province", "country")
NOBODY = ("(trống)", "(empty)")
YES_NO = (("Không", "No"), ("Có", "Yes"))


class Reader(Protocol):
    """Whom a story is told to, who can find out what records are called."""

    language: Language

    def call_up(self, ids: Iterable[str | None]) -> None:
        """Look names up."""

    def called(self, one: str | None) -> str:
        """The name behind an id that was looked up."""


@dataclass(frozen=True)
class Line:
    """A line as it is shown. links: pages that tell more. facts: what it follows from. changes: field, before, after.
    tone: red, yellow, quiet or none."""

    at: str
    icon: str
    tone: str
    text: str
    links: list[tuple[str, str]]
    facts: list[tuple[str, str]]
    changes: list[tuple[str, str, str]]


def lines(found: Found, reader: Reader) -> list[Line]:
    """A page of a timeline in the reader's words; the names of all its records are looked up at once."""
    reader.call_up(dict.fromkeys(text for line in found.items for text in _ids(line["details"])))
    return [_line(line, reader) for line in found.items]


def value(name: str, told: Any, reader: Reader) -> str:
    """A field's value or a fact as people read it."""
    if told is None or told in ("", [], {}):
        return _said(NOBODY, reader)
    if isinstance(told, bool):
        return _said(YES_NO[told], reader)
    if isinstance(told, list):
        return ("; " if name == "addresses" else ", ").join(value(name, one, reader) for one in told)
    if isinstance(told, dict):
        return in_one_line(told) if name == "addresses" else _pairs(told, reader)
    if isinstance(told, int):
        return formats.money(told) if name in MONEY else formats.number(told)
    return _text(name, str(told), reader)


def in_one_line(address: Facts | None) -> str:
    """An address as it is written on an envelope."""
    return ", ".join(str(address[part]) for part in PLACE if address.get(part)) if address else ""


def _line(line: Facts, reader: Reader) -> Line:
    details = line["details"]
    by_hand = str(details.get("reason") or "").startswith(BY)
    icon, tone = SIGNS.get(line["what"]) or SIGNS["person" if by_hand else line["kind"]]
    audit = details.get("audit") or {}
    return Line(
        at=line["at"],
        icon=icon,
        tone=tone,
        text=line["text"][reader.language],
        links=_links(details, reader),
        facts=[] if audit else _facts(line, reader),
        changes=[_change(field, pair, reader) for field, pair in audit.items() if field not in FOLDS],
    )


def _change(field: str, pair: list[Any], reader: Reader) -> tuple[str, str, str]:
    before, after = pair
    return words.field(field, reader.language), value(field, before, reader), value(field, after, reader)


def _links(details: Facts, reader: Reader) -> list[tuple[str, str]]:
    told = {name: one for name in LINKED if isinstance(one := details.get(name), str) and one}
    linked = [(name, one, _kind(name, one, details)) for name, one in told.items()]
    return [(_path(kind, one), _link_text(name, kind, one, reader)) for name, one, kind in linked]


def _kind(name: str, one: str, details: Facts) -> str:
    if name == "rule":  # an ownership rule or an order automation, as its id says
        return one.rpartition("_")[0]
    return str(details.get("holder_type", "customer")) if name == "holder" else name


def _path(kind: str, one: str) -> str:
    return f"/events/{one}" if kind == "event" else places.page_of(kind, one)


def _link_text(name: str, kind: str, one: str, reader: Reader) -> str:
    if name == "event":
        return _said(("Xem sự kiện", "See the event"), reader)
    called, text = reader.called(one), words.kind(kind, reader.language)
    return text[:1].upper() + text[1:] if name == "rule" or called == one else f"{text[:1].upper()}{text[1:]}: {called}"


def _facts(line: Facts, reader: Reader) -> list[tuple[str, str]]:
    told = {
        name: one
        for name, one in line["details"].items()
        if name not in UNTOLD and one not in (None, "", [], {}) and not str(one).startswith(BY)
    }
    if line["kind"] in STATUSES and "status" in told:
        told["status"] = words.state(STATUSES[line["kind"]], told["status"], reader.language)[0]
    return [(_label(name, reader), value(name, one, reader)) for name, one in told.items()]


def _label(name: str, reader: Reader) -> str:
    return _said(FACTS[name], reader) if name in FACTS else words.field(name, reader.language)


def _text(name: str, told: str, reader: Reader) -> str:
    if name in NAMES_OF_FIELDS:
        return words.field(told, reader.language)
    if name in ("phone", "fax"):
        return formats.phone(told)
    if name == "birthday" or name.endswith("_date"):
        return formats.day(told)
    if name.endswith("_at"):
        return formats.moment(told)
    if name in MONEY:
        return formats.money(told)
    known = VALUES.get(name, {}).get(told) or _state(name, told) or _known(name, told)
    return _said(known, reader) if known else reader.called(told)


def _state(name: str, told: str) -> Both | None:
    """The words for a state."""
    kinds = ANY_STATUS if name == "status" else (name,)
    return next((words.STATES[kind][told][0] for kind in kinds if told in words.STATES.get(kind, {})), None)


def _known(name: str, told: str) -> Both | None:
    """The words that the API has for a code."""
    prefix = {"why": "points", "code": "reason"}.get(name, name)
    keys = (f"{prefix}.{told}", told if name in ("reason", "code") else "")
    return next((book[key] for key in keys for book in (WORDS, MESSAGES) if key in book), None)


def _pairs(told: Facts, reader: Reader) -> str:
    """A condition (`Nguồn gốc = Facebook`), or name and value of each part that is filled."""
    if set(told) == {"field", "op", "value"}:
        return f"{words.field(told['field'], reader.language)} {told['op']} {value('', told['value'], reader)}"
    filled = {name: one for name, one in told.items() if one not in (None, "", False, [], {})}
    parts = [f"{_label(name, reader)}: {value(name, one, reader)}" for name, one in filled.items()]
    return ", ".join(parts) or _said(NOBODY, reader)


def _said(both: Both, reader: Reader) -> str:
    return both[words.place(reader.language)]


def _ids(told: Any, name: str = "") -> Iterator[str]:
    """Every text at any depth that may be a record's id; sources have ids of their own kind."""
    if isinstance(told, str):
        if _ID.fullmatch(told) or (name in NAMED and len(told) <= LONGEST_NAMED):
            yield told
    elif isinstance(told, dict):
        for part, one in told.items():
            yield from _ids(one, part)
    elif isinstance(told, list):
        for one in told:
            yield from _ids(one, name)
