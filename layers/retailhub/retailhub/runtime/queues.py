"""The queues in SQS: changes and pulls (standard), deliveries (FIFO, a group per customer), resumptions (FIFO)."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from retailhub.domain.changes import Change, pack, thinned
from retailhub.domain.deliveries import Delivery
from retailhub.domain.errors import Permanent, Temporary

PER_CALL = 10
BYTES_PER_CALL = 1_000_000
"""SQS takes 1 MiB per message and per call; a little is left for its own envelope."""

Entry = dict[str, Any]


class SqsQueues:
    """`retailhub.sync.hub.Queues` over an SQS client."""

    def __init__(self, client: Any, changes: str, pulls: str, resumptions: str, deliveries: dict[str, str]) -> None:
        self._client, self._changes, self._pulls = client, changes, pulls
        self._resumptions, self._deliveries = resumptions, deliveries

    def send_changes(self, changes: Iterable[Change]) -> None:
        """Up to ten changes a call. Raises Temporary unless every one is stored."""
        self._send(self._changes, [{"MessageBody": packed(change)} for change in changes])

    def send_deliveries(self, deliveries: Iterable[Delivery]) -> None:
        """Each to its platform's FIFO queue, grouped by customer. Raises Temporary unless every one is stored."""
        by_queue: dict[str, list[Entry]] = {}
        for wish in deliveries:
            entry = {
                "MessageBody": wish.to_json(),
                "MessageGroupId": f"{wish.connection}.{wish.group}",
                "MessageDeduplicationId": wish.once,
            }
            by_queue.setdefault(self._queue_of(wish.platform), []).append(entry)
        for url, entries in by_queue.items():
            self._send(url, entries)

    def send_pull(self, pull_id: str, delay: float = 0) -> None:
        """One step of a pull, `delay` seconds ahead."""
        self._send(self._pulls, [{"MessageBody": pull_id, "DelaySeconds": math.ceil(min(max(delay, 0), 900))}])

    def send_resumption(self, connection: str, now: str) -> None:
        """The next portion of what waits for a connection; the queue itself delays it and drops repeats."""
        second = f"{connection}.{now[:19]}"
        message = {"MessageBody": connection, "MessageGroupId": connection, "MessageDeduplicationId": second}
        self._send(self._resumptions, [message])

    def _queue_of(self, platform: str) -> str:
        url = self._deliveries.get(platform)
        if not url:
            raise Permanent("no_delivery_queue", f"nothing is delivered to {platform}")
        return url

    def _send(self, url: str, entries: list[Entry]) -> None:
        for call in _calls(entries):
            self._send_call(url, [{**entry, "Id": str(n)} for n, entry in enumerate(call)])

    def _send_call(self, url: str, entries: list[Entry]) -> None:
        try:
            answer = self._client.send_message_batch(QueueUrl=url, Entries=entries)
        except Exception as error:
            raise Temporary("queue_unavailable", type(error).__name__) from error
        if answer.get("Failed"):
            raise Temporary("queue_refused", answer["Failed"][0].get("Code", ""))


def packed(change: Change) -> str:
    """The message of a change; one that is too large even compressed becomes thin: the record is read again instead."""
    message = pack(change)
    return message if len(message) <= BYTES_PER_CALL else pack(thinned(change))


def _calls(entries: list[Entry]) -> Iterator[list[Entry]]:
    call: list[Entry] = []
    size = 0
    for entry in entries:
        length = len(entry["MessageBody"])
        if call and (len(call) == PER_CALL or size + length > BYTES_PER_CALL):
            yield call
            call, size = [], 0
        call.append(entry)
        size += length
    if call:
        yield call
