import json
from dataclasses import replace
from decimal import Decimal

import pytest

from retailhub.domain.changes import COMPRESS_FROM, Change, canonical, digest, pack, unpack


def test_a_change_survives_its_queue_message() -> None:
    """Every field of a change comes out of the queue as it went in."""
    payload = {"a": [1, "é", None]}
    change = Change("shop1", "order", "7", "delete", payload, "catch_up", "orders/paid", "2026", attempt=3)
    assert unpack(pack(change)) == change


def test_a_large_payload_travels_compressed() -> None:
    """F21: an order of 1,000 lines fits into a queue message."""
    change = Change("shop1", "order", "7", payload={"lines": [{"sku": f"A{n}", "name": "Áo dài"} for n in range(3000)]})
    message = pack(change)
    assert len(message) < COMPRESS_FROM < len(canonical(change.payload))
    assert unpack(message) == change


def test_a_lone_surrogate_survives() -> None:
    """F22: rubbish in a name does not stop the queue."""
    change = Change("shop1", "customer", "7", payload={"name": "\ud800"})
    assert unpack(pack(change)) == change


def test_a_message_of_another_format_is_refused() -> None:
    """F44: a message of an unknown envelope is not misread."""
    message = json.dumps({**json.loads(pack(Change("c", "order", "1"))), "envelope": 2})
    with pytest.raises(ValueError, match="unknown envelope"):
        unpack(message)


def test_the_same_words_make_the_same_event() -> None:
    """F01: platforms give no reliable delivery id, so the words themselves are the id, by whatever way they came."""
    first = Change("shop1", "customer", "7", payload={"a": 1, "b": 2}, via="webhook", received_at="x")
    again = Change("shop1", "customer", "7", payload={"b": 2, "a": 1}, via="catch_up", received_at="y")
    assert first.event_id == again.event_id
    assert replace(first, attempt=1).event_id == first.event_id


@pytest.mark.parametrize("other", [{"connection": "shop2"}, {"source_id": "8"}, {"payload": {"a": 2}}, {"uid": "u"}])
def test_other_words_make_another_event(other: dict[str, object]) -> None:
    """Two different statements are never taken for one."""
    change = {"connection": "shop1", "type": "customer", "source_id": "7", "payload": {"a": 1}}
    assert Change(**change).event_id != Change(**change | other).event_id  # type: ignore[arg-type]


def test_amounts_have_one_fingerprint_however_many_zeros_they_came_with() -> None:
    """F59: `600000`, `600000.00` and `6E+5` are one amount."""
    same = {digest({"price": price}) for price in (600000, Decimal("600000.00"), Decimal("6E+5"))}
    assert len(same) == 1
    assert digest({"price": Decimal("600000.5")}) not in same
