"""What can go wrong, told apart by what must happen next: wait and try again, or park it for a person."""


class HubError(Exception):
    """Base of the hub's own errors; `code` is stable and machine-readable, `field` names the culprit if any."""

    def __init__(self, code: str, message: str = "", *, field: str | None = None) -> None:
        super().__init__(message or code)
        self.code = code
        self.field = field


class Temporary(HubError):
    """The same attempt may succeed later. `retry_after` is in seconds; None leaves the moment to the queue."""

    def __init__(self, code: str, message: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(code, message)
        self.retry_after = retry_after


class Throttled(Temporary):
    """A platform (or our own budget for it) asks us to slow down: wait, nothing is broken."""


class Unavailable(Temporary):
    """A platform does not answer or answers 5xx: it may have done what we asked, so look before asking again."""


class Contended(Temporary):
    """Somebody else wrote the same items meanwhile, again and again: read anew a little later."""


class Permanent(HubError):
    """Trying again cannot help before somebody changes the data, the settings or the code."""


class Unwanted(Permanent):
    """A record that its connection does not take (another branch, for one): nothing is wrong, nobody need look."""


class Rejected(Permanent):
    """A platform understood the call and refused it; `status` is its HTTP status."""

    def __init__(self, code: str, message: str = "", *, status: int = 400, field: str | None = None) -> None:
        super().__init__(code, message, field=field)
        self.status = status


class Malformed(Permanent):
    """Data that does not have the shape its sender promises; `code` names the first thing that is wrong."""
