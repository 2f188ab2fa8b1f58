"""The CRMVIET twin's account: its leads, its sessions, and what its staff does on the cloud's own screens."""

import itertools
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, ClassVar

from flask import Response

from tests.twins.base import Record, Twin
from tests.twins.crmviet import cloud
from tests.twins.crmviet.switches import SWITCHES
from tests.twins.invented import person

VIETNAM = timezone(timedelta(hours=7))
OLD_DATA = datetime(2025, 1, 6, 1, 0, tzinfo=UTC).timestamp()
FIRST, FIRST_CUSTOMER = 410_001, 81_207
BLANK: Record = dict.fromkeys(("LEAD_NAME", "TELEPHONE", "EMAIL", "SOURCE", "SOCIAL_PAGE", "NOTE"), "")
PAGES = ("Nội thất Mây Tre", "Mây Tre Phú – Đà Nẵng")
SOURCES = ("Facebook", "Webform")


class CrmvietTwin(Twin):
    """One account of the cloud edition in memory."""

    name: ClassVar[str] = "crmviet"
    defaults: ClassVar[dict[str, Any]] = SWITCHES
    kinds: ClassVar[tuple[str, ...]] = ("leads",)

    def clear(self) -> None:
        """A fresh account: nobody signed in, no numbers given."""
        self.ids, self.customer_ids = itertools.count(FIRST), itertools.count(FIRST_CUSTOMER)
        self.token_numbers = itertools.count(1)
        self.sessions: dict[str, float] = {}

    def routes(self) -> None:
        """The cloud's calls, and two more of the control API."""
        cloud.register(self)
        self.app.add_url_rule("/_twin/leads/<int:key>/convert", "convert", self.convert, methods=["POST"])
        self.app.add_url_rule("/_twin/sign-out", "sign_out", self.sign_out, methods=["POST"])

    def new_token(self) -> str:
        """Open a session for one more caller."""
        token = f"twin-crmviet-token-{next(self.token_numbers)}"
        self.sessions[token] = self.quota_time() + self.switches["token_seconds"]
        return token

    def open_to(self, header: str | None) -> bool:
        """Does the call carry the bearer token of a session that has not ended?"""
        return self.sessions.get((header or "").removeprefix("Bearer "), 0.0) > self.quota_time()

    def succeeds(self, **resource: Any) -> Response:
        """The envelope of a success."""
        return self.answer({"messages": "success", "details": "", **resource})

    def fails(self, details: str, status: int) -> Response:
        """The envelope of a failure; the HTTP status tells it only where the switch says so."""
        return self.answer({"messages": "fails", "details": details}, status if self.switches["honest_status"] else 200)

    def ended(self) -> Response:
        """The session has ended, or there never was one."""
        return self.fails("Token đã hết hạn, vui lòng đăng nhập lại", 401)

    def invent(self, kind: str, number: int) -> Record:
        """Person `number` as a lead: every other one over Facebook; the rest by a form of the website."""
        somebody, source = person(number), SOURCES[number % 2]
        row = {
            **BLANK, "LEAD_NAME": somebody.name, "EMAIL": somebody.email, "NOTE": f"Hỏi giá bàn trà số {number}",
            "TELEPHONE": "" if self._every("phoneless_every", number) else somebody.spelt_phone,
            "SOURCE": "Zalo" if self._every("other_source_every", number) else source,
            "SOCIAL_PAGE": PAGES[number // 2 % len(PAGES)] if source == "Facebook" else "",
        }  # fmt: skip
        made = self._stored(row, self.clock() if self.sowing_fresh else OLD_DATA + number * 61)
        if self._every("converted_every", number):
            made["CUSTOMER_ID"] = next(self.customer_ids)
        return self.shown(made)

    def create(self, kind: str, record: Record) -> Record:
        """A lead that comes in now. ValueError for a field that leads do not have."""
        _refuse_strange(record)
        return self.shown(self._stored({**BLANK, **record}, self.clock()))

    def change(self, kind: str, key: Any, changes: Record) -> Record:
        """A lead edited on the cloud's own screen."""
        _refuse_strange(changes)
        return self._touched(self.records[kind][key], changes)

    def remove(self, kind: str, key: Any) -> Record:
        """Gone for good; nobody is told."""
        return self.shown(self.records[kind].pop(key))

    def convert(self, key: int) -> Response:
        """A customer is made of the lead (crmviet.md §3)."""
        with self.lock:
            row = self.records["leads"].get(key)
            if row is None:
                return self.answer({"error": f"no lead {key}"}, 404)
            return self.answer(self._touched(row, {"CUSTOMER_ID": row["CUSTOMER_ID"] or next(self.customer_ids)}))

    def sign_out(self) -> Response:
        """End every session."""
        self.sessions.clear()
        return self.answer({"ok": True})

    def state(self, kind: str) -> list[Record]:
        """All leads as the cloud shows them, with their id once more under the name that all twins use."""
        return [self.shown(row) for row in self.records[kind].values()]

    def shown(self, row: Record) -> Record:
        """A lead as the cloud shows it. A conversion is told by up to three members."""
        made = row["CUSTOMER_ID"]
        mark = {"number": int(bool(made)), "word": "Y" if made else "N"}.get(self.switches["converted_mark"])
        told: Record = {"STATUS": "Đã chuyển đổi" if made else "Mới"}
        if mark is not None:
            told["CONVERTED"] = mark
        return {"id": row["LEAD_ID"], **{name: row[name] for name in row if name != "CUSTOMER_ID" or made}, **told}

    def _stored(self, record: Record, moment: float) -> Record:
        stamp = _written(moment)
        row = {"LEAD_ID": next(self.ids), "CUSTOMER_ID": None, **record, "REG_DTTM": stamp, "UPD_DTTM": stamp}
        self.records["leads"][row["LEAD_ID"]] = row
        return row

    def _touched(self, row: Record, changes: Record) -> Record:
        row.update(changes, UPD_DTTM=max(_written(self.clock()), row["UPD_DTTM"]))
        return self.shown(row)

    def _every(self, switch: str, number: int) -> bool:
        n = int(self.switches[switch])
        return bool(n) and number % n == n - 1


def _refuse_strange(record: Record) -> None:
    strange = set(record) - set(BLANK) - {"CUSTOMER_ID"}
    if strange:
        raise ValueError(f"a lead has no {sorted(strange)}; there are {sorted(BLANK)}")


def _written(moment: float) -> str:
    """Vietnamese wall time in whole seconds, as CRMVIET writes it."""
    return datetime.fromtimestamp(moment, VIETNAM).strftime("%Y-%m-%d %H:%M:%S")
