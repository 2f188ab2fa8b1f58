"""KiotViet's webhooks: which are believed, what becomes of their items, and that none is ever answered 4xx."""

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
from retailhub.platforms.kiotviet.webhook import receive
from retailhub.platforms.webhooks import Request, Verdict

REGISTERED = "aHViLXRlc3Qtc2VjcmV0LTAx"
SECRET = Secret(current=REGISTERED)
NOW = "2026-05-14T03:30:00.000000Z"
VECTOR = (
    b'{"Id":"5f0c3c0e9d7a4f6c8a1b2c3d4e5f6071","Attempt":1,'
    b'"Notifications":[{"Action":"customer.delete.500123456","Data":[90210001]}]}'
)
AS_TEXT = "sha1=17f8d25bcfe430ca9e69276ac0c2f8050b3a9aaf37959963263268edcaab7e2d"
DECODED = "sha1=c2b46bef5ec6a8bbac57bdfb7a6cb615d5f1d43a9130b2edbc891fa9df31cbf4"


def call(body: bytes, signature: str | None = None, topic: str = "customer.update", secret: Secret = SECRET) -> Verdict:
    """Deliver a body; without a signature it is signed rightly."""
    right = "sha1=" + hmac.new(REGISTERED.encode(), body, hashlib.sha256).hexdigest()
    headers = {"x-hub-signature": right if signature is None else signature}
    return receive(Request("kv", "POST", headers, {}, body, topic, NOW), secret)


def told(body: Any, topic: str = "customer.update") -> list[Change]:
    """The changes of a rightly signed JSON body."""
    return call(json.dumps(body).encode(), topic=topic).changes


def envelope(*notifications: Any) -> dict[str, Any]:
    """An envelope as KiotViet sends it."""
    return {"Id": "0b6f1a52c7d84e0f9a3e5d6c7b8a9012", "Attempt": 1, "Notifications": list(notifications)}


class TestProof:
    """The signature: HMAC-SHA256 of the raw bytes under a label that says sha1 (kiotviet.md §2.4)."""

    @pytest.mark.parametrize(
        "signature, proof", [(AS_TEXT, "text"), (DECODED, "decoded"), (AS_TEXT.removeprefix("sha1="), "text")]
    )
    def test_both_readings_of_the_key_are_tried(self, signature: str, proof: str) -> None:
        """The two vectors of the sheet; the change says which reading held."""
        verdict = call(VECTOR, signature, "customer.delete")

        assert [(c.action, c.source_id, c.proof) for c in verdict.changes] == [("delete", "90210001", proof)]

    @pytest.mark.parametrize("pinned, signature", [("decoded", AS_TEXT), ("text", DECODED)])
    def test_once_a_reading_is_known_the_other_is_refused(self, pinned: str, signature: str) -> None:
        """A pinned reading is the only one."""
        verdict = call(VECTOR, signature, secret=Secret(current=REGISTERED, proof=pinned))

        assert verdict.cause == "bad_signature"

    @pytest.mark.parametrize(
        "signature",
        ["", "sha1=", "sha1=" + "0" * 64, AS_TEXT[:-1], AS_TEXT + "0", "sha1=é" + "0" * 63, "sha1=\udcff", "ü" * 5000],
    )
    def test_a_wrong_signature_is_answered_200_and_set_aside(self, signature: str) -> None:
        """A 4xx would end the subscription (kiotviet.md §0.2); the body is kept for a person, unread (F16, F20)."""
        verdict = call(VECTOR, signature)

        assert (verdict.status, verdict.cause) == (200, "bad_signature")
        assert [(c.action, c.reason) for c in verdict.changes] == [("quarantine", "bad_signature")]
        assert base64.b64decode(verdict.changes[0].payload["body"]) == VECTOR

    def test_a_changed_body_is_not_believed(self) -> None:
        """One byte is enough."""
        assert call(VECTOR.replace(b"90210001", b"90210002"), AS_TEXT).cause == "bad_signature"

    def test_without_a_secret_nothing_is_believed(self) -> None:
        """An empty secret signs nothing."""
        empty = "sha1=" + hmac.new(b"", VECTOR, hashlib.sha256).hexdigest()

        assert call(VECTOR, empty, secret=Secret()).cause == "bad_signature"

    def test_the_secret_before_is_good_until_its_hour(self) -> None:
        """Rotation: old and new in the overlap, the old one refused after (F19)."""
        rotated = Secret(current="bmV3LW9uZQ==", previous=REGISTERED, previous_until="2026-05-14T04:00:00.000000Z")
        over = Secret(current="bmV3LW9uZQ==", previous=REGISTERED, previous_until=NOW)

        assert call(VECTOR, AS_TEXT, secret=rotated).cause == ""
        assert call(VECTOR, AS_TEXT, secret=over).cause == "bad_signature"


class TestHandshake:
    """GET …?echo= comes back as plain text (kiotviet.md §2.1)."""

    def test_the_token_comes_back(self) -> None:
        """200 and the token, no change."""
        verdict = receive(Request("kv", "GET", query={"echo": "b7d1"}), SECRET)

        assert (verdict.status, verdict.text, verdict.changes) == (200, "b7d1", [])

    def test_a_get_without_token_is_no_4xx_either(self) -> None:
        """Somebody opens the address in a browser."""
        assert receive(Request("kv", "GET"), SECRET).status == 200


class TestSplitting:
    """One change per record; one bad item never drops its siblings (F11)."""

    def test_an_import_becomes_one_change_per_record(self) -> None:
        """Several notifications with several items (A-KV-9)."""
        first = {"Action": "customer.update.500123456", "Data": [{"Id": 1, "Name": "A"}, {"Id": 2}]}
        second = {"Action": "customer.update", "Data": [{"Id": 3}]}

        changes = told(envelope(first, second))

        assert [(c.type, c.source_id, c.action, c.via) for c in changes] == [
            ("customer", "1", "upsert", "webhook"),
            ("customer", "2", "upsert", "webhook"),
            ("customer", "3", "upsert", "webhook"),
        ]
        assert changes[0].payload == {"Id": 1, "Name": "A"}
        assert (changes[0].connection, changes[0].topic, changes[0].received_at) == ("kv", "customer.update", NOW)

    def test_invoices_become_contracts(self) -> None:
        """R-KV-10."""
        changes = told(envelope({"Action": "invoice.update.1", "Data": [{"Id": 5}]}), "invoice.update")

        assert [(c.type, c.source_id) for c in changes] == [("contract", "5")]

    @pytest.mark.parametrize(
        "bad", [None, 7, "x", [], {}, {"Id": None}, {"Id": "7a"}, {"Id": True}, {"Id": -1}, {"Id": 0}, {"Id": 1.5}]
    )
    def test_an_item_without_usable_id_is_set_aside_alone(self, bad: Any) -> None:
        """Its siblings go on; only that item is kept with it."""
        changes = told(envelope({"Action": "product.update.1", "Data": [{"Id": 1}, bad, {"Id": "2"}]}))

        assert [(c.action, c.source_id) for c in changes] == [("upsert", "1"), ("quarantine", ""), ("upsert", "2")]
        assert changes[1].reason == "no_id"
        assert changes[1].payload == (bad if bad != {"Id": 1.5} else {"Id": "1.5"})

    @pytest.mark.parametrize("bad", [None, 7, {}, {"Action": "customer.update"}, {"Action": 3, "Data": [{"Id": 1}]}])
    def test_a_torn_notification_leaves_the_others_alone(self, bad: Any) -> None:
        """A notification without action or data."""
        changes = told(envelope(bad, {"Action": "customer.update", "Data": [{"Id": 9}]}))

        assert [c.action for c in changes] == ["quarantine", "upsert"]
        assert changes[0].reason in ("no_action", "no_data")

    def test_keys_are_read_in_any_case(self) -> None:
        """`isActive` stands between PascalCase (kiotviet.md §2.3)."""
        changes = told({"notifications": [{"action": "Customer.Update.1", "data": [{"id": 4}]}]})

        assert [(c.type, c.source_id) for c in changes] == [("customer", "4")]

    @pytest.mark.parametrize("body", [{"RemoveId": [31, 32]}, {"removeId": [31, 32]}, {"RemovedIds": ["31", 32]}])
    def test_a_bare_delete_is_of_the_addresses_type(self, body: Any) -> None:
        """Nothing in the body says which entity: the path does (kiotviet.md §2.3)."""
        changes = told(body, "product.delete")

        assert [(c.type, c.action, c.payload) for c in changes] == [
            ("product", "delete", {"removed": "31"}),
            ("product", "delete", {"removed": "32"}),
        ]

    def test_an_enveloped_delete_carries_bare_ids(self) -> None:
        """The other shape of a delete."""
        changes = told(envelope({"Action": "product.delete.1", "Data": [31, {"Id": 32}, "x"]}), "product.delete")

        assert [(c.action, c.source_id) for c in changes] == [("delete", "31"), ("delete", "32"), ("quarantine", "")]

    @pytest.mark.parametrize("topic", ["order.update", "stock.update", "pricebook.delete", "customer.sing", "nonsense"])
    def test_other_topics_are_ignored(self, topic: str) -> None:
        """A-KV-4: orders are not imported; what we do not take is proven, answered 200 and noted."""
        changes = told(envelope({"Action": f"{topic}.500", "Data": [{"Id": 1}]}), topic)

        assert [(c.action, c.reason) for c in changes] == [("ignore", "unknown_topic")]

    @pytest.mark.parametrize(
        "body, reason",
        [
            (b"", "not_json"),
            (b"{", "not_json"),
            (b"[]", "not_an_object"),
            (b'"x"', "not_an_object"),
            (b"{}", "no_notifications"),
            (b"\xff\xfe", "not_utf8"),
            (b'{"Notifications":NaN}', "not_json"),
            (b'{"a":' * 200 + b"1" + b"}" * 200, "too_deep"),
            (b'{"Notifications":[{"Data":[' + b"9" * 5000 + b"]}]}", "not_json"),
        ],
    )
    def test_an_unreadable_body_is_kept_and_answered_200(self, body: bytes, reason: str) -> None:
        """Proven but unreadable: a person shall see it (F22, F23, F24)."""
        verdict = call(body)

        assert (verdict.status, verdict.cause) == (200, reason)
        assert [(c.action, c.reason) for c in verdict.changes] == [("quarantine", reason)]

    def test_the_same_words_give_the_same_event(self) -> None:
        """A retry differs in `Attempt` only; its records are the same events (kiotviet.md §2.5)."""
        body = envelope({"Action": "customer.update.1", "Data": [{"Id": 1, "ModifiedDate": "2026-05-14T10:22:31"}]})

        again = told({**body, "Attempt": 2})

        assert [c.event_id for c in again] == [c.event_id for c in told(body)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["Id", "Action", "Data", "Notifications", "RemoveId"]) | st.text(max_size=5), inner
        )
    ),
    max_leaves=15,
)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.text(max_size=80), st.text(max_size=30), st.sampled_from(["GET", "POST", "PUT"]))
def test_whatever_comes_is_answered_200(body: bytes, signature: str, topic: str, method: str) -> None:
    """No bytes and no headers make us answer KiotViet with a 4xx or a crash."""
    verdict = receive(Request("kv", method, {"x-hub-signature": signature}, {}, body, topic, NOW), SECRET)

    assert verdict.status == 200


@settings(max_examples=150, deadline=None)
@given(JSON, st.text(max_size=30))
def test_whatever_is_signed_becomes_changes_that_travel(body: Any, topic: str) -> None:
    """Every proven body ends in changes that survive the queue."""
    verdict = call(json.dumps(body).encode(), topic=topic)

    assert verdict.status == 200
    assert all(unpack(pack(change)).event_id == change.event_id for change in verdict.changes)
