"""The desk as a server: what `requests` sends to it goes through the whole API in this process, as API Gateway hands
calls over."""

import base64
import io
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from tests.unit.api.desk import Desk

AT = "http://desk.example.vn"


class DeskAdapter(HTTPAdapter):
    """Carries calls to a desk, as an admin's."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        answer = self.desk.api.answer(_event(request), None, self.desk.office)
        text = answer["body"] or ""
        body = base64.b64decode(text) if answer.get("isBase64Encoded") else text.encode()
        raw = HTTPResponse(io.BytesIO(body), answer["headers"], answer["statusCode"], preload_content=False)
        made: requests.Response = self.build_response(request, raw)
        return made


def session_of(desk: Desk) -> requests.Session:
    """A session whose calls to `AT` go to the desk."""
    session = requests.Session()
    session.trust_env = False
    session.mount(AT, DeskAdapter(desk))
    return session


def _event(request: requests.PreparedRequest) -> dict[str, Any]:
    parts = urlsplit(str(request.url))
    body = request.body.encode() if isinstance(request.body, str) else bytes(request.body or b"")
    path = unquote(parts.path)
    told = {"role": "admin", "employee": "lan", "key_id": "k1"}
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": parts.query,
        "headers": {name.lower(): value for name, value in _texts(request.headers)},
        "queryStringParameters": dict(parse_qsl(parts.query, keep_blank_values=True)),
        "requestContext": {
            "http": {"method": request.method, "path": path},
            "stage": "$default",
            "authorizer": {"lambda": told},
        },
        "body": base64.b64encode(body).decode() if body else None,
        "isBase64Encoded": bool(body),
    }


def _texts(headers: Any) -> list[tuple[str, str]]:
    return [(str(n), v.decode("latin-1") if isinstance(v, bytes) else str(v)) for n, v in headers.items()]
