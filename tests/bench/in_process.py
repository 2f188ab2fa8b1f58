"""Calls that reach a twin in this very process, on its clock: HTTP without a network, so that hours pass in seconds."""

from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from tests.twins.base import Twin

ADDRESS = "http://twin.example.vn"


class InProcess(HTTPAdapter):
    """A transport of requests that hands each call to the twin's app; `seconds` pass with every call."""

    def __init__(self, twin: Twin, clock: "VirtualClock", seconds: float) -> None:
        super().__init__()
        self._app, self._clock, self._seconds = twin.app.test_client(), clock, seconds

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """The twin's answer."""
        self._clock.pass_by(self._seconds)
        address = urlsplit(request.url or "")
        told = self._app.open(
            address.path,
            method=request.method,
            query_string=address.query,
            headers=dict(request.headers),
            data=request.body,
        )
        raw = HTTPResponse(BytesIO(told.data), dict(told.headers), told.status_code, preload_content=False)
        return self.build_response(request, raw)


class VirtualClock:
    """A clock that stands still until somebody lets time pass; seconds since 1970."""

    def __init__(self, start: float = 1_770_000_000.0) -> None:
        self.now = start

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
