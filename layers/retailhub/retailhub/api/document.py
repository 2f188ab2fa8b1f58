"""The OpenAPI 3.1 document, made from the routes: the full truth about the admin API."""

import json
from collections.abc import Sequence
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.openapi.models import HTTPBearer

from retailhub.api.gate import FILES
from retailhub.api.shapes.base import Problem

TITLE = "RetailHub"
ABOUT = (
    "Đồng bộ khách hàng, sản phẩm và đơn hàng giữa cửa hàng, CRM và chương trình thành viên. /"
    " Keeps customers, products and orders in step between stores, CRMs and loyalty programmes.\n\n"
    "Lists are narrowed by a bounded search: a page may be short, even empty, while `next_cursor` is not null."
)
TROUBLES = {
    400: "Malformed / Không đọc được",
    401: "No key / Thiếu khóa",
    403: "The role is too small / Không đủ quyền",
    404: "Unknown id / Không có",
    409: "Conflict / Xung đột",
    413: "Too large / Quá lớn",
    422: "A field is wrong / Sai dữ liệu",
    429: "Too fast; see Retry-After / Quá nhanh",
    503: "A platform or the hub is busy; see Retry-After / Đang bận",
}
HEADERS = {
    "post": (
        "Idempotency-Key",
        "Repeats within 24 hours get the first answer / Gửi lại trong 24 giờ nhận câu trả lời đầu",
    ),
    "patch": ("If-Match", "The version that is to be changed / Phiên bản cần sửa"),
    "put": ("If-Match", "The version that is to be changed / Phiên bản cần sửa"),
}


def document(resolver: APIGatewayHttpResolver) -> dict[str, Any]:
    """The document of a resolver's routes, with the headers that all writes take."""
    text = resolver.get_openapi_json_schema(
        title=TITLE,
        version="1",
        openapi_version="3.1.0",
        description=ABOUT,
        security_schemes={"key": HTTPBearer()},
        security=[{"key": []}],
    )
    made: dict[str, Any] = json.loads(text)
    for methods in made["paths"].values():
        for method, operation in methods.items():
            operation["responses"].get("204", {}).pop("content", None)
            if method in HEADERS:
                operation.setdefault("parameters", []).append(_header(*HEADERS[method]))
    for (method, path), (kinds, max_bytes) in FILES.items():
        made["paths"][path][method.lower()]["requestBody"] = _file(kinds, max_bytes)
    return made


def _file(kinds: Sequence[str], max_bytes: int) -> dict[str, Any]:
    """A body that is a file as it is."""
    content = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}
    return {"required": True, "description": f"A file of at most {max_bytes} bytes / Một tệp", "content": content}


def _header(name: str, description: str) -> dict[str, Any]:
    schema = {"type": "string", "maxLength": 200}
    return {"name": name, "in": "header", "required": False, "description": description, "schema": schema}


def troubles() -> dict[int, Any]:
    """The errors that every route may answer, in the one form."""
    return {
        status: {"description": what, "content": {"application/json": {"model": Problem}}}
        for status, what in TROUBLES.items()
    }
