"""Dead letters: messages that a queue gave up on, to be looked at and sent back to where they came from."""

from dataclasses import dataclass
from typing import Any, Protocol

PER_CALL = 10
HIDDEN_SECONDS = 30
"""A letter that is being looked at is hidden for so long; afterwards, or if we crash, it is there again."""


@dataclass(frozen=True)
class Letter:
    """A message in a dead-letter queue. `handle` is good for `HIDDEN_SECONDS`; `group`: its FIFO group, or ""."""

    queue: str
    id: str
    body: str
    receives: int = 0
    sent_at_ms: int = 0
    group: str = ""
    cause: str = ""
    handle: str = ""


class DeadLetters(Protocol):
    """The dead-letter queues of this deployment."""

    def names(self) -> list[str]:
        """Their names, after the queue whose letters they hold."""

    def source(self, queue: str) -> bool:
        """True if the letters came from a queue to which they can be sent back."""

    def take(self, queue: str, most: int) -> list[Letter]:
        """Up to `most` letters, hidden from others for a short while."""

    def put_back(self, letters: list[Letter]) -> None:
        """Let the letters be seen again at once."""

    def resend(self, letter: Letter) -> None:
        """Send the letter to its queue, then remove it here; a crash in between only sends it twice."""

    def remove(self, letter: Letter) -> None:
        """Remove the letter."""


class SqsDeadLetters:
    """`DeadLetters` over an SQS client. queues: name → address of its dead letters; sources: name → its own address."""

    def __init__(self, client: Any, queues: dict[str, str], sources: dict[str, str]) -> None:
        self._client, self._queues, self._sources = client, queues, sources

    def names(self) -> list[str]:
        """Their names."""
        return list(self._queues)

    def source(self, queue: str) -> bool:
        """True if there is an address to send back to."""
        return bool(self._sources.get(queue))

    def take(self, queue: str, most: int) -> list[Letter]:
        """Receives until the queue is empty or `most` are there; one message comes once."""
        taken: dict[str, Letter] = {}
        while len(taken) < most:
            answer = self._client.receive_message(
                QueueUrl=self._queues[queue],
                MaxNumberOfMessages=min(PER_CALL, most - len(taken)),
                VisibilityTimeout=HIDDEN_SECONDS,
                MessageSystemAttributeNames=["All"],
                MessageAttributeNames=["All"],
            )
            fresh = [_letter(queue, raw) for raw in answer.get("Messages", [])]
            if not fresh:
                break
            taken |= {letter.id: letter for letter in fresh}
        return list(taken.values())

    def put_back(self, letters: list[Letter]) -> None:
        """Visible again at once; one that is gone meanwhile does not matter."""
        for queue in {letter.queue for letter in letters}:
            mine = [letter for letter in letters if letter.queue == queue]
            for start in range(0, len(mine), PER_CALL):
                entries = [
                    {"Id": str(n), "ReceiptHandle": letter.handle, "VisibilityTimeout": 0}
                    for n, letter in enumerate(mine[start : start + PER_CALL])
                ]
                self._client.change_message_visibility_batch(QueueUrl=self._queues[queue], Entries=entries)

    def resend(self, letter: Letter) -> None:
        """The deduplication id is new, or the queue would take the letter for the one that died."""
        fifo = {"MessageGroupId": letter.group, "MessageDeduplicationId": f"{letter.id}.again"} if letter.group else {}
        self._client.send_message(QueueUrl=self._sources[letter.queue], MessageBody=letter.body, **fifo)
        self.remove(letter)

    def remove(self, letter: Letter) -> None:
        """Gone for good."""
        self._client.delete_message(QueueUrl=self._queues[letter.queue], ReceiptHandle=letter.handle)


def _letter(queue: str, raw: dict[str, Any]) -> Letter:
    attributes = raw.get("Attributes", {})
    cause = raw.get("MessageAttributes", {}).get("ERROR_CODE", {}).get("StringValue", "")
    return Letter(
        queue,
        raw["MessageId"],
        raw["Body"],
        receives=int(attributes.get("ApproximateReceiveCount", 0)),
        sent_at_ms=int(attributes.get("SentTimestamp", 0)),
        group=attributes.get("MessageGroupId", ""),
        cause=cause or "not_handled",
        handle=raw["ReceiptHandle"],
    )
