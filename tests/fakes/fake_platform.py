"""A platform in memory: a shop or CRM with ids, codes, stamps and listings, which tells of its changes and can fail.

It speaks the hub's words, so that tests show the hub's doing and not a mapping's. A row is
{"id", "code", "updated_at", "fields", "buyer": {"id", "code", "stub"} or None, "recipient": fields of a Party or None}.
"""

import copy
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from retailhub.domain.changes import Change, digest
from retailhub.domain.errors import Malformed, Rejected, Throttled, Unavailable
from retailhub.domain.instants import parse, stamp
from retailhub.domain.merging import Merge
from retailhub.domain.phones import e164
from retailhub.domain.records import Party, Record, RecordType, Ref, Snapshot
from retailhub.platforms.base import Pulled, PulledPage, Remote, View
from retailhub.platforms.http import Pacer, Unpaced

STATUSES = ("order_status", "shipping_status", "payment_status")
Row = dict[str, Any]


@dataclass
class FakePlatform:
    """`Source`, `Destination` and `Subscriptions` in one.

    stamped: rows carry `updated_at` (to the second); otherwise no version is told. thin: webhooks and listings carry
    ids only. codes: records can be created under our code. answers_ids: a create answers the new id; otherwise our code
    stands for it until a listing shows the record. normalise: what it makes of a customer's name that is sent.
    manages: customers have a person in charge there.
    before, after: called around each call with its name, may raise. tell: gets the webhook of each change.
    """

    connection: str
    clock: Callable[[], str]
    merge: Merge = "whole"
    phone_is_identity: bool = False
    reads: tuple[RecordType, ...] = ("customer", "product", "order")
    writes: tuple[RecordType, ...] = ()
    stamped: bool = True
    thin: bool = False
    codes: bool = True
    page_size: int = 50
    shows: frozenset[str] = frozenset({"content", "status"})
    answers_ids: bool = True
    normalise: Callable[[str], str] = lambda name: name
    manages: bool = False
    tell: Callable[[Change], None] = lambda _: None
    before: Callable[[str], None] = lambda _: None
    after: Callable[[str], None] = lambda _: None
    pacer: Pacer = field(default_factory=Unpaced)
    subscribed: bool = True
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    removed: dict[tuple[str, str], str] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    served: list[tuple[str, str]] = field(default_factory=list)
    lock: Any = field(default_factory=threading.RLock)
    _last_id: int = 100

    # What people do there.

    def make(self, record_type: RecordType, **said: Any) -> str:
        """A person makes a record; answers its id."""
        return self._made(record_type, None, said)

    def edit(self, record_type: RecordType, source_id: str, **fields: Any) -> None:
        """A person changes fields; `buyer` and `recipient` may be given too."""
        row = self.rows[record_type, source_id]
        row.update({part: fields.pop(part) for part in ("buyer", "recipient") if part in fields})
        row["fields"] = {**row["fields"], **fields}
        self._changed(record_type, source_id)

    def remove(self, record_type: RecordType, source_id: str) -> None:
        """A person removes a record."""
        del self.rows[record_type, source_id]
        self.removed[record_type, source_id] = self._now()
        self.tell(Change(self.connection, record_type, source_id, "delete", {"removed": source_id}))

    def notice(self, record_type: RecordType, source_id: str) -> Change:
        """The webhook of a record as it stands."""
        row = copy.deepcopy(self.rows[record_type, source_id])
        if self.thin:
            return Change(self.connection, record_type, source_id, uid=digest([row, self._now()]))
        return Change(self.connection, record_type, source_id, payload=row)

    def live(self, record_type: RecordType) -> list[Row]:
        """The rows of a type that exist."""
        return [row for (kind, _), row in self.rows.items() if kind == record_type]

    # Source.

    def snapshot(self, record_type: RecordType, payload: Any) -> Snapshot:
        if payload.get("unreadable"):
            raise Malformed("unreadable", field="fields")
        buyer, party = payload.get("buyer"), payload.get("recipient")
        nobody = {"buyer": None, "recipient": None} if record_type == "order" else {}
        return Snapshot(
            record_type,
            payload["id"],
            payload["updated_at"] if self.stamped else "",
            nobody | copy.deepcopy(payload["fields"]),
            code=payload.get("code"),
            buyer=Ref("customer", buyer["id"], dict(buyer.get("stub") or {}), buyer.get("code")) if buyer else None,
            recipient=Party(**party) if party else None,
        )

    def read(self, record_type: RecordType, source_id: str) -> Any | None:
        return self._call("read", source_id, lambda: copy.deepcopy(self.rows.get((record_type, source_id))))

    def pages(self, record_type: RecordType, since: str | None, cursor: str | None) -> PulledPage:
        return self._call("pages", record_type, lambda: self._page(record_type, since or "", cursor or ""))

    # Destination.

    def view(self, record: Record, buyer: tuple[Record, Remote] | None) -> View:
        fields = record.fields
        if record.type == "customer":
            managed = self.manages and fields.account_manager
            manager = {"manager": {"account_manager": fields.account_manager}} if managed else {}
            return {"content": _filled(name=fields.name, phone=fields.phone, email=fields.email), **manager}
        if record.type == "product":
            return {"content": _filled(code=fields.code, name=fields.name, price=fields.price)}
        content = _filled(total_price=fields.total_price, number=fields.order_number, buyer=buyer and buyer[1].id)
        return {"content": content, "status": {name: getattr(fields, name) for name in STATUSES}}

    def provisional(self, remote_id: str) -> bool:
        return bool(remote_id) and not remote_id.isdecimal()

    def ready(self, record: Record) -> bool:
        return True

    def find(self, record_type: RecordType, code: str, view: View, *, begun: bool = True) -> Remote | None:
        return self._call("find", code, lambda: self._found(record_type, code if begun else "", view["content"]))

    def create(self, record_type: RecordType, code: str, view: View) -> Remote:
        return self._call("create", code, lambda: self._created(record_type, code, view))

    def update(self, record_type: RecordType, remote: Remote, parts: set[str], view: View) -> None:
        self._call("update", remote.id, lambda: self._updated(record_type, remote.id, parts, view))

    # Subscriptions.

    def missing_webhooks(self, url: str) -> list[str]:
        return self._call("missing_webhooks", url, lambda: [] if self.subscribed else ["everything"])

    def register_webhooks(self, url: str, topics: list[str], secret: str) -> None:
        self._call("register_webhooks", url, lambda: setattr(self, "subscribed", True))

    # Behind it.

    def _call(self, name: str, what: str, effect: Callable[[], Any]) -> Any:
        self.pacer.take()
        with self.lock:
            self.calls[name] += 1
            self.served.append((self.clock(), name))
        try:
            self.before(name)
            with self.lock:
                result = effect()
            self.after(name)
        except Throttled as told:
            self.pacer.seen(429, {"Retry-After": str(told.retry_after or 5)})
            raise
        except Unavailable:
            self.pacer.seen(503, {})
            raise
        except Rejected as refused:
            self.pacer.seen(refused.status, {})
            raise
        self.pacer.seen(200, {})
        return result

    def _now(self) -> str:
        return stamp(parse(self.clock()).replace(microsecond=0))

    def _made(self, record_type: RecordType, ours: str | None, said: dict[str, Any]) -> str:
        self._last_id += 1
        source_id = str(self._last_id)
        parts = {part: said.pop(part, None) for part in ("buyer", "recipient")}
        self.rows[record_type, source_id] = {"id": source_id, "code": ours, "fields": said, **parts}
        self._changed(record_type, source_id)
        return source_id

    def _changed(self, record_type: RecordType, source_id: str) -> None:
        self.rows[record_type, source_id]["updated_at"] = self._now()
        if self.subscribed:
            self.tell(self.notice(record_type, source_id))

    def _page(self, record_type: RecordType, since: str, cursor: str) -> PulledPage:
        places = sorted((row["updated_at"], row["id"]) for row in self.live(record_type) if row["updated_at"] >= since)
        after = [place for place in places if "|".join(place) > cursor]
        page = after[: self.page_size]
        rows = [self.rows[record_type, source_id] for _, source_id in page]
        told = [Pulled(r["id"], row=digest(r)) if self.thin else Pulled(r["id"], copy.deepcopy(r)) for r in rows]
        gone = [i for (kind, i), at in self.removed.items() if kind == record_type and at >= since and not cursor]
        return PulledPage(told, gone, "|".join(page[-1]) if len(after) > len(page) else None, len(places))

    def _found(self, record_type: RecordType, code: str, content: dict[str, Any]) -> Remote | None:
        for row in self.live(record_type):
            ours = self.codes and row["code"] == code
            if ours or (record_type == "customer" and self._same(row["fields"], content)):
                return Remote(row["id"] if self.answers_ids or row["code"] != code else code, row["code"])
        return None

    def _same(self, fields: dict[str, Any], content: dict[str, Any]) -> bool:
        phones = e164(fields.get("phone")), e164(content.get("phone"))
        named = self.phone_is_identity or fields.get("name") == content.get("name")
        return phones[0] is not None and phones[0] == phones[1] and named

    def _created(self, record_type: RecordType, code: str, view: View) -> Remote:
        ours = code if self.codes else None
        if ours and any(row["code"] == ours for row in self.live(record_type)):
            raise Rejected("code_taken", field="code")
        source_id = self._made(record_type, ours, self._fields(record_type, {*view} - {"manager"}, view))
        return Remote(source_id if self.answers_ids else code, ours)

    def _updated(self, record_type: RecordType, remote_id: str, parts: set[str], view: View) -> None:
        coded = [row["id"] for row in self.live(record_type) if row["code"] == remote_id]
        source_id = coded[0] if coded else remote_id
        if (record_type, source_id) not in self.rows:
            raise Rejected("not_found", status=404)
        said, row = self._fields(record_type, parts, view), self.rows[record_type, source_id]
        said.pop("buyer", None)
        if {**row["fields"], **said} != row["fields"]:
            self.edit(record_type, source_id, **said)

    def _fields(self, record_type: RecordType, parts: set[str], view: View) -> dict[str, Any]:
        """What it keeps of what it is sent."""
        content = dict(view["content"]) if "content" in parts else {}
        if record_type == "customer" and "name" in content:
            content["name"] = self.normalise(content["name"])
        if record_type != "order":
            return content | (view["manager"] if "manager" in parts else {})
        number, buyer = content.pop("number", None), content.pop("buyer", None)
        said = content | ({"order_number": number} if number else {})
        said |= view.get("status", {}) if "status" in parts else {}
        known = [row for row in self.live("customer") if buyer in (row["id"], row["code"])] if buyer else []
        return said | ({"buyer": {"id": known[0]["id"], "code": known[0]["code"], "stub": {}}} if known else {})


def _filled(**content: Any) -> dict[str, Any]:
    return {name: str(value) for name, value in content.items() if value not in (None, "")}
