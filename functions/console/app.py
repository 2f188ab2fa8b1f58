"""/console/…: the console in a browser; who comes stands in a signed cookie, all else goes as in the admin API."""

from functools import cache
from typing import Any

from console.app import Console
from console.session import Sessions
from retailhub.runtime.aws import client
from retailhub.runtime.observability import log, trouble
from retailhub.runtime.office import office
from retailhub.runtime.settings import settings
from retailhub.store.secrets import signing_key


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """The answer to one API Gateway event (payload format 2.0)."""
    answer = console().answer(event, context, office(event), sessions())
    part = "/".join(str(event.get("rawPath", "")).split("/")[:3])
    method = event.get("requestContext", {}).get("http", {}).get("method", "")
    log("console", method=method, resource=part, status=answer["statusCode"])
    return answer


@cache
def console() -> Console:
    """The screens, made once and kept while the function is warm."""
    return Console(lambda error: log("console failed", level="ERROR", **trouble(error)))


@cache
def sessions() -> Sessions:
    """Who can tell a session of this deployment from a forged one."""
    return Sessions(signing_key(client("ssm"), settings().console_key))
