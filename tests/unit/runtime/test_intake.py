"""What a webhook function reads from an API Gateway event (payload format 2.0)."""

import base64
from datetime import UTC, datetime

import pytest

from retailhub.domain.instants import parse, stamp
from retailhub.runtime.intake import now, read


def test_the_body_s_bytes_are_exactly_those_that_were_signed() -> None:
    """F21: the gateway encodes what is not plain text; proofs are over the raw bytes."""
    raw = bytes(range(256))

    assert read({"body": base64.b64encode(raw).decode(), "isBase64Encoded": True}).body == raw
    assert read({"body": "Trần 🛍️ \ud800", "isBase64Encoded": False}).body == "Trần 🛍️ \ud800".encode(
        "utf-8", "surrogatepass"
    )


@pytest.mark.parametrize("broken", ["%%%", "QUJD\nRA==", "QUJ", "é"])
def test_base64_is_read_strictly(broken: str) -> None:
    """F20: lax decoding would accept rubbish."""
    assert read({"body": broken, "isBase64Encoded": True}).body == b""


@pytest.mark.parametrize("event", [{}, dict.fromkeys(["headers", "pathParameters", "requestContext", "body"])])
def test_what_is_missing_in_the_event_is_empty(event: dict[str, None]) -> None:
    request = read(event)

    assert (request.connection, request.topic, request.headers, request.query, request.body) == ("", "", {}, {}, b"")
    assert request.method == "POST"


def test_headers_are_found_whatever_their_case_and_repeated_ones_are_joined() -> None:
    event = {"headers": {"X-Haravan-Topic": "orders/create", "X-Two": ["a", "b"], "x-none": None, "x-number": 7}}

    assert read(event).headers == {"x-haravan-topic": "orders/create", "x-two": "a,b", "x-number": "7"}


def test_connection_topic_method_and_query_come_from_their_places() -> None:
    request = read(
        {
            "pathParameters": {"connection_id": "kv0example", "type": "customer.update"},
            "requestContext": {"http": {"method": "get"}},
            "queryStringParameters": {"hub.mode": "subscribe"},
        }
    )

    assert (request.connection, request.topic, request.method) == ("kv0example", "customer.update", "GET")
    assert request.query == {"hub.mode": "subscribe"}


def test_now_is_the_present_instant_as_the_hub_writes_instants() -> None:
    assert abs((parse(now()) - datetime.now(UTC)).total_seconds()) < 5
    assert stamp(parse(now())).endswith("Z")
