"""CRMVIET's webhook: our own secret in a header, eight actions, one record each."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retailhub.domain.changes import Change, pack, unpack
from retailhub.domain.connections import Secret
from retailhub.platforms.crmviet.webhook import receive
from retailhub.platforms.webhooks import Request, Verdict

KEY = "crmviet-test-secret-01"
SECRET = Secret(current=KEY)
NOW = "2026-05-14T03:30:00.000000Z"


def call(body: bytes, key: str = KEY, secret: Secret = SECRET) -> Verdict:
    """Deliver a body with a secret in the header."""
    return receive(Request("crm", "POST", {"x-retailhub-secret": key}, {}, body, "", NOW), secret)


def told(action: str, data: Any, **more: Any) -> list[Change]:
    """The changes of a proven event."""
    return call(json.dumps({"action": action, "event_id": "e-1", "data": data, **more}).encode()).changes


@pytest.mark.parametrize("key", ["", "wrong", KEY + " x", KEY[:-1], "é" * 10, "\udcff"])
def test_a_stranger_gets_401_and_nothing_is_queued(key: str) -> None:
    """F16: the body is not even read."""
    verdict = call(b'{"action":"ADD_CUSTOMER","data":{"CUSTOMER_ID":1}}', key)

    assert (verdict.status, verdict.cause, verdict.changes) == (401, "forged", [])


def test_without_a_secret_nobody_is_believed() -> None:
    """An empty header does not equal an empty secret."""
    assert call(b"{}", "", Secret()).status == 401


@pytest.mark.parametrize(
    "action, name, record_type, deleted",
    [
        ("ADD_CUSTOMER", "CUSTOMER_ID", "customer", False),
        ("edit_customer", "customer_id", "customer", False),
        ("DELETE_CUSTOMER", "CUSTOMER_ID", "customer", True),
        ("ADD_CONTRACT", "CONTRACT_ID", "contract", False),
        ("EDIT_CONTRACT", "CONTRACT_ID", "contract", False),
        ("CHANGE_CONTRACT_STATUS", "CONTRACT_ID", "contract", False),
        ("DELETE_CONTRACT", "CONTRACT_ID", "contract", True),
    ],
)
def test_each_action_is_a_change(action: str, name: str, record_type: str, deleted: bool) -> None:
    """crmviet.md §1."""
    (change,) = told(action, {name: 81207})

    assert (change.type, change.source_id) == (record_type, "81207")
    assert change.action == ("delete" if deleted else "upsert")
    assert change.payload == (
        {"removed": "81207"} if deleted else {"action": action, "event_id": "e-1", "data": {name: 81207}}
    )


def test_an_action_that_we_do_not_know_is_ignored() -> None:
    """The eighth one's name is cut off in the manual."""
    assert [(c.action, c.reason) for c in told("ADD_TICKET", {})] == [("ignore", "unknown_topic")]


@pytest.mark.parametrize(
    "body, reason",
    [
        (b"", "not_json"),
        (b"[]", "not_an_object"),
        (b'{"action":"ADD_CUSTOMER"}', "no_data"),
        (b'{"action":"ADD_CUSTOMER","data":{}}', "no_id"),
        (b'{"action":"ADD_CUSTOMER","data":{"CUSTOMER_ID":true}}', "no_id"),
        (b'{"action":"ADD_CUSTOMER","data":{"CUSTOMER_ID":"a b"}}', "no_id"),
    ],
)
def test_a_proven_but_unreadable_event_is_kept(body: bytes, reason: str) -> None:
    """200 and set aside (F22)."""
    verdict = call(body)

    assert (verdict.status, verdict.cause) == (200, reason)
    assert [(c.action, c.reason) for c in verdict.changes] == [("quarantine", reason)]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.text(max_size=30), st.booleans())
def test_nothing_makes_it_fall(body: bytes, key: str, known: bool) -> None:
    """Any bytes, any header: an answer, and changes that travel."""
    verdict = call(body, KEY if known else key)

    assert verdict.status in (200, 401)
    assert all(unpack(pack(change)).event_id == change.event_id for change in verdict.changes)
