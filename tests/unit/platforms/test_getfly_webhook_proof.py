"""Getfly's webhooks: a secret in the body is their only proof, and it is never kept."""

import base64
import json
from typing import Any

import pytest

from retailhub.domain.changes import pack
from retailhub.domain.connections import Secret
from tests.unit.platforms.getfly_samples import (
    DOUBLE,
    KEY,
    PLAIN,
    UPDATED,
    call,
    form,
    message,
)


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
