"""How demo, end-to-end tests and benches speak to the running stack: admin API, twins, queues and functions."""

import json
from collections.abc import Iterator
from typing import Any

import requests

from tests.local.deployment import clients

SECONDS = 30


class Hub:
    """The admin API of the running stack, as a script of the shop's admin would use it, and its insides to look at."""

    def __init__(self, stack: dict[str, Any]) -> None:
        self.stack = stack
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Bearer {stack['admin_key']}"
        self._sqs = clients(stack["endpoint"], "sqs")
        self._lambda = clients(stack["endpoint"], "lambda")

    def call(self, method: str, path: str, body: Any = None, **params: Any) -> Any:
        """One call of the admin API; raises requests.HTTPError with the answer's text for anything but success."""
        answer = self.session.request(method, self.stack["api"] + path, json=body, params=params, timeout=SECONDS)
        if answer.status_code >= 400:
            raise requests.HTTPError(f"{method} {path}: {answer.status_code} {answer.text[:500]}", response=answer)
        return answer.json() if answer.content else None

    def send(self, path: str, content: bytes, media_type: str) -> Any:
        """Send a file; raises requests.HTTPError with the answer's text for anything but success."""
        headers = {"Content-Type": media_type}
        answer = self.session.post(self.stack["api"] + path, data=content, headers=headers, timeout=SECONDS)
        if answer.status_code >= 400:
            raise requests.HTTPError(f"{path}: {answer.status_code} {answer.text[:500]}", response=answer)
        return answer.json()

    def file(self, path: str, **params: Any) -> bytes:
        """A file that the API answers."""
        answer = self.session.get(self.stack["api"] + path, params=params, timeout=SECONDS)
        answer.raise_for_status()
        return answer.content

    def all(self, path: str, **params: Any) -> Iterator[dict[str, Any]]:
        """Every item of a list, page by page."""
        cursor: str | None = None
        while True:
            page = self.call("GET", path, limit=200, **params, **({"cursor": cursor} if cursor else {}))
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def run(self, function: str, event: dict[str, Any] | None = None) -> Any:
        """Start a scheduled function now instead of waiting for its hour; answers what it answered."""
        name = self.stack["functions"][function]
        answer = self._lambda.invoke(FunctionName=name, Payload=json.dumps(event or {}).encode())
        result = json.loads(answer["Payload"].read() or b"null")
        if answer.get("FunctionError"):
            raise RuntimeError(f"{function}: {result}")
        return result

    def waiting(self) -> dict[str, int]:
        """Messages by queue that are visible, in flight or delayed; empty queues are left out."""
        names = [f"ApproximateNumberOfMessages{which}" for which in ("", "NotVisible", "Delayed")]
        counts = {}
        for queue, url in self.stack["queues"].items():
            found = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
            counts[queue] = sum(int(found[name]) for name in names)
        return {queue: count for queue, count in counts.items() if count}


class TwinControl:
    """The control API of a twin, and nothing of its platform API."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One control call, e.g. `call("POST", "/seed", {"customers": 3})`."""
        answer = self.session.request(method, f"{self.url}/_twin{path}", json=body, timeout=SECONDS)
        if answer.status_code >= 400:
            raise requests.HTTPError(f"{path}: {answer.status_code} {answer.text[:500]}")
        return json.loads(answer.text)

    def state(self, kind: str) -> list[dict[str, Any]]:
        """All records of a kind in the platform's shape."""
        return self.call("GET", f"/state/{kind}")

    def create(self, kind: str, record: dict[str, Any]) -> dict[str, Any]:
        """A record typed in the platform's own screen; its webhooks go out."""
        return self.call("POST", f"/records/{kind}", record)

    def change(self, kind: str, key: Any, changes: dict[str, Any]) -> dict[str, Any]:
        """A record edited in the platform's own screen."""
        return self.call("PUT", f"/records/{kind}/{key}", changes)

    def remove(self, kind: str, key: Any) -> dict[str, Any]:
        """A record deleted in the platform's own screen."""
        return self.call("DELETE", f"/records/{kind}/{key}")
