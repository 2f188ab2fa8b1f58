"""The OpenAPI document: committed, and the same as what the routes say.

To write it anew: `PYTHONPATH=.:layers/retailhub .venv/dev/bin/python -m tests.unit.api.test_document`.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.api.desk import Desk

AGAIN = "PYTHONPATH=.:layers/retailhub python -m tests.unit.api.test_document"
COMMITTED = Path(__file__).resolve().parents[2] / "openapi.json"


def text(document: Any) -> str:
    """The document as it is committed."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_the_committed_document_is_the_present_one() -> None:
    """API9: what changes in the API is seen in review."""
    assert COMMITTED.read_text() == text(Desk.api.openapi()), f"write it anew: {AGAIN}"


def test_the_document_is_served_and_is_openapi_3_1(desk: Desk) -> None:
    reply = desk.get("/openapi.json")

    assert reply.status == 200
    assert reply.json["openapi"] == "3.1.0"
    assert text(reply.json) == text(Desk.api.openapi())


def test_the_document_is_valid() -> None:
    validator = pytest.importorskip("openapi_schema_validator")
    for name, schema in Desk.api.openapi()["components"]["schemas"].items():
        validator.OAS31Validator.check_schema(schema)
        assert name


def test_every_route_is_described_with_its_role_and_in_both_languages() -> None:
    document = Desk.api.openapi()

    for route in Desk.api.routes:
        path = route.rule.replace("<", "{").replace(">", "}")
        operation = document["paths"][path][route.method.lower()]
        assert operation["x-role"] == (route.role or "nobody")
        assert " / " in operation["summary"], f"{route.rule}: {operation['summary']}"
        assert str(route.status) in operation["responses"]
        assert "401" in operation["responses"]


def test_no_answer_has_a_place_for_credentials() -> None:
    """The credentials of a connection go in and never come out."""
    schemas = Desk.api.openapi()["components"]["schemas"]

    with_credentials = {name for name, one in schemas.items() if "credentials" in one.get("properties", {})}
    assert with_credentials == {"NewConnection", "ConnectionEdit"}


def test_no_amount_is_a_float() -> None:
    """api.md: money is an integer, or a decimal string."""
    answers = {k: v for k, v in Desk.api.openapi()["components"]["schemas"].items() if k.endswith("Answer")}

    assert '"number"' not in json.dumps(answers)


if __name__ == "__main__":
    COMMITTED.write_text(text(Desk.api.openapi()))
