"""Getfly's webhooks: two notations, two envelopes, one secret that is never kept."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retailhub.domain.changes import pack, unpack
from tests.unit.platforms.getfly_samples import (
    DOUBLE,
    KEY,
    NOW,
    PLAIN,
    UID,
    UPDATED,
    call,
    form,
    message,
    told,
)


class TestSplit:
    """What a proven call tells (getfly.md §8)."""

    @pytest.mark.parametrize(
        "fields, kind, source_id",
        [(PLAIN, "order", "40217"), (DOUBLE, "order", "40217"), (UPDATED, "customer", "5127")],
    )
    def test_forms_in_both_envelopes_become_thin_changes(self, fields: Any, kind: str, source_id: str) -> None:
        """Documented shape, the captured double envelope, and customer.updated, which only looks double."""
        verdict = call(form(fields))

        assert verdict.status == 200
        [change] = verdict.changes
        assert (change.type, change.source_id, change.action) == (kind, source_id, "upsert")
        assert (change.payload, change.uid, change.topic) == (None, UID, fields["event"])
        assert (change.connection, change.via, change.received_at) == ("gf", "webhook", NOW)

    def test_json_is_read_like_a_form(self) -> None:
        """The v3 page prints JSON: both notations give one event."""
        assert told(message(order_id=40217))[0] == call(form({**PLAIN, "data[order_code]": ""})).changes[0]

    def test_a_double_envelope_in_json(self) -> None:
        """The outer data repeats the whole message."""
        inner = message("order.approved", order_id="40217")

        [change] = told({"event": "order.approved", "secret_key": KEY, "data": inner})

        assert (change.source_id, change.uid) == ("40217", UID)

    @pytest.mark.parametrize(
        "event, data, kind, action",
        [
            ("customer.created", {"account_id": 1}, "customer", "upsert"),
            ("customer.updated", {"account_id": 1}, "customer", "upsert"),
            ("customer.deleted", {"account_id": 1}, "customer", "delete"),
            ("customer.hard_deleted", {"account_id": 1}, "customer", "delete"),
            ("customer_edited", {"account_id": 1}, "customer", "upsert"),
            ("Account.Create", {"account_id": 1}, "customer", "upsert"),
            ("order.approved", {"order_id": 1}, "order", "upsert"),
            ("order.edited", {"order_id": 1}, "order", "upsert"),
            ("order_updated", {"order_id": 1}, "order", "upsert"),
            ("product.created", {"product_id": 1}, "product", "upsert"),
            ("product.edited", {"product_id": 1}, "product", "upsert"),
        ],
    )
    def test_events_of_both_generations(self, event: str, data: Any, kind: str, action: str) -> None:
        """Names of 6.x and the spellings that 4.0 may use (R-CNV-05…08)."""
        [change] = told(message(event, **data))

        assert (change.type, change.source_id, change.action) == (kind, "1", action)

    @pytest.mark.parametrize("event", ["store_sheet_out.created", "task.updated", "customer.exchange", "", "order", 7])
    def test_other_events_are_kept_as_ignored(self, event: Any) -> None:
        """Proven, and nothing for us."""
        [change] = told(message(event, account_id=1))

        assert (change.action, change.reason, change.topic) == ("ignore", "unknown_topic", str(event))

    @pytest.mark.parametrize(
        "data, source_id",
        [
            ({"order_code": "KV-HD045512"}, "code:KV-HD045512"),
            ({"order_id": "0", "order_code": "7"}, "code:7"),
            ({"order_id": 12, "order_code": "KV"}, "12"),
        ],
    )
    def test_a_code_stands_in_where_no_number_is(self, data: Any, source_id: str) -> None:
        """The number is the id of every type; a bare code is marked as one."""
        assert told(message("order.created", **data))[0].source_id == source_id

    def test_an_item_without_an_id_does_not_drop_its_siblings(self) -> None:
        """Each item has its own fate, and the bad one is kept alone (F11)."""
        body = {
            **message(),
            "data": [{"order_id": 1}, {"note": "x", "secret_key": KEY}, {"order_id": True}, {"order_id": 4}],
        }

        changes = told(body)

        assert [(c.action, c.source_id, c.reason) for c in changes] == [
            ("upsert", "1", ""),
            ("quarantine", "", "no_id"),
            ("quarantine", "", "no_id"),
            ("upsert", "4", ""),
        ]
        assert changes[1].payload == {"note": "x"}

    def test_a_repeat_is_the_same_event(self) -> None:
        """`uid` is the delivery's id (F01)."""
        first, again = call(form(PLAIN)), call(form(PLAIN), now="2026-05-14T03:31:00.000000Z")

        assert first.changes[0].event_id == again.changes[0].event_id

    def test_without_a_uid_two_notices_are_two_events(self) -> None:
        """Two edits of one customer say the same words; reading once too often is harmless, once too few is not."""
        body = json.dumps({"event": "customer.updated", "secret_key": KEY, "data": {"account_id": 5}}).encode()

        first, second = call(body), call(body, now="2026-05-14T03:31:00.000000Z")

        assert first.changes[0].event_id != second.changes[0].event_id


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_it(body: bytes) -> None:
    """Whatever comes, there is a verdict."""
    assert call(body).status == 401


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["data", "event", "uid", "order_id", "account_code", "0", "x"]), inner, max_size=5
            )
        ),
        max_leaves=25,
    ),
    st.sampled_from(["order.created", "customer.updated", "x"]),
)
def test_no_proven_json_breaks_it(data: Any, event: str) -> None:
    """Any JSON with the right secret is answered 200, and its changes survive the queue."""
    verdict = call(json.dumps({"event": event, "secret_key": KEY, "data": data}).encode())

    assert verdict.status == 200
    assert [unpack(pack(change)) for change in verdict.changes] == verdict.changes


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.text(alphabet="data[]xuidevent_0.", max_size=30), st.text(max_size=10)), max_size=20))
def test_no_proven_form_breaks_it(fields: list[tuple[str, str]]) -> None:
    """Any brackets with the right secret are answered 200."""
    assert call(urlencode([("secret_key", KEY), *fields]).encode("utf-8", "replace")).status == 200
