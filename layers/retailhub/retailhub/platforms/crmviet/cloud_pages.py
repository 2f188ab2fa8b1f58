"""The cloud's list of leads, read by offset so that a lead that vanishes meanwhile makes no other one be passed over.

The order of the list is not known, and there is no filter by time (crmviet.md §2.2). Each page begins with the last row
of the page before. New leads in front only move rows down: they come twice. Where that last row is nowhere on the page,
rows have moved up (or it is gone itself), and the list is read from one step further back.
"""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from retailhub.domain.errors import Malformed, Unavailable
from retailhub.domain.lead_filter import LeadFilter, left_out
from retailhub.platforms.base import Pulled, PulledPage
from retailhub.platforms.crmviet.cloud_leads import LeadSaid, id_of
from retailhub.platforms.webhooks import parse_json

STEP = 10
"""Rows of a page, as the mobile client steps (crmviet.md §2.2)."""
MOST_STEPS_BACK = 20


@dataclass(frozen=True)
class Cursor:
    """Where to go on: offset, the last row of the page before ("": do not look for it), and steps back so far."""

    index: int = 0
    last: str = ""
    back: int = 0

    @staticmethod
    def of(text: str | None) -> "Cursor":
        """The cursor in its text; none is the beginning."""
        return Cursor(**parse_json(text.encode())) if text else Cursor()

    def __str__(self) -> str:
        return json.dumps(asdict(self))


def page(body: dict[str, Any], at: Cursor, since: str | None, wanted: LeadFilter) -> PulledPage:
    """A page of the list without what is left out, and how many rows were, by reason (`no_id`: a row that cannot be
    told from others). Raises Unavailable for an answer without rows."""
    rows, total = body.get("leads"), body.get("total")
    if not isinstance(rows, list):
        raise Unavailable("answer_without_leads", "CRMVIET answered a list without leads")
    ids = [id_of(row) or "" for row in rows]
    known = total if isinstance(total, int) else None
    told = [(one, row) for one, row in zip(ids, rows, strict=True) if not one or one != at.last]
    kept, reasons = _sifted(told, since, wanted)
    following = _after(at, ids, known)
    return PulledPage(kept, cursor=str(following) if following else None, total=known, left_out=dict(reasons))


def _sifted(told: list[tuple[str, Any]], since: str | None, wanted: LeadFilter) -> tuple[list[Pulled], Counter[str]]:
    kept: list[Pulled] = []
    reasons: Counter[str] = Counter()
    for source_id, row in told:
        reason = _reason(source_id, row, wanted)
        if reason:
            reasons[reason] += 1
        elif not _older(row, since):
            kept.append(Pulled(source_id, row))
    return kept, reasons


def _reason(source_id: str, row: Any, wanted: LeadFilter) -> str | None:
    """Why a row is left out; one that cannot be read is kept, so that apply parks it where a person sees it."""
    if not source_id:
        return "no_id"
    try:
        return left_out(LeadSaid.of(row).offered, wanted)
    except Malformed:
        return None


def _older(row: Any, since: str | None) -> bool:
    """Whether the row was last changed before the instant; the cloud itself cannot be asked that."""
    try:
        changed = LeadSaid.of(row).changed if since else ""
    except Malformed:
        return False
    return bool(since and changed and changed < since)


def _after(at: Cursor, ids: list[str], total: int | None) -> Cursor | None:
    """The cursor after a page of these ids, or None after the last one."""
    if at.last and at.last not in ids and at.back < MOST_STEPS_BACK:
        return Cursor(max(0, at.index - max(STEP, len(ids))), "", at.back + 1)
    end = at.index + len(ids)
    if len(ids) < 2 or (total is not None and end >= total):
        return None
    return Cursor(end - 1, ids[-1], at.back)
