"""The queues in SQS: what one call may hold, what a message may hold, and what happens when a call fails."""

import json
import random
from typing import Any

import pytest

from retailhub.domain.changes import Change, pack, unpack
from retailhub.domain.deliveries import Delivery, delivery_from
from retailhub.domain.errors import Permanent, Temporary
from retailhub.runtime.queues import BYTES_PER_CALL, PER_CALL, SqsQueues, packed

MEBIBYTE = 1024 * 1024


class Sqs:
    """The one call that the queues make; it refuses what SQS refuses."""

    def __init__(self, failing: Exception | None = None, refused: str = "") -> None:
        self.calls: list[tuple[str, list[dict[str, Any]]]] = []
        self._failing, self._refused = failing, refused

    def send_message_batch(self, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        if self._failing:
            raise self._failing
        assert 1 <= len(Entries) <= 10
        assert sum(len(entry["MessageBody"].encode()) for entry in Entries) <= MEBIBYTE
        assert len({entry["Id"] for entry in Entries}) == len(Entries)
        self.calls.append((QueueUrl, Entries))
        if self._refused:
            return {"Successful": [], "Failed": [{"Id": self._refused, "Code": "InternalError"}]}
        return {"Successful": [{"Id": entry["Id"]} for entry in Entries]}

    @property
    def bodies(self) -> list[str]:
        return [entry["MessageBody"] for _, entries in self.calls for entry in entries]


def queues(sqs: Sqs) -> SqsQueues:
    return SqsQueues(sqs, "changes", "pulls", "resumptions", {"getfly": "getfly.fifo", "haravan": ""})


def change(number: int, payload: Any = None) -> Change:
    return Change("shop", "customer", str(number), payload=payload)


def noise(size: int) -> str:
    """Text that cannot be compressed much."""
    return random.Random(size).randbytes(size // 2).hex()


@pytest.mark.parametrize("records, calls", [(0, 0), (1, 1), (10, 1), (11, 2), (25, 3)])
def test_changes_go_ten_a_call(records: int, calls: int) -> None:
    sqs = Sqs()

    queues(sqs).send_changes([change(n) for n in range(records)])

    assert len(sqs.calls) == calls
    assert [unpack(body).source_id for body in sqs.bodies] == [str(n) for n in range(records)]


def test_a_call_never_holds_more_bytes_than_sqs_takes() -> None:
    """Ten large orders need several calls; none is lost."""
    sqs = Sqs()

    queues(sqs).send_changes([change(n, {"note": noise(900_000)}) for n in range(10)])

    assert len(sqs.calls) > 1
    assert len(sqs.bodies) == 10


@pytest.mark.parametrize("text", ["Nguyễn Thị Ánh Tuyết", "decomposed: Nguyễn", "🛍️", '"\\\x00\x1f', "\ud800"])
def test_characters_are_bytes_in_a_message(text: str) -> None:
    """The limit is in bytes; messages are ASCII, so that counting characters is counting bytes."""
    message = pack(change(1, {"name": text}))

    assert message.isascii()
    assert len(message) == len(message.encode())
    assert unpack(message).payload == {"name": text}


def test_a_change_that_is_too_large_even_compressed_becomes_thin() -> None:
    """The record is read again instead; it stays the same event."""
    whole = change(1, {"note": noise(3_000_000)})

    thin = unpack(packed(whole))

    assert (thin.payload, thin.event_id) == (None, whole.event_id)
    assert len(packed(whole)) <= BYTES_PER_CALL


def test_a_large_change_that_compresses_travels_whole() -> None:
    lines = [{"sku": f"AO-{n}", "name": "Áo dài lụa Hà Đông", "quantity": 1} for n in range(10_000)]

    assert unpack(packed(change(1, {"lines": lines}))).payload == {"lines": lines}


def test_deliveries_go_to_their_platform_s_queue_one_group_per_customer() -> None:
    sqs = Sqs()

    queues(sqs).send_deliveries([Delivery("getfly", "gf", "order", "o_1", "c_1", 3, attempt=2)])

    [(url, [entry])] = sqs.calls
    assert url == "getfly.fifo"
    assert entry["MessageGroupId"] == "gf.c_1"
    assert entry["MessageDeduplicationId"] == "gf.o_1.3.0.2"
    assert delivery_from(entry["MessageBody"]).id == "o_1"


def test_the_names_of_a_delivery_fit_into_sqs_s_128_characters() -> None:
    hub_id, connection = "c_" + "x" * 24, "c" * 32

    wish = Delivery("getfly", connection, "customer", hub_id, hub_id, 10**9, True, 10**6)

    assert len(wish.once) <= 128
    assert len(f"{connection}.{hub_id}") <= 128


@pytest.mark.parametrize("platform", ["haravan", "kiotviet"])
def test_a_platform_that_takes_nothing_is_a_mistake_of_the_settings(platform: str) -> None:
    with pytest.raises(Permanent) as caught:
        queues(Sqs()).send_deliveries([Delivery(platform, "x", "customer", "c_1", "c_1")])

    assert caught.value.code == "no_delivery_queue"


@pytest.mark.parametrize("delay, seconds", [(0, 0), (0.2, 1), (30, 30), (-5, 0), (86_400, 900)])
def test_a_pull_s_next_step_waits_whole_seconds_within_what_sqs_allows(delay: float, seconds: int) -> None:
    sqs = Sqs()

    queues(sqs).send_pull("run1", delay)

    [(url, [entry])] = sqs.calls
    assert (url, entry["MessageBody"], entry["DelaySeconds"]) == ("pulls", "run1", seconds)


def test_a_queue_that_does_not_answer_is_temporary_trouble() -> None:
    with pytest.raises(Temporary) as caught:
        queues(Sqs(ConnectionError("0912000042"))).send_changes([change(1)])

    assert caught.value.code == "queue_unavailable"
    assert "0912000042" not in str(caught.value)


def test_one_refused_entry_is_trouble_for_all() -> None:
    with pytest.raises(Temporary) as caught:
        queues(Sqs(refused="1")).send_changes([change(1), change(2)])

    assert caught.value.code == "queue_refused"


def test_a_message_is_json_that_says_which_envelope_it_is() -> None:
    """F44: old and new code at once."""
    assert json.loads(pack(change(1)))["envelope"] == 1
    assert PER_CALL == 10
