"""Haravan's webhooks: which are believed, whose they are, and what becomes of them."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retailhub.domain.changes import Change, pack, unpack
from retailhub.domain.connections import Secret
from retailhub.platforms.haravan.webhook import receive
from retailhub.platforms.webhooks import Request, Verdict

KEY = "hrv-test-secret-01"
ORG = "200000999001"
SECRET = Secret(credentials={"access_token": "t", "org_id": ORG, "verify_token": "invented-verify"}, current=KEY)
NOW = "2026-05-14T03:30:00.000000Z"
VECTOR = '{"id":1300000001,"email":null,"phone":"0912000111","first_name":"An","last_name":"Trần"}'.encode()
SIGNATURE = "JGHrHmRtFt2C9IYy6LkTX5kimqQtmQ5fGClJlSmlreg="


def signed(body: bytes, key: str = KEY) -> str:
    """The right signature of a body."""
    return base64.b64encode(hmac.new(key.encode(), body, hashlib.sha256).digest()).decode()


def call(body: bytes, topic: str = "customers/update", secret: Secret = SECRET, **headers: str) -> Verdict:
    """Deliver a body, rightly signed unless a header says otherwise (underscores stand for dashes)."""
    given_headers = {name.replace("_", "-"): value for name, value in headers.items()}
    right = {"x-haravan-topic": topic, "x-haravan-org-id": ORG, "x-haravan-hmacsha256": signed(body)}
    return receive(Request("hrv", "POST", right | given_headers, {}, body, "", NOW), secret)


def told(body: Any, topic: str, **headers: str) -> list[Change]:
    """The changes of a rightly signed JSON body."""
    return call(json.dumps(body).encode(), topic, SECRET, **headers).changes


class TestProof:
    """Base64 of the HMAC-SHA256 of the raw bytes (haravan.md §2.3)."""

    def test_the_vector_of_the_sheet_is_believed(self) -> None:
        """90 bytes of UTF-8, known signature."""
        assert len(VECTOR) == 90

        verdict = call(VECTOR, x_haravan_hmacsha256=SIGNATURE)

        assert [(c.type, c.source_id, c.action) for c in verdict.changes] == [("customer", "1300000001", "upsert")]

    @pytest.mark.parametrize(
        "signature",
        ["", SIGNATURE[:-1], SIGNATURE.lower(), SIGNATURE.rstrip("="), "é" * 44, "%%%", "\udcff", "A" * 10000],
    )
    def test_a_wrong_signature_is_answered_200_and_set_aside(self, signature: str) -> None:
        """Refusals in a row would delete the subscription (haravan.md §2.5); the body is kept unread."""
        verdict = call(VECTOR, x_haravan_hmacsha256=signature)

        assert (verdict.status, verdict.cause) == (200, "bad_signature")
        assert [(c.action, c.reason) for c in verdict.changes] == [("quarantine", "bad_signature")]
        assert base64.b64decode(verdict.changes[0].payload["body"]) == VECTOR
        assert verdict.changes[0].topic == "customers/update"

    @pytest.mark.parametrize("name", ["client_secret", "webhook_secret"])
    def test_the_apps_and_the_shops_own_keys_hold(self, name: str) -> None:
        """An app signs with its client secret, a private webhook with the shop's authentication string."""
        secret = Secret(credentials={name: "another-invented-key"}, current=KEY)

        assert call(VECTOR, secret=secret, x_haravan_hmacsha256=signed(VECTOR, "another-invented-key")).cause == ""

    def test_without_a_key_nothing_is_believed(self) -> None:
        """An empty key signs nothing."""
        bare = Secret(credentials={"client_secret": ""})

        assert call(VECTOR, secret=bare, x_haravan_hmacsha256=signed(VECTOR, "")).cause == "bad_signature"


class TestShop:
    """Shops that use one app share its secret, so the org id must be ours (F18)."""

    @pytest.mark.parametrize("org", ["200000999002", "", "x"])
    def test_another_shops_delivery_is_set_aside(self, org: str) -> None:
        """Rightly signed, but not for this connection."""
        verdict = call(VECTOR, x_haravan_org_id=org)

        assert (verdict.status, verdict.cause) == (200, "wrong_org")
        assert [c.reason for c in verdict.changes] == ["wrong_org"]

    def test_without_a_known_org_the_proof_is_enough(self) -> None:
        """Private webhooks: the shop's own string proves the shop."""
        assert call(VECTOR, secret=Secret(current=KEY), x_haravan_org_id="").cause == ""


class TestHandshake:
    """Only app webhooks have one (haravan.md §2.1)."""

    @pytest.mark.parametrize("token", ["invented-verify", KEY])
    def test_the_challenge_comes_back(self, token: str) -> None:
        """The verify token is a credential, or the connection's own secret."""
        query = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "c-1"}

        verdict = receive(Request("hrv", "GET", query=query), SECRET)

        assert (verdict.status, verdict.text, verdict.changes) == (200, "c-1", [])

    @pytest.mark.parametrize(
        "query",
        [
            {},
            {"hub.mode": "subscribe", "hub.verify_token": "wrong", "hub.challenge": "c"},
            {"hub.mode": "subscribe", "hub.challenge": "c"},
            {"hub.mode": "unsubscribe", "hub.verify_token": "invented-verify", "hub.challenge": "c"},
        ],
    )
    def test_a_stranger_gets_401_and_no_challenge(self, query: dict[str, str]) -> None:
        """Whoever does not know the token learns nothing."""
        verdict = receive(Request("hrv", "GET", query=query), SECRET)

        assert (verdict.status, verdict.cause, verdict.changes) == (401, "forged", [])
        assert verdict.text != "c"


class TestTopics:
    """What each topic becomes (haravan.md §2.4)."""

    @pytest.mark.parametrize(
        "topic, kind",
        [
            ("orders/create", "order"),
            ("orders/updated", "order"),
            ("orders/update", "order"),
            ("orders/paid", "order"),
            ("orders/cancelled", "order"),
            ("orders/fulfilled", "order"),
            ("customers/create", "customer"),
            ("customers/update", "customer"),
            ("customers/enable", "customer"),
            ("customers/disable", "customer"),
        ],
    )
    def test_a_whole_record_is_an_upsert(self, topic: str, kind: str) -> None:
        """The body is the record itself, bare."""
        (change,) = told({"id": 15, "x": 1}, topic)

        assert (change.type, change.source_id, change.action) == (kind, "15", "upsert")
        assert (change.payload, change.topic, change.received_at) == ({"id": 15, "x": 1}, topic, NOW)

    @pytest.mark.parametrize("topic, kind", [("orders/delete", "order"), ("customers/deleted", "customer")])
    def test_a_delete_carries_the_id_only(self, topic: str, kind: str) -> None:
        """Both spellings."""
        (change,) = told({"id": 15}, topic)

        assert (change.type, change.action, change.payload) == (kind, "delete", {"removed": "15"})

    def test_a_refund_has_its_order_read_again(self) -> None:
        """Alone it says neither the order's status nor its total: a thin change of the order (A-HRV-3)."""
        (change,) = told({"id": 1010000061, "order_id": 1500000123, "transactions": []}, "refunds/create")

        assert (change.type, change.source_id, change.payload, change.uid) == (
            "order",
            "1500000123",
            None,
            "1010000061",
        )

    def test_two_refunds_of_one_order_are_two_events(self) -> None:
        """And one refund told twice is one."""
        first, again, second = (told({"id": n, "order_id": 15}, "refunds/create")[0].event_id for n in (1, 1, 2))

        assert first == again
        assert first != second

    @pytest.mark.parametrize("topic", ["products/update", "orders/sung", "carts/create", "", "orders", "é/ü"])
    def test_other_topics_are_ignored(self, topic: str) -> None:
        """Proven, answered 200 and noted (F26)."""
        assert [(c.action, c.reason) for c in told({"id": 1}, topic)] == [("ignore", "unknown_topic")]

    def test_a_test_delivery_is_not_applied(self) -> None:
        """X-Haravan-Test: the dashboard's button (haravan.md §2.3)."""
        changes = told({"id": 1}, "orders/create", x_haravan_test="True")

        assert [(c.action, c.reason) for c in changes] == [("ignore", "test")]

    def test_the_removal_of_the_app_is_noted(self) -> None:
        """app/uninstalled: the token is dead."""
        changes = told({"id": 1}, "app/uninstalled")

        assert [(c.action, c.reason) for c in changes] == [("ignore", "uninstalled")]

    def test_the_topic_may_stand_in_the_address(self) -> None:
        """Where a proxy drops headers: one private webhook per topic (haravan.md §5)."""
        headers = {"x-haravan-hmacsha256": signed(VECTOR), "x-haravan-org-id": ORG}

        verdict = receive(Request("hrv", "POST", headers, {"topic": "customers/update"}, VECTOR, "", NOW), SECRET)

        assert [c.source_id for c in verdict.changes] == ["1300000001"]

    @pytest.mark.parametrize(
        "body, reason",
        [
            (b"", "not_json"),
            (b"[]", "not_an_object"),
            (b"{}", "no_id"),
            (b'{"id":null}', "no_id"),
            (b'{"id":true}', "no_id"),
            (b'{"id":-5}', "no_id"),
            (b'{"id":1.5}', "no_id"),
            (b'{"id":"7x"}', "no_id"),
            (b"\xc3\x28", "not_utf8"),
            (b'{"id":NaN}', "not_json"),
            (b'{"a":' * 200 + b"1" + b"}" * 200, "too_deep"),
        ],
    )
    def test_an_unreadable_body_is_kept_and_answered_200(self, body: bytes, reason: str) -> None:
        """Proven but unreadable: a person shall see it (F22…F24)."""
        verdict = call(body)

        assert (verdict.status, verdict.cause) == (200, reason)
        assert [(c.action, c.reason) for c in verdict.changes] == [("quarantine", reason)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["id", "order_id", "Ø"]), inner),
    max_leaves=15,
)
TOPICS = st.sampled_from(["orders/create", "refunds/create", "customers/delete"]) | st.text(max_size=20)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.dictionaries(st.text(max_size=25), st.text(max_size=60)), TOPICS)
def test_no_delivery_is_refused(body: bytes, headers: dict[str, str], topic: str) -> None:
    """No bytes and no headers make us answer a delivery with anything but 200."""
    request = Request("hrv", "POST", {**headers, "x-haravan-topic": topic}, {}, body, "", NOW)

    assert receive(request, SECRET).status == 200


@settings(max_examples=150, deadline=None)
@given(JSON, TOPICS)
def test_whatever_is_signed_becomes_changes_that_travel(body: Any, topic: str) -> None:
    """Every proven body ends in changes that survive the queue."""
    verdict = call(json.dumps(body).encode(), topic)

    assert verdict.status == 200
    assert all(unpack(pack(change)).event_id == change.event_id for change in verdict.changes)
