"""`python -m tests.local.console_dev [--port P]`: the console from the sources as they are now, over the running local
stack (`make up`), for whoever works on its screens: a saved template, style or module is seen at the next request.
"""

import argparse
import base64
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.local import stack
from tests.local.deployment import clients
from tests.local.places import CHECKOUT, REGION, Place

KINDS = (".py", ".html", ".css", ".js")
WATCHED = ("layers/console/console", "layers/retailhub/retailhub", "functions/console")


ONE_AT_A_TIME = threading.Lock()
"""As in Lambda, where a process has one request at a time."""


class Request(BaseHTTPRequestHandler):
    """One request of a browser as API Gateway hands it over."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the standard library's name
        from functions.console.app import handler

        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        event = {
            "version": "2.0",
            "rawPath": address.path,
            "rawQueryString": address.query,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "queryStringParameters": dict(parse_qsl(address.query)),
            "requestContext": {"http": {"method": self.command, "path": address.path}, "stage": "$default"},
            "body": base64.b64encode(body).decode(),
            "isBase64Encoded": True,
        }
        with ONE_AT_A_TIME:
            answer = handler(event, None)
        self._send(answer)

    do_POST = do_GET  # noqa: N815 the standard library's name

    def _send(self, answer: dict[str, Any]) -> None:
        body = answer.get("body") or ""
        content = base64.b64decode(body) if answer.get("isBase64Encoded") else body.encode()
        self.send_response_only(answer["statusCode"])
        for name, value in (answer.get("headers") or {}).items():
            self.send_header(name, value)
        for cookie in answer.get("cookies") or []:
            self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def surroundings(described: dict[str, Any], port: int) -> dict[str, str]:
    """The environment of the deployed console, but for the address under which it is called here."""
    function = described["functions"]["Console"]
    found = clients(described["endpoint"], "lambda").get_function_configuration(FunctionName=function)
    told: dict[str, str] = found["Environment"]["Variables"]
    credentials = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION}
    here = {"AWS_ENDPOINT_URL": described["endpoint"], "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    return {**told, **credentials, **here}


def _start_anew_on_change() -> None:
    """Replace this process by a fresh one when a source has changed."""
    known = _saved_at()
    while _saved_at() == known:
        time.sleep(0.5)
    os.execv(sys.executable, [sys.executable, "-m", "tests.local.console_dev", *sys.argv[1:]])  # noqa: S606 itself


def _saved_at() -> dict[Path, float]:
    files = (path for folder in WATCHED for path in (CHECKOUT / folder).rglob("*") if path.suffix in KINDS)
    return {path: path.stat().st_mtime for path in files if path.exists()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8200)
    options = parser.parse_args()
    described = stack.status(Place(CHECKOUT))
    if described is None:
        print("the local stack does not run; start it with: make up", file=sys.stderr)
        return 1
    os.environ.update(surroundings(described, options.port))
    threading.Thread(target=_start_anew_on_change, daemon=True).start()
    print(f"http://127.0.0.1:{options.port}/console/   key: {described['admin_key']}", file=sys.stderr)
    ThreadingHTTPServer(("127.0.0.1", options.port), Request).serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
