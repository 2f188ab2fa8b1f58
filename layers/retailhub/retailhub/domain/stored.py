"""Reading what another version of the hub wrote: a newer one may have written more, an older one less (F44)."""

from dataclasses import fields
from functools import cache
from typing import Any


def members(kind: Any, data: dict[str, Any]) -> dict[str, Any]:
    """The members that this version's dataclass knows. What it does not know belongs to a newer version that was rolled
    back, or to an older one; neither may keep a row from being read."""
    known = _known(kind)
    return {name: value for name, value in data.items() if name in known}


@cache
def _known(kind: Any) -> frozenset[str]:
    return frozenset(each.name for each in fields(kind))
