"""Upgrade: records that an older version of the hub wrote are written once more, so that lists, counts, accounts of
points and look-ups by code know them."""

from retailhub.domain.flows import HUB
from retailhub.domain.kinds import SharedType
from retailhub.rules import points
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.store import records
from retailhub.store.table import Conflict, Put, claim_key, list_of
from retailhub.sync.hub import Hub

PAGE = 100
OLD_TYPES: tuple[SharedType, ...] = ("customer", "product", "order", "contract")
DONE = claim_key("layout", str(records.LAYOUT))


def upgraded(hub: Hub) -> int:
    """Bring every record into the present layout; answers how many were not. Once none is left nothing is read again.

    A record that somebody else writes meanwhile comes into the new layout by that."""
    if hub.table.get(DONE):
        return 0
    rewritten = sum(_of_type(hub, record_type) for record_type in OLD_TYPES)
    hub.table.write(Put({"pk": DONE[0], "sk": DONE[1], "record": "hub"}, expect=None))
    return rewritten


def _of_type(hub: Hub, record_type: SharedType) -> int:
    rewritten, cursor = 0, None
    while True:
        page = hub.table.query(list_of(record_type), index="listing", limit=PAGE, cursor=cursor)
        rewritten += sum(_rewritten(hub, item["id"], record_type) for item in page.items if _is_old(item.get("layout")))
        if (cursor := page.cursor) is None:
            return rewritten


def _is_old(layout: int | None) -> bool:
    return (layout or 1) < records.LAYOUT


def _rewritten(hub: Hub, record_id: str, record_type: SharedType) -> bool:
    record = records.load(hub.table, record_type, record_id)
    if record is None or not _is_old(record.layout):
        return False
    draft = Draft(hub.table, hub.directory.rules)
    draft.seen(record)
    if record.type == "contract" and record.layout < records.NOTED:
        record = points.posted(draft, record, record, Deed(HUB, hub.clock(), "platform"))
    draft.keep(record)
    try:
        draft.commit()
    except Conflict:
        return False
    return True
