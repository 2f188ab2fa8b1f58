"""A table in memory that shows each transaction at the moment when it is done, with what its items were before."""

from collections.abc import Callable
from dataclasses import dataclass

from retailhub.store.table import Item, Key, Write
from tests.fakes.memory_table import MemoryTable


@dataclass(frozen=True)
class Moved:
    """An item before and after a transaction; None where it is not there."""

    key: Key
    old: Item | None
    new: Item | None


class Witness(MemoryTable):
    """seen: told of what each transaction has done, before anybody else does anything."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Callable[[list[Moved]], None] = lambda _: None
        self._done: list[Moved] = []

    def write(self, *writes: Write) -> None:
        try:
            super().write(*writes)
        finally:
            # others write only in front of a transaction: what stands here is this one's, or nothing if it was refused
            done, self._done = self._done, []
            if done:
                self.seen(done)

    def _do(self, write: Write) -> None:
        old = self.items.get(write.key)
        super()._do(write)
        self._done.append(Moved(write.key, old, self.items.get(write.key)))
