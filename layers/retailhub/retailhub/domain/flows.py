"""Flows: which connection feeds which, for which record types and on what; pure decisions about what is wanted."""

from dataclasses import dataclass
from typing import Any, Literal

from retailhub.domain.records import Record, RecordType
from retailhub.domain.stored import members

On = Literal["created", "updated", "status"]
HUB = "hub"
Known = dict[str, str]
"""Part of a record's view on a platform ("content", "status") → digest of what that platform last got or gave us."""


@dataclass(frozen=True)
class Flow:
    """From connection (or "hub": people's own edits) to connection, for one record type."""

    id: str
    from_connection: str
    to_connection: str
    record_type: RecordType
    on: tuple[On, ...]
    active: bool = True


DEFAULTS: dict[tuple[str, str], dict[RecordType, tuple[On, ...]]] = {
    ("getfly", "cnv_loyalty"): {
        "customer": ("created",),
        "product": ("created", "updated"),
        "order": ("created", "updated", "status"),
    },
    ("cnv_loyalty", "getfly"): {"customer": ("created",), "order": ("created",)},
    (HUB, "haravan"): {"customer": ("created", "updated")},
}
"""Flows that appear by themselves when both ends are connected: R-CNV-05…18, R-HRV-38 (off until switched on)."""

OFF_AT_FIRST = {(HUB, "haravan")}
"""A-HRV-15: on demand always, on change only if a person switches it on."""


def default_flows(ends: list[tuple[str, str]], new: tuple[str, str]) -> list[Flow]:
    """The flows that a new connection brings. Ends are (connection id, platform)."""
    pairs = [(HUB, HUB), *ends]
    candidates = [(a, b) for other in pairs for a, b in ((other, new), (new, other))]
    return [
        Flow(f"{a_id}.{b_id}.{record_type}", a_id, b_id, record_type, on, (a, b) not in OFF_AT_FIRST)
        for (a_id, a), (b_id, b) in candidates
        for record_type, on in DEFAULTS.get((a, b), {}).items()
    ]


def feeding(flows: list[Flow], record: Record) -> list[Flow]:
    """The active flows that concern this record: its origin, any system that keeps it, or people's edits feed them."""
    ends = {record.origin, *record.external_ids, *([HUB] if record.edited_here else [])}
    mine = [f for f in flows if f.active and f.record_type == record.type] if travels(record) else []
    return [f for f in mine if f.from_connection in ends and _leads(f, record)]


def travels(record: Record) -> bool:
    """Recipients and walk-in customers are nobody's customer elsewhere (A-HRV-15, A-KV-6)."""
    return record.type != "customer" or not (record.fields.recipient_of or record.fields.guest)


def _leads(flow: Flow, record: Record) -> bool:
    """A record never flows back as new to where it was born (A-CNV-6); only later changes may."""
    return record.origin != flow.to_connection or flow.on != ("created",)


def wanted(flows: list[Flow], record: Record, remote_id: str | None, known: Known, view: Known) -> set[str]:
    """What the destination should get now: {"create"}, or the parts to update, or nothing.

    `flows` all lead to one destination; `known` is what it has, `view` what it should have (digests by part).
    """
    if not flows:
        return set()
    to, on = flows[0].to_connection, {what for flow in flows for what in flow.on}
    if remote_id is None:
        return {"create"} if "created" in on and record.origin != to and not record.deleted else set()
    allowed = {"content": "updated" in on and _content_may_change(record, to), "status": "status" in on}
    return {part for part, mark in view.items() if known.get(part) != mark and allowed.get(part)}


def _content_may_change(record: Record, to: str) -> bool:
    """Lines and amounts of an order are sent again only before it is approved (A-CNV-2), never to where it was born."""
    return record.type != "order" or (record.fields.order_status == "open" and record.origin != to)


def flow_from(body: dict[str, Any]) -> Flow:
    """The flow in a stored item."""
    return Flow(**{**members(Flow, body), "on": tuple(body["on"])})
