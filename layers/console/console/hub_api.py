"""The admin API as the console calls it: in this process, through the same routes, gate and checks as everybody."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any
from urllib.parse import quote

from retailhub.api.app import Api
from retailhub.api.messages import Language
from retailhub.api.visit import Caller
from retailhub.crm.office import Office

MOST = 200
"""Items that one page of the API holds."""
NAMES_AT_ONCE = 60


class Refused(Exception):
    """The API said no. message: in the visitor's language. at: the field, if it is one."""

    def __init__(
        self, status: int, code: str, message: str, at: str | None = None, details: dict[str, Any] | None = None
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.at, self.details = status, code, message, at, details or {}

    @property
    def fields(self) -> dict[str, str]:
        """Field (dotted for a part of one) → what is wrong with it."""
        named = {one["field"]: one["message"] for one in self.details.get("fields") or []}
        return named or ({self.at: self.message} if self.at else {})


@dataclass(frozen=True)
class Found:
    """A page of a list; it may be short, even empty, while `next_cursor` says that there is more to look through."""

    items: list[dict[str, Any]]
    next_cursor: str | None = None


@dataclass(frozen=True)
class File:
    """A file that the API answered."""

    content: bytes
    kind: str
    disposition: str


@dataclass(frozen=True)
class HubApi:
    """Calls of one visitor. caller: as the session says, in the place where only the authorizer can write."""

    api: Api
    office: Office
    caller: Caller
    language: Language
    context: Any = None

    def get(self, path: str, **query: Any) -> Any:
        """What a reading route answers; blank filters are left out. Raises Refused."""
        return json.loads(self._call("GET", path, query=query)["body"])

    def page(self, path: str, **query: Any) -> Found:
        """One page of a list. Raises Refused."""
        return Found(**self.get(path, **query))

    def every(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """A short list as a whole: staff, groups, entries of a catalogue. Raises Refused."""
        return list(self._each(path, query))

    def file(self, path: str, **query: Any) -> File:
        """What a route answers as a file. Raises Refused."""
        answer = self._call("GET", path, query=query)
        body = answer["body"]
        content = base64.b64decode(body) if answer.get("isBase64Encoded") else body.encode()
        headers = answer["headers"]
        return File(content, headers.get("content-type", ""), headers.get("content-disposition", "attachment"))

    def post(self, path: str, body: Any = None, *, once: str = "") -> Any:
        """Create or act. once: the form's own mark; the same form sent twice is done once. Raises Refused."""
        headers = {"idempotency-key": once} if once else {}
        return self._sent("POST", path, body, headers)

    def patch(self, path: str, body: Any, *, version: str = "") -> Any:
        """Change. version: what the visitor was shown; refused if somebody changed it meanwhile. Raises Refused."""
        return self._sent("PATCH", path, body, {"if-match": version} if version else {})

    def delete(self, path: str) -> None:
        """Remove. Raises Refused."""
        self._call("DELETE", path)

    def upload(self, path: str, kind: str, content: bytes, **query: Any) -> Any:
        """Send a file as it is; kind: its media type. Raises Refused."""
        answer = self._call("POST", path, base64.b64encode(content).decode(), {"content-type": kind}, query, True)
        return json.loads(answer["body"])

    def names(self, ids: Iterator[str]) -> dict[str, str]:
        """What the records behind ids are called; those that have no name are missing."""
        wanted = dict.fromkeys(one for one in ids if one)
        found: dict[str, str] = {}
        for some in batched(wanted, NAMES_AT_ONCE, strict=False):
            found |= self.get("/names", ids=",".join(some))["names"]
        return found

    def _each(self, path: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
        cursor = None
        while True:
            page = self.page(path, **{**query, "limit": MOST, "cursor": cursor})
            yield from page.items
            cursor = page.next_cursor
            if cursor is None:
                return

    def _sent(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        answer = self._call(method, path, json.dumps(body or {}), {"content-type": "application/json", **headers})
        return json.loads(answer["body"]) if answer["body"] else None

    def _call(
        self,
        method: str,
        path: str,
        body: str | None = None,
        headers: dict[str, str] | None = None,
        query: dict[str, Any] | None = None,
        encoded: bool = False,
    ) -> dict[str, Any]:
        address = "/api" + quote(path, safe="/-._~:@")
        told = {"role": self.caller.role, "employee": self.caller.employee, "key_id": self.caller.key_id}
        event = {
            "version": "2.0",
            "routeKey": "ANY /api/{proxy+}",
            "rawPath": address,
            "rawQueryString": "",
            "headers": {"accept-language": self.language, **(headers or {})},
            "queryStringParameters": {
                name: _text(value) for name, value in (query or {}).items() if value not in (None, "")
            },
            "requestContext": {
                "http": {"method": method, "path": address},
                "stage": "$default",
                "authorizer": {"lambda": told},
            },
            "body": body,
            "isBase64Encoded": encoded,
        }
        answer = self.api.answer(event, self.context, self.office)
        if answer["statusCode"] >= 400:
            raise _refused(answer)
        return answer


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _refused(answer: dict[str, Any]) -> Refused:
    error = json.loads(answer["body"])["error"]
    return Refused(answer["statusCode"], error["code"], error["message"], error["field"], error["details"])
