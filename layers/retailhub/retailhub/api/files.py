"""Files: how a route answers one, and how the OpenAPI document tells of it."""

import inspect
from collections.abc import Callable
from typing import Any, get_args
from urllib.parse import quote

from aws_lambda_powertools.event_handler import Response

from retailhub.api.routes import Route

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BINARY = {"type": "string", "format": "binary"}


def file(name: str, media_type: str, content: bytes) -> Response[bytes]:
    """A file to be saved under this name. Bytes go through API Gateway (payload format 2.0) as base64."""
    plain = name.encode("ascii", "replace").decode().replace('"', "'").replace("?", "_")
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(200, media_type, content, {"Content-Disposition": disposition})


def answering(route: Route) -> Callable[..., Any]:
    """A route's function as the resolver may have it. Of one that answers files it is not told what it returns: it
    would hold their bytes against the model of the JSON answer."""
    if not route.files:
        return route.function

    def answered(*given: Any, **named: Any) -> Any:
        return route.function(*given, **named)

    answered.__name__, answered.__doc__ = route.function.__name__, route.function.__doc__
    answered.__annotations__ = {name: kind for name, kind in route.function.__annotations__.items() if name != "return"}
    signature = inspect.signature(route.function).replace(return_annotation=inspect.Signature.empty)
    answered.__signature__ = signature  # type: ignore[attr-defined]
    return answered


def described(route: Route) -> Any:
    """What a route answers, for the document: its JSON model, if it has one, and its files."""
    if not route.files:
        return {"description": "OK"}
    returned = inspect.signature(route.function).return_annotation
    model = next((one for one in get_args(returned) if hasattr(one, "model_fields")), None)
    content: dict[str, Any] = {media_type.partition(";")[0]: {"schema": dict(_BINARY)} for media_type in route.files}
    if model:
        content["application/json"] = {"model": model}
    return {"description": "OK", "content": content}
