"""Flows in the office: the defaults that come with a connection, and what people switch, add and remove."""

import json
from dataclasses import asdict, dataclass, replace
from itertools import batched
from typing import Any

from retailhub.crm import audit
from retailhub.crm.office import Office
from retailhub.crm.records import check_version
from retailhub.domain.flows import HUB, Flow, On, flow_from
from retailhub.domain.records import RecordType
from retailhub.domain.refusals import Clash, Unknown, Wrong
from retailhub.platforms.registry import client_class
from retailhub.store import connections
from retailhub.store.table import ABSENT, Conflict, Delete, Item, Put, flow_key, list_of

MARKS = ("version", "created_at", "updated_at", "created_by", "updated_by")


@dataclass(frozen=True)
class Kept:
    """A flow with its history marks; `rev` is the lock of its item."""

    flow: Flow
    version: int = 1
    created_at: str = ""
    updated_at: str = ""
    created_by: str = ""
    updated_by: str = ""
    rev: int = ABSENT


def born(office: Office, flow: Flow) -> Put:
    """Write a new flow; fails if there is one of the same ends and type."""
    now = office.clock()
    return _put(Kept(flow, 1, now, now, office.by, office.by))


def every(office: Office) -> list[Kept]:
    """All flows."""
    page = office.table.query(list_of("flow"), index="listing", limit=500)
    return [_kept(item) for item in page.items]


def find(office: Office, flow_id: str) -> Kept:
    """The flow. Raises Unknown."""
    item = office.table.get(flow_key(flow_id))
    if item is None:
        raise Unknown("unknown_flow")
    return _kept(item)


def create(office: Office, *, source: str, target: str, record_type: RecordType, on: list[On], active: bool) -> Kept:
    """A flow of one record type between two connections, or from people's own edits ("hub"). One per pair and type."""
    _check_ends(office, source, target, record_type)
    flow = Flow(f"{source}.{target}.{record_type}", source, target, record_type, _ordered(record_type, on), active)
    try:
        office.table.write(born(office, flow), audit.act(office, "flow", flow.id, "created", None, asdict(flow)))
    except Conflict:
        raise Clash("duplicate_flow", id=flow.id) from None
    return find(office, flow.id)


def change(office: Office, flow_id: str, if_match: int | None, *, on: list[On] | None, active: bool | None) -> Kept:
    """Switch a flow or choose what it goes by. Raises Clash for another version."""
    before = find(office, flow_id)
    check_version(before.version, if_match)
    chosen = before.flow.on if on is None else _ordered(before.flow.record_type, on)
    flow = replace(before.flow, on=chosen, active=before.flow.active if active is None else active)
    if flow == before.flow:
        return before
    new = replace(before, flow=flow, version=before.version + 1, updated_at=office.clock(), updated_by=office.by)
    _write(office, _put(new), audit.act(office, "flow", flow_id, "edited", asdict(before.flow), asdict(flow)))
    return replace(new, rev=new.rev + 1)


def remove(office: Office, flow_id: str) -> None:
    """Remove a flow; what it delivered stays."""
    kept = find(office, flow_id)
    act = audit.act(office, "flow", flow_id, "removed", asdict(kept.flow), None)
    _write(office, Delete(flow_key(kept.flow.id), expect=kept.rev), act)


def remove_all(office: Office, connection: str) -> None:
    """Remove every flow from or to a connection."""
    ends = [kept.flow for kept in every(office) if connection in (kept.flow.from_connection, kept.flow.to_connection)]
    for some in batched(ends, 90, strict=False):
        office.table.write(*(Delete(flow_key(flow.id)) for flow in some))


def _check_ends(office: Office, source: str, target: str, record_type: RecordType) -> None:
    to = connections.load(office.table, target)
    if to is None:
        raise Wrong("unknown_connection", "to_connection")
    if source == target:
        raise Wrong("same_ends", "from_connection")
    if source != HUB and connections.load(office.table, source) is None:
        raise Wrong("unknown_connection", "from_connection")
    if record_type not in getattr(client_class(to.platform), "writes", ()):
        raise Wrong("not_taken_by_platform", "record_type")


def _ordered(record_type: RecordType, on: list[On]) -> tuple[On, ...]:
    """Each once, in the usual order; only orders have statuses."""
    if "status" in on and record_type != "order":
        raise Wrong("status_of_orders_only", "on")
    known: tuple[On, ...] = ("created", "updated", "status")
    return tuple(one for one in known if one in on)


def _write(office: Office, *writes: Put | Delete) -> None:
    try:
        office.table.write(*writes)
    except Conflict:
        raise Clash("version_conflict") from None


def _put(kept: Kept) -> Put:
    """The marks stand beside the flow's own data, whose readers know nothing of them."""
    flow = connections.put_flow(kept.flow)
    marks = {name: getattr(kept, name) for name in MARKS}
    return Put({**flow.item, **marks}, expect=kept.rev)


def _kept(item: Item) -> Kept:
    marks: dict[str, Any] = {name: item[name] for name in MARKS if name in item}
    return Kept(flow_from(json.loads(item["data"])), **marks, rev=item["rev"])


def shown(kept: Kept) -> dict[str, Any]:
    """The flow and its marks as one mapping."""
    return {**asdict(kept.flow), **{name: getattr(kept, name) for name in MARKS}}
