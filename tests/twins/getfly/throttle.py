"""Counts the calls of the last second and says when there were too many."""

import threading
from collections import deque
from collections.abc import Callable


class Throttle:
    """A sliding window of one second on the given clock."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.lock = threading.Lock()
        self.taken: deque[float] = deque()

    def exceeded(self, per_second: float) -> bool:
        """Count one call; true when it is one too many (refused calls are not counted). 0 = no limit."""
        if not per_second:
            return False
        with self.lock:
            now = self.clock()
            while self.taken and self.taken[0] <= now - 1:
                self.taken.popleft()
            if len(self.taken) >= per_second:
                return True
            self.taken.append(now)
            return False
