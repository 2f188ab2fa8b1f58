"""Calls that follow, or break, the OpenAPI document, and answers held against it: no 5xx, nothing undocumented."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FROM_OUTSIDE = {503, 429}
"""A platform that is out of reach or asks to slow down: documented answers about somebody else's trouble."""

Ids = Callable[[str, str], str]
"""(path of the operation, name of the parameter) → the id of something that is there."""


def operations(document: dict[str, Any]) -> Iterator[APIOperation]:
    """Every operation of the document; one that cannot be read is an error."""
    for result in schemathesis.openapi.from_dict(document).get_all_operations():
        assert isinstance(result, Ok), result.err()
        yield result.ok()


def probe(operation: APIOperation, ids: Ids, base_url: str, session: requests.Session, examples: int) -> int:
    """Send calls that are as the document says and calls that are not, half of them to things that are there; answers
    how many. Raises the failures of schemathesis, each with a curl command."""
    sent = 0

    def send(case: Case) -> None:
        nonlocal sent
        sent += 1
        case.headers.pop("Authorization", None)
        answer = case.call(base_url=base_url, session=session)
        if answer.status_code in FROM_OUTSIDE:
            assert answer.headers.get("retry-after"), "trouble outside says when to come back"
        else:
            case.validate_response(answer, checks=CHECKS)

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        tried = _settings(examples)(given(_cases(operation, ids, mode))(send))
        # where nothing is taken but a path without ids, nothing can be sent that is wrong
        hopeless = suppress(Unsatisfiable) if mode is GenerationMode.NEGATIVE else nullcontext()
        with warnings.catch_warnings(), hopeless:
            warnings.simplefilter("ignore")
            seed(20260514)(tried)()
    return sent


def _cases(operation: APIOperation, ids: Ids, mode: GenerationMode) -> st.SearchStrategy[Case]:
    """Calls by the book or against it; to what is there, and to whatever ids come out."""
    known = {one.name: ids(operation.path, one.name) for one in operation.path_parameters}
    there = operation.as_strategy(mode, path_parameters=known) if known else operation.as_strategy(mode)
    return there | operation.as_strategy(GenerationMode.POSITIVE) if known else there


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
