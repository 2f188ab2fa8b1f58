"""The Getfly twin: a "Getfly 4.0" tenant (API v3) in memory, as platform sheet getfly.md describes it.

Tenant `cuahangmau.getflycrm.com`, header `X-API-KEY: twin-getfly-key`. Webhooks are registered in Getfly's
screen, so here by `PUT /_twin/webhooks/target {"url", "secret", "events"}` (no events = all seven).
Records typed in the screen, through `/_twin/records/<kind>`:
customers: account_name, phone, email, address, gender, birthday, contacts, account_source, manager_user_name,
custom_fields …; products: product_code, product_name, cover_price …; orders: the body of POST /api/v3/orders,
or order_info's fields flat, with `status` (waiting, approved, delivering, partly_delivered, delivered, cancelled),
`lading_status`, `lading_code`, `lading_info` and `paid` (an amount).
"""

from typing import Any, ClassVar

from flask import Response, request

from tests.twins.base import Record, Twin
from tests.twins.getfly import account_routes, newer, order_routes, products, screen
from tests.twins.getfly.accounts import Accounts
from tests.twins.getfly.events import build
from tests.twins.getfly.orders import Orders
from tests.twins.getfly.products import Products
from tests.twins.getfly.switches import EVENTS, SWITCHES
from tests.twins.getfly.throttle import Throttle
from tests.twins.getfly.wording import RefusedError, error_body, number
from tests.twins.outbox import Delivery

API_KEY = "twin-getfly-key"
DAY = 86_400


class GetflyTwin(Twin):
    """One Getfly tenant."""

    name: ClassVar[str] = "getfly"
    defaults: ClassVar[dict[str, Any]] = SWITCHES
    kinds: ClassVar[tuple[str, ...]] = ("customers", "products", "orders")

    def clear(self) -> None:
        """A fresh tenant: no numbers given, no webhook registered."""
        self.accounts, self.products, self.orders = Accounts(self), Products(self), Orders(self)
        self.throttle = Throttle(self.quota_time)
        self.target: Record = {"url": "", "secret": "", "events": []}
        self.fired = 0

    def routes(self) -> None:
        """Register the API of v3, and the little of v6.1 that a switch brings to light."""
        self.app.before_request(self._admit)
        self.app.register_error_handler(RefusedError, lambda error: self.refusal(error))
        self.app.register_error_handler(404, lambda _: self.refusal(RefusedError(404, "Không tìm thấy")))
        self.app.register_error_handler(405, lambda _: self.refusal(RefusedError(403, "Phương thức không được hỗ trợ")))
        for part in (account_routes, products, order_routes, newer):
            part.register(self)

    def invent(self, kind: str, number: int) -> Record:
        """Make invented record `number` of a kind; see the base."""
        makers = {"customers": self.accounts.invent, "products": self.products.invent, "orders": self.orders.invent}
        return makers[kind](number)

    def announce(self, kind: str, record: Record) -> None:
        """Fire the webhook of a new record."""
        if kind == "customers":
            self.accounts.announce(record)
        elif kind == "products":
            self.products.fire("product.created", record)
        else:
            self.orders.fire("order.created", record)

    def create(self, kind: str, record: Record) -> Record:
        """A record typed in Getfly's screen."""
        return screen.create(self, kind, record)

    def change(self, kind: str, key: Any, changes: Record) -> Record:
        """A change typed in Getfly's screen."""
        return screen.change(self, kind, key, changes)

    def remove(self, kind: str, key: Any) -> Record:
        """Delete in Getfly's screen: customers and orders softly."""
        return screen.remove(self, kind, key)

    def state(self, kind: str) -> list[Record]:
        """All records in the shape of v3, with what v3 does not show: `deleted`, `updated_at` (Unix seconds)."""
        return [screen.shown(self, kind, row) for row in self.records[kind].values()]

    def set_target(self, wish: Record) -> Record:
        """Register the webhook as an admin does in the screen; an empty url takes it away."""
        events = wish.get("events") or list(EVENTS)
        if strange := set(events) - set(EVENTS):
            raise ValueError(f"Getfly 4.0 has no event {sorted(strange)}; there are {list(EVENTS)}")
        self.target = {"url": str(wish.get("url", "")), "secret": str(wish.get("secret", "")), "events": events}
        return self.target

    def fire(self, event: str, data: Record) -> None:
        """Send a webhook if this event is registered and the switch does not lose it."""
        if not self.target["url"] or event not in self.target["events"]:
            return
        self.fired += 1
        if self.switches["lose_every"] and self.fired % self.switches["lose_every"] == 0:
            return
        body, headers = build(event, data, self.target["secret"], self.clock(), self.switches)
        self.send_webhook(self.target["url"], body, headers, topic=event)

    def on_webhook_answer(self, delivery: Delivery, status: int | None) -> float | None:
        """Try again after a second, as often as the switch says (whether Getfly does is unknown)."""
        ok = status is not None and 200 <= status < 300
        return None if ok or delivery.attempt >= self.switches["webhook_attempts"] else 1.0

    def body(self) -> Record:
        """The JSON object of the call, or a 400."""
        body: Any = request.get_json(force=True, silent=True)
        if not isinstance(body, dict):
            raise RefusedError(400, "Nội dung phải là JSON")
        return body

    def page_wish(self, default: int) -> tuple[int, int]:
        """`page` and `limit` of the call; a limit above the largest is cut silently."""
        page, limit = number(request.args.get("page"), "page"), number(request.args.get("limit"), "limit")
        return max(1, int(page)), min(int(limit) or default, self.switches["max_limit"])

    def long_ago(self, number: int) -> float:
        """When invented record `number` was made: minute after minute, beginning ninety days ago."""
        return self.clock() - 90 * DAY + number % 100_000 * 60

    def refusal(self, error: RefusedError) -> Response:
        """The answer that says no, under the key the switch names."""
        return self.answer(error_body(error, self.switches["error_key"]), error.status)

    def _admit(self) -> Response | None:
        if request.path.startswith("/_twin"):
            return None
        if request.headers.get("X-API-KEY") != API_KEY:
            return self.refusal(RefusedError(401, "API key không hợp lệ"))
        if not self.throttle.exceeded(self.switches["requests_per_second"]):
            return None
        answer = self.refusal(RefusedError(429, "Quá nhiều yêu cầu"))
        if self.switches["retry_after"] is not None:
            answer.headers["Retry-After"] = str(self.switches["retry_after"])
        return answer
