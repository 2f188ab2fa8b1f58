"""Tally: what a run through listings has seen, what of it was news, and what was left out."""

from collections import Counter
from collections.abc import Container
from dataclasses import replace

from retailhub.domain.changes import Change
from retailhub.domain.lead_sync import LEAD_SYNC
from retailhub.platforms.base import PulledPage
from retailhub.store.pulls import Pull


def counted(pull: Pull, page: PulledPage, changes: list[Change], known: Container[str]) -> Pull:
    """The run with one more page counted. changes: what it queued; known: source ids that have a link already."""
    old = pull.counts.get(pull.type, {"done": 0, "total": None, "changed": 0, "removed": 0})
    new = {
        "done": old["done"] + len(page.rows),
        "total": page.total if page.total is not None else old["total"],
        "changed": old["changed"] + len(changes),
        "removed": old["removed"] + len(page.removed),
    }
    if pull.mode == LEAD_SYNC:
        new["new"] = old.get("new", 0) + sum(change.source_id not in known for change in changes)
    if left_out := dict(Counter(old.get("left_out", {})) + Counter(page.left_out)):
        new["left_out"] = left_out
    return replace(pull, counts={**pull.counts, pull.type: new})
