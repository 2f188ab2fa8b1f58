"""The CNV Loyalty twin: one business at CNV in memory, as platform sheet cnv_loyalty.md describes it.

Family A (partner): `X-Client-Id: twin-cnv-client`, `X-Client-Secret: twin-cnv-secret`.
Family B (open platform): `Authorization: TOKEN twin-cnv-token`.
What members do by themselves goes through the control API:
`POST /_twin/records/customers {"last_name", "phone", "email", "birthday", "gender", "channel", …}` registers one,
`POST /_twin/records/orders {"customer_id" or "customer": {…}, "channel", "items": [{sku, name, quantity, price}],
"discount", "shipping_fee", "payment_status"}` orders; a customer CNV does not know stays a guest.
`/_twin/state/customers` adds membership, ref_id, channel; `/_twin/state/orders` adds the three statuses and the
purchase `history`; `/_twin/notifications` lists the messages sent to customers.
Webhooks out of CNV are off (nobody has seen one): switch `webhook_out`, then `PUT /_twin/webhooks/target {"url"}`.
"""

import json
from typing import Any, ClassVar

from flask import Response, request

from tests.twins.base import Record, Twin
from tests.twins.cnv_loyalty import open_platform, partner
from tests.twins.cnv_loyalty.goods import Goods
from tests.twins.cnv_loyalty.members import Members
from tests.twins.cnv_loyalty.points import Points
from tests.twins.cnv_loyalty.purchases import Purchases
from tests.twins.cnv_loyalty.switches import SWITCHES, TYPED
from tests.twins.cnv_loyalty.wording import RefusedError, instant
from tests.twins.getfly.throttle import Throttle

DAY = 86_400


class CnvLoyaltyTwin(Twin):
    """One business at CNV Loyalty."""

    name: ClassVar[str] = "cnv_loyalty"
    defaults: ClassVar[dict[str, Any]] = SWITCHES
    kinds: ClassVar[tuple[str, ...]] = ("customers", "products", "orders")

    def clear(self) -> None:
        """A fresh business: no numbers given, no messages sent, no webhook."""
        self.members, self.goods, self.purchases = Members(self), Goods(self), Purchases(self)
        self.points = Points(self)
        self.throttle = Throttle(self.quota_time)
        self.target: Record = {"url": ""}
        self.notifications: list[Record] = []
        self.in_order: dict[str, tuple[int, list[Record]]] = {}
        self.homes: dict[str, Any] = {"customers": self.members, "products": self.goods, "orders": self.purchases}

    def routes(self) -> None:
        """Register both families of the API."""
        self.app.before_request(self._admit)
        self.app.register_error_handler(RefusedError, lambda error: self.refusal(error))
        self.app.register_error_handler(404, lambda _: self.refusal(RefusedError(404, "not found")))
        self.app.add_url_rule("/_twin/notifications", "notifications", lambda: self.answer(self.notifications))
        partner.register(self)
        open_platform.register(self)

    def invent(self, kind: str, number: int) -> Record:
        """Make invented record `number` of a kind; see the base."""
        row: Record = self.homes[kind].invent(number)
        return row

    def announce(self, kind: str, record: Record) -> None:
        """Fire the webhook of a new record, when webhooks are on at all."""
        self.fire(f"{kind.removesuffix('s')}.created", record["id"])

    def create(self, kind: str, record: Record) -> Record:
        """A member registers, a member orders, CNV's staff adds a product."""
        _refuse_strange(kind, record)
        if kind == "customers":
            row = self.members.register(record, str(record.get("channel") or "Website"))
        else:
            row = self.goods.upsert(record) if kind == "products" else self.purchases.place(record)
        return self.shown(kind, row)

    def change(self, kind: str, key: Any, changes: Record) -> Record:
        """A change made at CNV; a customer's `extra_points` and `used_points` are set by hand."""
        _refuse_strange(kind, changes)
        return self.shown(kind, self.homes[kind].write(self.records[kind][key], changes))

    def remove(self, kind: str, key: Any) -> Record:
        """Take a record away for good; CNV tells nobody."""
        gone = self.shown(kind, self.records[kind][key])
        self.homes[kind].remove(self.records[kind][key])
        return gone

    def state(self, kind: str) -> list[Record]:
        """All records in the shape of family B, with what it does not show."""
        return [self.shown(kind, row) for row in self.records[kind].values()]

    def shown(self, kind: str, row: Record) -> Record:
        """One record in the shape of family B, with what it does not show."""
        shape: Record = {**self.homes[kind].shape(row), "ref_id": row["ref_id"]}
        if kind == "customers":
            return {**shape, "channel": row["channel"], "membership": self.points.membership(row)}
        if kind == "orders":
            steps = {name: row[name] for name in ("status", "payment_status", "shipping_status", "history")}
            return {**shape, **steps, "channel": row["channel"]}
        return shape

    def set_target(self, wish: Record) -> Record:
        """Where webhooks go, once the switch `webhook_out` is on."""
        self.target = {"url": str(wish.get("url", ""))}
        return self.target

    def fire(self, event: str, record_id: int) -> None:
        """Send `{event, data: {id}}` with CNV's own id and secret in the headers; off by default."""
        if not self.switches["webhook_out"] or not self.target["url"]:
            return
        body = json.dumps({"event": event, "data": {"id": record_id}}).encode()
        proof = {"X-Client-Id": partner.CLIENT_ID, "X-Client-Secret": partner.CLIENT_SECRET}
        self.send_webhook(self.target["url"], body, {"Content-Type": "application/json", **proof}, topic=event)

    def notify(self, message: Record) -> None:
        """Send the customer a message about his order (R-CNV-17)."""
        self.notifications.append({"at": instant(self.clock()), **message})

    def touch(self, kind: str, row: Record) -> None:
        """Stamp a row as changed now."""
        row["updated_at"] = self.clock()
        self.forget_order(kind)

    def forget_order(self, kind: str) -> None:
        """The rows of a kind must be sorted anew before the next list."""
        self.in_order.pop(kind, None)

    def changed_at(self, row: Record) -> int:
        """When a row was changed, in whole seconds, or coarser by switch: then many rows share a stamp."""
        step = int(self.switches["stamp_step"])
        return int(row["updated_at"]) // step * step

    def stamp(self, moment: float) -> str:
        """`updated_at` as it is shown."""
        return instant(self.changed_at({"updated_at": moment}))

    def ordered(self, kind: str) -> list[Record]:
        """All rows of a kind by the shown time of change, then id; sorted once per change."""
        step = int(self.switches["stamp_step"])
        if self.in_order.get(kind, (0, []))[0] != step:
            rows = sorted(self.records[kind].values(), key=lambda row: (self.changed_at(row), row["id"]))
            self.in_order[kind] = (step, rows)
        return self.in_order[kind][1]

    def long_ago(self, number: int) -> float:
        """When invented record `number` was made: minute after minute, beginning ninety days ago."""
        return self.clock() - 90 * DAY + number % 100_000 * 60

    def refusal(self, error: RefusedError) -> Response:
        """The answer that says no (the shape of CNV's errors is unknown)."""
        return self.answer({"message": error.text}, error.status)

    def _admit(self) -> Response | None:
        if request.path.startswith("/_twin"):
            return None
        proven = partner.proven() if request.path.startswith(partner.PREFIXES) else open_platform.proven()
        if not proven:
            return self.refusal(RefusedError(401, "unauthorized"))
        if not self.throttle.exceeded(self.switches["requests_per_second"]):
            return None
        answer = self.refusal(RefusedError(429, "too many requests"))
        if self.switches["retry_after"] is not None:
            answer.headers["Retry-After"] = str(self.switches["retry_after"])
        return answer


def _refuse_strange(kind: str, record: Record) -> None:
    if strange := set(record) - TYPED[kind]:
        raise ValueError(f"{kind} have no {sorted(strange)}; they have {sorted(TYPED[kind])}")
