"""Every error in the one form, whatever it was and wherever it arose."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from retailhub.api.errors import answer_to
from retailhub.api.messages import MESSAGES, language_of
from retailhub.domain.errors import Contended, Malformed, Permanent, Rejected, Temporary, Throttled, Unavailable
from retailhub.domain.refusals import Clash, TooLarge
from retailhub.store.table import Conflict


def client_error(code: str, message: str) -> ClientError:
    """An error of AWS's."""
    return ClientError({"Error": {"Code": code, "Message": message}}, "Query")


@pytest.mark.parametrize(
    "error, status, code",
    [
        (Throttled("throttled", retry_after=7), 429, "throttled"),
        (Unavailable("no_answer"), 503, "no_answer"),
        (Rejected("refused", "bad token", status=401), 409, "refused"),
        (Malformed("too_deep"), 400, "too_deep"),
        (Conflict(), 409, "conflict"),
        (Contended("contended"), 503, "contended"),
        (Temporary("table_busy"), 503, "table_busy"),
        (Permanent("too_large"), 413, "too_large"),
        (Permanent("bad_cursor", field="cursor"), 400, "bad_cursor"),
        (Permanent("no_credentials"), 409, "no_credentials"),
        (TooLarge("too_large"), 413, "too_large"),
        (client_error("AccessDeniedException", "key"), 500, "internal"),
        (ZeroDivisionError(), 500, "internal"),
    ],
)
def test_each_kind_of_error_has_its_status(error: Exception, status: int, code: str) -> None:
    """api.md, Errors."""
    answer = answer_to(error, "vi")
    body: dict[str, Any] = json.loads(answer["body"])

    assert (answer["statusCode"], body["error"]["code"]) == (status, code)
    assert set(body["error"]) == {"code", "message", "field", "details"}
    assert body["error"]["message"]


def test_who_is_told_to_wait_is_told_how_long() -> None:
    assert answer_to(Throttled("throttled", retry_after=7.2), "vi")["headers"]["retry-after"] == "7"
    assert answer_to(Temporary("table_busy"), "vi")["headers"]["retry-after"] == "5"


def test_details_go_along() -> None:
    body = json.loads(answer_to(Clash("backfill_running", count=2, first=["a", "b"]), "en")["body"])

    assert body["error"]["details"] == {"count": 2, "first": ["a", "b"]}


@pytest.mark.parametrize(
    "accept, language",
    [
        ("", "vi"),
        ("fr", "vi"),
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("vi;q=0.3, en;q=0.8", "en"),
        ("en;q=0", "vi"),
        ("en;q=lots, vi", "vi"),
    ],
)
def test_the_language_is_the_preferred_one_of_the_two(accept: str, language: str) -> None:
    assert language_of(accept) == language


def test_every_message_is_there_in_both_languages() -> None:
    assert all(vietnamese and english for vietnamese, english in MESSAGES.values())
    same = {vietnamese for vietnamese, english in MESSAGES.values() if vietnamese == english}
    assert same == {"Email & Password", "Facebook", "Webform"}, "words of the screens that are names in both"
