"""Getfly's webhooks: a secret in the body is their only proof, and it is never kept."""

import base64
import json
from typing import Any
from urllib.parse import urlencode

import pytest

from retailhub.domain.changes import Change, pack
from retailhub.domain.connections import Secret
from retailhub.platforms.getfly.webhook import receive
from retailhub.platforms.webhooks import Request, Verdict

KEY = "invented-getfly-secret-0001"
SECRET = Secret(current=KEY)
NOW = "2026-05-14T03:30:00.000000Z"
UID = "0e6f2c1a-5f0b-4c9e-9f3a-2f1a7c55d001"
DOMAIN = "cuahangmau.getflycrm.com"


def form(fields: dict[str, Any]) -> bytes:
    """A web form as PHP writes it."""
    return urlencode(fields).encode()


def message(event: str = "order.created", key: Any = KEY, **data: Any) -> dict[str, Any]:
    """A message in JSON form."""
    return {"event": event, "secret_key": key, "domain": DOMAIN, "uid": UID, "data": data or {"order_id": 40217}}


def call(body: bytes, secret: Secret = SECRET, now: str = NOW) -> Verdict:
    """Deliver a body."""
    return receive(Request("gf", "POST", {"user-agent": "GuzzleHttp/7"}, {}, body, "", now), secret)


def told(body: Any) -> list[Change]:
    """The changes of a JSON body that is accepted."""
    verdict = call(json.dumps(body).encode())
    assert (verdict.status, verdict.cause) == (200, "")
    return verdict.changes


PLAIN = {
    "event": "order.created",
    "secret_key": KEY,
    "domain": DOMAIN,
    "uid": UID,
    "created_at": "1718699004",
    "data[order_id]": "40217",
    "data[order_code]": "KV-HD045512",
}
DOUBLE = {
    "event": "order.approved",
    "secret_key": KEY,
    "data[event]": "order.approved",
    "data[secret_key]": KEY,
    "data[data][order_id]": "40217",
    "data[data][order_code]": "KV-HD045512",
    "data[domain]": DOMAIN,
    "data[uid]": UID,
    "domain": DOMAIN,
    "uid": UID,
}
UPDATED = {
    "event": "customer.updated",
    "secret_key": KEY,
    "domain": DOMAIN,
    "uid": UID,
    "data[account_id]": "5127",
    "data[data_change][updated_by][id]": "12",
    "data[data_change][updated_by][display_name]": "NV Minh",
    "data[data_change][data][a.phone_office][field_desc]": "Điện thoại",
    "data[data_change][data][a.phone_office][old_value]": "",
    "data[data_change][data][a.phone_office][new_value]": "0905550142",
    "data[data_change][data][custom_fields[kv_id]][new_value]": "88410217",
}


class TestProof:
    """The secret in the body is all there is (F16)."""

    @pytest.mark.parametrize(
        "key", ["wrong", "", None, 0, True, [KEY], {"a": KEY}, KEY + "\n", "khóa-bí-mật", "\ud800", KEY.upper()]
    )
    def test_a_wrong_secret_is_refused_and_nothing_is_kept(self, key: Any) -> None:
        """401, whatever stands there."""
        verdict = call(json.dumps(message(key=key)).encode())

        assert (verdict.status, verdict.cause, verdict.changes) == (401, "forged", [])

    def test_a_connection_without_a_secret_refuses_everything(self) -> None:
        """Getfly sends an empty secret if none is set: that proves nothing."""
        verdict = call(form({**PLAIN, "secret_key": ""}), Secret())

        assert (verdict.status, verdict.cause) == (401, "forged")

    def test_the_old_secret_is_good_for_a_while(self) -> None:
        """Rotation: both are live in the overlap (F19)."""
        rotated = Secret(
            current="invented-getfly-secret-0002", previous=KEY, previous_until="2026-05-14T04:00:00.000000Z"
        )

        assert call(form(PLAIN), rotated).status == 200
        assert call(form(PLAIN), rotated, now="2026-05-14T04:00:01.000000Z").status == 401

    @pytest.mark.parametrize(
        "body", [b"", b"{", b"[]", b"[1]", b'{"a":' * 100_000, b"\xff\xfe", b"&".join([b"a=1"] * 6000), b'{"a": NaN}']
    )
    def test_what_cannot_be_read_proves_nothing(self, body: bytes) -> None:
        """Torn, deep, huge or foreign bodies are refused, not kept (F16, F23)."""
        assert call(body).status == 401

    @pytest.mark.parametrize(
        "body, reason",
        [
            (form({**PLAIN, "data" + "[x]" * 40: "1"}), "too_deep"),
            (form({**PLAIN, "data": "1"}), "ambiguous"),
        ],
    )
    def test_a_proven_call_that_cannot_be_read_is_kept_without_its_secret(self, body: bytes, reason: str) -> None:
        """Answered 200, quarantined for a person (F22, F27)."""
        verdict = call(body)

        assert verdict.status == 200
        [change] = verdict.changes
        assert (change.action, change.reason) == ("quarantine", reason)
        kept = base64.b64decode(change.payload["body"])
        assert b"40217" in kept
        assert KEY.encode() not in kept

    @pytest.mark.parametrize("body", [form(PLAIN), form(DOUBLE), form(UPDATED), json.dumps(message()).encode()])
    def test_nothing_of_the_secret_leaves_with_the_changes(self, body: bytes) -> None:
        """The secret is taken out before anything is kept (getfly.md §8)."""
        assert KEY not in "".join(pack(change) for change in call(body).changes)
