"""The dead-letter queues in memory: letters lie there until they are sent back or removed; taken ones are hidden."""

from dataclasses import dataclass, field, replace

from retailhub.store.letters import Letter


@dataclass
class MemoryLetters:
    """`retailhub.store.letters.DeadLetters`. sent: what was sent back to its queue, in order."""

    lying: dict[str, list[Letter]] = field(default_factory=lambda: {"Changes": [], "ScheduleFailures": []})
    hidden: set[str] = field(default_factory=set)
    sent: list[Letter] = field(default_factory=list)

    def lay(self, queue: str, letter_id: str, body: str = "{}") -> None:
        """A message dies."""
        self.lying[queue].append(Letter(queue, letter_id, body, receives=5, sent_at_ms=1_800_000_000_000, cause="x"))

    def names(self) -> list[str]:
        return list(self.lying)

    def source(self, queue: str) -> bool:
        return queue != "ScheduleFailures"

    def take(self, queue: str, most: int) -> list[Letter]:
        seen = [replace(letter, handle="h") for letter in self.lying[queue] if letter.id not in self.hidden][:most]
        self.hidden |= {letter.id for letter in seen}
        return seen

    def put_back(self, letters: list[Letter]) -> None:
        self.hidden -= {letter.id for letter in letters}

    def resend(self, letter: Letter) -> None:
        self.sent.append(letter)
        self.remove(letter)

    def remove(self, letter: Letter) -> None:
        self.lying[letter.queue] = [other for other in self.lying[letter.queue] if other.id != letter.id]
