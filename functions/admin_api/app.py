"""/api/…: the admin API; who calls stands in the request context, where only the authorizer can write."""

from functools import cache
from typing import Any

from retailhub.api.app import Api
from retailhub.runtime.observability import log, trouble
from retailhub.runtime.office import office


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """The answer to one API Gateway event (payload format 2.0)."""
    answer = api().answer(event, context, office(event))
    resource = "/".join(str(event.get("rawPath", "")).split("/")[:3])
    method = event.get("requestContext", {}).get("http", {}).get("method", "")
    log("admin api", method=method, resource=resource, status=answer["statusCode"])
    return answer


@cache
def api() -> Api:
    """The routes, made once and kept while the function is warm."""
    return Api(lambda error: log("admin api failed", level="ERROR", **trouble(error)))
