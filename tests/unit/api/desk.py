"""A desk to call the admin API from: the whole API in this process, over working fakes and a clock of the test's."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from retailhub.api.app import Api
from retailhub.crm.office import Office
from retailhub.domain.changes import Change
from retailhub.domain.connections import Connection, PlatformName
from retailhub.domain.errors import HubError
from retailhub.domain.instants import after
from retailhub.domain.records import MODELS, Record, RecordType
from retailhub.runtime.office import open_office
from retailhub.store import connections, events, links, records
from retailhub.store.links import Link
from retailhub.sync.hub import FreshDirectory, Hub
from tests.fakes.memory_letters import MemoryLetters
from tests.fakes.memory_queues import MemoryQueues
from tests.fakes.memory_secrets import MemorySecrets
from tests.fakes.memory_table import MemoryTable

NOW = "2026-05-14T03:00:00.000000Z"
CREDENTIALS: dict[str, dict[str, str]] = {
    "kiotviet": {"retailer": "cuahangmau", "client_id": "a-client", "client_secret": "hush-hush"},
    "haravan": {"access_token": "hush-token"},
    "getfly": {"api_key": "hush-getfly-key"},
}
SETTINGS: dict[str, dict[str, Any]] = {"getfly": {"tenant": "cuahangmau"}}


@dataclass
class Shop:
    """A platform that answers what a test tells it to. registered: (url, topics, secret) of each registration."""

    trouble: HubError | None = None
    topics: list[str] = field(default_factory=lambda: ["customer.update", "invoice.update"])
    live: set[str] = field(default_factory=set)
    registered: list[tuple[str, list[str], str]] = field(default_factory=list)
    reads: tuple[str, ...] = ("customer", "product", "contract", "order")

    def test(self) -> dict[str, Any]:
        self._reach()
        return {"branches": [{"id": 1, "name": "Chi nhánh Quận 1"}]}

    def missing_webhooks(self, url: str) -> list[str]:
        self._reach()
        return [topic for topic in self.topics if f"{url}/{topic}" not in self.live]

    def register_webhooks(self, url: str, topics: list[str], secret: str) -> None:
        self._reach()
        self.registered.append((url, topics, secret))
        self.live |= {f"{url}/{topic}" for topic in topics}

    def _reach(self) -> None:
        if self.trouble:
            raise self.trouble


@dataclass
class Reply:
    """What the API answered."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        """The error's code."""
        return str(self.json["error"]["code"])

    @property
    def fields(self) -> dict[str, str]:
        """field → code of each wrong field."""
        return {one["field"]: one["code"] for one in self.json["error"]["details"]["fields"]}


class Desk:
    """Calls the API as a caller with a role would; what lies behind it is at hand."""

    api = Api(lambda error: Desk.noted.append(error))
    noted: list[Exception] = []  # noqa: RUF012 the one API of all desks tells it here

    def __init__(self) -> None:
        self.now = NOW
        self.table, self.queues, self.secrets = MemoryTable(), MemoryQueues(), MemorySecrets()
        self.letters, self.shop = MemoryLetters(), Shop()
        self.noted.clear()
        hub = Hub(self.table, self.queues, FreshDirectory(self.table), lambda _: self.shop, lambda: self.now)
        self.office: Office = open_office(hub, self.secrets, self.letters, "https://hub.example.vn")

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        role: str | None = "admin",
        query: dict[str, str] | None = None,
        raw: str | None = None,
        base64: bool = False,
        **headers: str,
    ) -> Reply:
        """One call; header names are written with underscores."""
        told = {"role": role, "employee": "lan", "key_id": "k1"} if role is not None else None
        event = {
            "version": "2.0",
            "routeKey": "ANY /api/{proxy+}",
            "rawPath": f"/api{path}",
            "rawQueryString": "",
            "headers": {name.replace("_", "-"): value for name, value in headers.items()},
            "queryStringParameters": query or {},
            "requestContext": {
                "http": {"method": method, "path": f"/api{path}"},
                "stage": "$default",
                **({"authorizer": {"lambda": told}} if told else {}),
            },
            "body": raw if raw is not None else json.dumps(body) if body is not None else None,
            "isBase64Encoded": base64,
        }
        answer = self.api.answer(event, None, self.office)
        return Reply(answer["statusCode"], answer["headers"], answer["body"])

    def get(self, path: str, **query: str) -> Reply:
        return self.call("GET", path, query={name.rstrip("_"): value for name, value in query.items()})

    def post(self, path: str, body: Any = None, **headers: str) -> Reply:
        return self.call("POST", path, {} if body is None else body, **headers)  # type: ignore[arg-type]

    def patch(self, path: str, body: Any, **headers: str) -> Reply:
        return self.call("PATCH", path, body, **headers)  # type: ignore[arg-type]

    def delete(self, path: str) -> Reply:
        return self.call("DELETE", path)

    def later(self, seconds: float) -> None:
        """Time passes."""
        self.now = after(self.now, seconds)

    def connect(self, platform: PlatformName, **more: Any) -> Any:
        """A connection made by the API; its answer."""
        body = {"platform": platform, "name": platform, "credentials": CREDENTIALS[platform]}
        reply = self.post("/connections", {**body, "settings": SETTINGS.get(platform, {}), **more})
        assert reply.status == 201, reply.text
        return reply.json

    def connection(self, connection_id: str) -> Connection:
        found = connections.load(self.table, connection_id)
        assert found
        return found

    def keep(
        self, record_type: RecordType, record_id: str, *, at: str = "", origin: str = "shop", **fields: Any
    ) -> Record:
        """A record as the sync would have stored it."""
        born = records.born(record_type, record_id, origin=origin, by=origin, at=at or self.now)
        made = born.revised(MODELS[record_type].model_validate(fields), by=origin, at=at or self.now)
        self.table.write(*records.writes(None, made))
        return replace(made, rev=1)

    def happened(self, change: Change, outcome: Any, at: str = "", **more: Any) -> events.Event:
        """An event as the sync would have stored it."""
        event = events.of_change(change, outcome, at or self.now, **more)
        self.table.write(events.put(event))
        return event

    def link(self, link: Link) -> Link:
        self.table.write(links.put(link))
        return replace(link, rev=1)
