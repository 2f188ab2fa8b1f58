"""Web forms as PHP spells them (`data[order_id]=40217`), read within bounds: they come from strangers (F27)."""

import re
from typing import Any
from urllib.parse import parse_qsl

from retailhub.domain.errors import Malformed

MAX_FIELDS = 5000
MAX_DEPTH = 16
MAX_BRACKETS = 64
"""Opening brackets in one name; unclosed ones would be searched for their end again and again."""

Tree = dict[str, Any]
Fields = list[tuple[str, str]]

_BRACKETS = re.compile(r"\[([^\]]*)\]")


def fields(body: bytes) -> Fields:
    """The form's fields in order. Bytes that are no UTF-8 become replacement signs: ids and secrets are ASCII.

    Raises Malformed `too_many_fields`.
    """
    try:
        return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        raise Malformed("too_many_fields") from None


def nested(flat: Fields) -> Tree:
    """The fields as PHP would nest them; of repeated ones the last counts. Raises Malformed `too_deep`, `ambiguous`."""
    tree: Tree = {}
    for name, value in flat:
        _put(tree, _path(name), value)
    return tree


def _path(name: str) -> list[str]:
    head, bracket, rest = name.partition("[")
    if rest.count("[") > MAX_BRACKETS:
        raise Malformed("too_deep")
    path = [head, *_BRACKETS.findall(bracket + rest)]
    if len(path) > MAX_DEPTH:
        raise Malformed("too_deep")
    return path


def _put(tree: Tree, path: list[str], value: str) -> None:
    for part in path[:-1]:
        tree = tree.setdefault(part or str(len(tree)), {})
        if not isinstance(tree, dict):
            raise Malformed("ambiguous")
    last = path[-1] or str(len(tree))
    if isinstance(tree.get(last), dict):
        raise Malformed("ambiguous")
    tree[last] = value
