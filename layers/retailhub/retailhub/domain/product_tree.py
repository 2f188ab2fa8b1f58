"""The tree of product types: what stands below what, and how many goods that makes (R-PT-05, R-PT-07, R-PT-08)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

DEEPEST = 30
"""Levels that a tree may have: a move checks every type above its new place."""

Parents = Mapping[str, str | None]
"""Type → the type that it stands below, None on the outermost level."""


@dataclass(frozen=True)
class Node:
    """A type in its place. goods: its own. all_goods: its own and those of everything below it (A-PT-3)."""

    id: str
    goods: int
    all_goods: int
    children: tuple["Node", ...] = ()


def above(parent: str | None, parent_of: Callable[[str], str | None]) -> list[str] | None:
    """The types from `parent` up to the outermost level, nearest first; None if they have no end, or are too many."""
    chain: list[str] = []
    while parent is not None:
        if parent in chain or len(chain) == DEEPEST:
            return None
        chain.append(parent)
        parent = parent_of(parent)
    return chain


def may_stand_below(type_id: str, parent: str | None, parent_of: Callable[[str], str | None]) -> bool:
    """False for a place below itself or below one of its own descendants (A-PT-4)."""
    chain = above(parent, parent_of)
    return chain is not None and type_id not in chain


def height(type_id: str, parents: Parents) -> int:
    """How many levels a type takes up, itself included."""
    level, levels = [type_id], 0
    while level and levels <= len(parents):
        level, levels = [child for child, parent in parents.items() if parent in level], levels + 1
    return levels


def planted(order: Iterable[str], parents: Parents, goods: Mapping[str, int]) -> list[Node]:
    """The outermost types with all that stands below them, in the given order on every level.

    A type whose parent is not there stands on the outermost level.
    """
    below: dict[str | None, list[str]] = {}
    for type_id in order:
        parent = parents[type_id]
        below.setdefault(parent if parent in parents else None, []).append(type_id)
    return [_node(type_id, below, goods) for type_id in below.get(None, [])]


def _node(type_id: str, below: Mapping[str | None, list[str]], goods: Mapping[str, int]) -> Node:
    children = tuple(_node(child, below, goods) for child in below.get(type_id, []))
    own = goods.get(type_id, 0)
    return Node(type_id, own, own + sum(child.all_goods for child in children), children)
