"""The judgement on a platform's words against what it last said: news, old news, no news, or 'ask it'."""

from typing import Literal

from retailhub.domain.records import Snapshot
from retailhub.store.links import Link

Judgement = Literal["apply", "stale", "same", "touch", "ask"]


def judge(told: Snapshot, link: Link | None, asked: bool) -> Judgement:
    """`asked`: the words were read from the platform just now, so they are its present state.

    apply: news. stale: older than what it said before. same: nothing new. touch: unchanged words with a newer stamp,
    which must be remembered or an in-between one would win later. ask: equal stamps with other words (F12), or words
    about a record that was removed: only the platform knows.
    """
    if link is None or not link.heard:
        return "apply"
    if link.gone:
        return _of_removed(told, link, asked)
    if told.version and link.heard_version and not told.deleted:
        return _by_stamp(told, link, asked)
    return "same" if told.heard == link.heard else "apply"


def _of_removed(told: Snapshot, link: Link, asked: bool) -> Judgement:
    """Removed once more is nothing new, but newer last words still complete the record: so the order in which a delete
    and what preceded it arrive does not matter."""
    if told.deleted:
        return "apply" if told.fields and told.version > link.heard_version else "same"
    return "apply" if asked else "ask"


def _by_stamp(told: Snapshot, link: Link, asked: bool) -> Judgement:
    if told.version < link.heard_version:
        return "stale"
    if told.heard == link.heard:
        return "touch" if told.version > link.heard_version else "same"
    return "apply" if asked or told.version > link.heard_version else "ask"
