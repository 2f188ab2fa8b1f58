"""A visit: one call of the admin API, with the office that it is made to and who makes it."""

import base64
import hashlib
import json
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Depends

from retailhub.api.messages import Language
from retailhub.crm.api_keys import Role
from retailhub.crm.lists import Found
from retailhub.crm.office import Office
from retailhub.domain.refusals import Garbled


@dataclass(frozen=True)
class Caller:
    """Whose key was used, as the authorizer found."""

    role: Role
    employee: str
    key_id: str


NOBODY = Caller("viewer", "", "")
"""Who asks for what needs no key."""


@dataclass(frozen=True)
class Upload:
    """A file that was sent as the body, as it is; `kind`: its media type."""

    kind: str = ""
    content: bytes = b""


NOTHING = Upload()


@dataclass(frozen=True)
class Visit:
    """office: bound to the caller. scope: path and filters, so that a cursor only fits the list it came from. upload:
    the file, where a route takes one."""

    office: Office
    caller: Caller = NOBODY
    language: Language = "vi"
    headers: dict[str, str] = field(default_factory=dict)
    scope: str = ""
    upload: Upload = NOTHING

    def opened(self, cursor: str | None) -> str | None:
        """The table's cursor in one that we gave out. Raises Garbled for one of another list or nobody's."""
        if not cursor:
            return None
        try:
            scope, inner = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
        except (ValueError, TypeError):
            raise Garbled("bad_cursor", field="cursor") from None
        if scope != self._mark or not isinstance(inner, str):
            raise Garbled("bad_cursor", field="cursor")
        return inner

    def page(self, found: Found[Any], items: list[Any]) -> dict[str, Any]:
        """The answer of a list."""
        return {"items": items, "next_cursor": self._sealed(found.cursor) if found.cursor else None}

    def _sealed(self, cursor: str) -> str:
        return base64.urlsafe_b64encode(json.dumps([self._mark, cursor]).encode()).decode()

    @property
    def _mark(self) -> str:
        return hashlib.sha256(self.scope.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def if_match(self) -> int | None:
        """The version that the caller means to change, or None. Raises Garbled for what is no version."""
        told = self.headers.get("if-match", "").strip().removeprefix("W/").strip('"')
        if told in ("", "*"):
            return None
        if not (told.isascii() and told.isdigit() and len(told) < 10):
            raise Garbled("bad_if_match", field="If-Match")
        return int(told)


_present: ContextVar[Visit] = ContextVar("visit")


def entered(visit: Visit) -> None:
    """Let this be the visit that routes see, until the next one."""
    _present.set(visit)


def present() -> Visit:
    """The visit under way."""
    return _present.get()


Here = Annotated[Visit, Depends(present)]
"""The visit, as an argument of a route."""
