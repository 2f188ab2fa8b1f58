"""Leads of the CRMVIET cloud in the hub's words; the names of their fields are assumed after the customer's (§2.4)."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from retailhub.domain.errors import Malformed
from retailhub.domain.lead_filter import Offered
from retailhub.domain.phones import folded
from retailhub.domain.records import Snapshot
from retailhub.platforms.payloads import AnyCase, Moment, Note, Text, checked, phone
from retailhub.platforms.webhooks import written

CONVERTED_WORDS = ("converted", "da chuyen doi")
YES = ("1", "true", "y", "yes")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


def _flag(value: Any) -> bool:
    return str(value).casefold() in YES


Flag = Annotated[bool, BeforeValidator(_flag), Field(default=False)]
"""A yes in any spelling; anything else is a no."""


class LeadSaid(AnyCase):
    """A lead as far as the hub keeps it, or must know whether to take it."""

    lead_id: Text
    lead_name: Text
    telephone: Text
    email: Text
    source: Text
    social_page: Text
    status: Text
    converted: Flag
    customer_id: Text
    note: Note
    reg_dttm: Moment
    upd_dttm: Moment

    @property
    def changed(self) -> str:
        """Instant of the last change, or of the registration, or ""."""
        return self.upd_dttm or self.reg_dttm

    @property
    def source_key(self) -> str | None:
        """The source by our key: `Facebook` → facebook, `Web form` → webform (A-SYN-8)."""
        return folded(self.source).replace(" ", "").replace("-", "") or None

    @property
    def offered(self) -> Offered:
        """What decides whether it is brought."""
        return Offered(self.source_key, self.telephone, self.email, self._is_converted)

    @property
    def _is_converted(self) -> bool:
        """By its own mark, by the customer made of it, or by the usual name of that status (R-SYN-12)."""
        made = self.customer_id not in (None, "0")
        return self.converted or made or folded(self.status) in CONVERTED_WORDS


def id_of(row: Any) -> str | None:
    """The lead's id in a row of any shape, or None where the row has none that could be kept."""
    named = row.items() if isinstance(row, dict) else ()
    text = next((written(value) for name, value in named if name.lower() == "lead_id"), "")
    return text if known_form(text) else None


def known_form(source_id: str) -> bool:
    """Whether the text can be an id of a lead."""
    return bool(_ID.fullmatch(source_id))


def snapshot(payload: Any) -> Snapshot:
    """A lead in the hub's words. Raises Malformed. Source and social page are set once (A-SYN-8): an owner may have
    been chosen by them."""
    said = LeadSaid.of(payload)
    if not said.lead_id or not known_form(said.lead_id):
        raise Malformed("missing", field="lead_id")
    fields = {"name": said.lead_name, "phone": phone(said.telephone), "email": said.email, "note": said.note}
    first = {"source": said.source_key, "social_page": said.social_page}
    return checked(Snapshot("lead", said.lead_id, said.changed, fields, first))
