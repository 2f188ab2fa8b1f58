"""CNV's webhooks: a door that stays shut until id and secret are agreed on, and believes nothing but ids."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retailhub.domain.changes import pack, unpack
from retailhub.domain.connections import Secret
from retailhub.platforms.cnv_loyalty.webhook import receive
from retailhub.platforms.webhooks import Request, Verdict

ID = "invented-cnv-client"
KEY = "invented-cnv-secret-0001"
SECRET = Secret({"client_id": ID}, current=KEY)
NOW = "2026-05-14T03:30:00.000000Z"
RIGHT = {"x-client-id": ID, "x-client-secret": KEY}


def call(body: Any, headers: dict[str, str] | None = None, secret: Secret = SECRET, now: str = NOW) -> Verdict:
    """Deliver a body."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return receive(Request("cnv", "POST", RIGHT if headers is None else headers, {}, raw, "", now), secret)


@pytest.mark.parametrize(
    "event, kind", [("customer.created", "customer"), ("order.updated", "order"), ("orders/create", "order")]
)
def test_a_proven_call_becomes_a_thin_change(event: str, kind: str) -> None:
    """The record is read from CNV; what the call says of it is not believed (cnv_loyalty.md §3)."""
    [change] = call({"event": event, "data": {"id": 99120034, "total_price": 1}}).changes

    assert (change.type, change.source_id, change.action, change.payload) == (kind, "99120034", "upsert", None)
    assert (change.topic, change.received_at) == (event, NOW)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-client-id": ID},
        {"x-client-secret": KEY},
        {**RIGHT, "x-client-id": "somebody-else"},
        {**RIGHT, "x-client-secret": "wrong"},
        {**RIGHT, "x-client-secret": "khóa-bí-mật"},
        {**RIGHT, "x-client-secret": ""},
    ],
)
def test_id_and_secret_must_both_be_right(headers: dict[str, str]) -> None:
    """401 and nothing kept (F16)."""
    verdict = call({"event": "order.created", "data": {"id": 1}}, headers)

    assert (verdict.status, verdict.cause, verdict.changes) == (401, "forged", [])


@pytest.mark.parametrize("secret", [Secret({"client_id": ID}), Secret({}, current=KEY), Secret()])
def test_the_door_is_shut_until_both_are_set(secret: Secret) -> None:
    """Off by default (§3): blank headers prove nothing against a blank secret."""
    for headers in (RIGHT, {"x-client-id": "", "x-client-secret": ""}, {}):
        assert call({"event": "order.created", "data": {"id": 1}}, headers, secret).status == 401


def test_the_old_secret_is_good_for_a_while() -> None:
    """Rotation: both are live in the overlap (F19)."""
    rotated = Secret({"client_id": ID}, "invented-cnv-secret-0002", KEY, "2026-05-14T04:00:00.000000Z")

    assert call({"event": "order.created", "data": {"id": 1}}, secret=rotated).status == 200
    assert call({"event": "order.created", "data": {"id": 1}}, secret=rotated, now="2026-05-14T04:01:00Z").status == 401


@pytest.mark.parametrize(
    "body, reason", [(b"{", "not_json"), (b"[1]", "not_an_object"), (b"\xff", "not_utf8"), (b'{"a":' * 100, "too_deep")]
)
def test_a_proven_call_that_cannot_be_read_is_kept(body: bytes, reason: str) -> None:
    """200, quarantined, without the headers that prove (F22)."""
    [change] = call(body).changes

    assert (change.action, change.reason) == ("quarantine", reason)
    assert KEY not in pack(change)


def test_an_item_without_an_id_does_not_drop_its_siblings() -> None:
    """Each item has its own fate (F11)."""
    changes = call({"event": "order.updated", "data": [{"id": 1}, {"id": None}, {"id": True}, 7, {"id": "4"}]}).changes

    assert [(c.action, c.source_id) for c in changes] == [
        ("upsert", "1"),
        ("quarantine", ""),
        ("quarantine", ""),
        ("quarantine", ""),
        ("upsert", "4"),
    ]


@pytest.mark.parametrize("event", ["product.created", "customer.deleted", "", None, 7])
def test_other_events_are_kept_as_ignored(event: Any) -> None:
    """Proven, and nothing for us."""
    [change] = call({"event": event, "data": {"id": 1}}).changes

    assert (change.action, change.reason) == ("ignore", "unknown_topic")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.text(max_size=20), st.booleans())
def test_nothing_breaks_it(body: bytes, key: str, right: bool) -> None:
    """Whatever comes, there is a verdict, and its changes survive the queue."""
    verdict = call(body, {**RIGHT, **({} if right else {"x-client-secret": key})})

    assert verdict.status == (200 if right else 401)
    assert [unpack(pack(change)) for change in verdict.changes] == verdict.changes
