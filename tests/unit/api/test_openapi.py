"""The document is OpenAPI 3.1 and describes every route whole: what it takes, what it answers, what goes wrong."""

import re
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from retailhub.api.document import TROUBLES
from retailhub.api.gate import FILES
from retailhub.api.routes import Route
from tests.unit.api.desk import Desk

DOCUMENT = Desk.api.openapi()
every_route = pytest.mark.parametrize("route", Desk.api.routes, ids=lambda route: f"{route.method} {route.rule}")


def described(route: Route) -> dict[str, Any]:
    """The route's operation."""
    path = route.rule.replace("<", "{").replace(">", "}")
    found: dict[str, Any] = DOCUMENT["paths"][path][route.method.lower()]
    return found


def test_the_whole_document_is_openapi_3_1() -> None:
    """Point 11; api.md, Conventions."""
    assert DOCUMENT["openapi"] == "3.1.0"
    assert [str(error.message) for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


@every_route
def test_every_route_says_what_may_go_wrong_in_the_one_form(route: Route) -> None:
    """api.md, Errors: no answer is undocumented."""
    answers = described(route)["responses"]

    assert {str(status) for status in TROUBLES} <= set(answers)
    for status in TROUBLES:
        schema = answers[str(status)]["content"]["application/json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/Problem"}


@every_route
def test_every_route_says_what_it_answers(route: Route) -> None:
    answer = described(route)["responses"][str(route.status)]
    if route.status == 204:
        assert "content" not in answer
        return
    assert answer["content"]
    if route.rule not in ("/api/health", "/api/openapi.json"):
        shapes = [media["schema"] for media in answer["content"].values()]
        assert all("$ref" in shape or shape.get("format") == "binary" for shape in shapes), shapes


@every_route
def test_every_route_says_what_it_takes(route: Route) -> None:
    """Every part of the address is a parameter; a body has a shape or is a file; both languages are there."""
    told = described(route)
    parameters = {(one["in"], one["name"]) for one in told.get("parameters", [])}

    assert {name for place, name in parameters if place == "path"} == set(re.findall(r"<(\w+)>", route.rule))
    body = told.get("requestBody", {}).get("content", {})
    if (route.method, route.rule) in FILES:
        assert all(media["schema"]["format"] == "binary" for media in body.values())
    else:
        assert all("$ref" in media["schema"] for media in body.values())
    vietnamese, _, english = told["summary"].partition(" / ")
    assert vietnamese
    assert english
    assert told["tags"] == [route.tag]


def test_every_operation_has_a_name_of_its_own() -> None:
    """Clients are generated from the names."""
    names = [described(route)["operationId"] for route in Desk.api.routes]

    assert len(names) == len(set(names))


def test_what_is_asked_is_asked_strictly() -> None:
    """An unknown field of a request is refused, never ignored."""
    schemas = DOCUMENT["components"]["schemas"]
    bodies = [described(route).get("requestBody", {}).get("content", {}) for route in Desk.api.routes]
    asked = {media["schema"].get("$ref", "").rpartition("/")[2] for body in bodies for media in body.values()} - {""}

    assert [name for name in sorted(asked) if schemas[name].get("additionalProperties") is not False] == []
