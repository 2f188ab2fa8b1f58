"""Product types in the office: their tree with its numbers of goods, and what may be entered of a place in it."""

from dataclasses import dataclass
from typing import Any

from retailhub.crm.office import Office
from retailhub.domain.catalogues import PRODUCT_TYPES
from retailhub.domain.kinds import DEFAULT_TYPE
from retailhub.domain.product_tree import DEEPEST, Node, above, height, planted
from retailhub.domain.records import Record
from retailhub.domain.refusals import Wrong
from retailhub.store import records
from retailhub.store.table import uses_of


@dataclass(frozen=True)
class Tree:
    """The outermost types, every type by id, all goods of the system, and those that have no type (A-PT-3)."""

    nodes: list[Node]
    types: dict[str, Record]
    goods: int
    without_type: int


def tree(office: Office) -> Tree:
    """The whole tree: one read for the types, one count for the goods of each."""
    every = sorted(records.every(office.table, "product_type"), key=lambda one: PRODUCT_TYPES.order(one.fields))
    types = {record.id: record for record in every}
    goods = {type_id: _goods(office, type_id) for type_id in (*types, DEFAULT_TYPE)}
    nodes = planted(types, {record.id: record.fields.parent for record in every}, goods)
    return Tree(nodes, types, sum(goods.values()), goods[DEFAULT_TYPE])


def _goods(office: Office, type_id: str) -> int:
    return office.table.count(uses_of("product_type", type_id), begins="product#")


def prepared(office: Office, type_id: str | None, _: Any, told: dict[str, Any]) -> dict[str, Any]:
    """What was entered of a type; the default type as parent is the outermost level. Raises Wrong for a place so deep
    that the tree could not be read any more; that nothing comes below itself is seen to when it is written."""
    if told.get("parent") == DEFAULT_TYPE:
        return {**told, "parent": None}
    if told.get("parent"):
        parents = {record.id: record.fields.parent for record in records.every(office.table, "product_type")}
        chain = above(told["parent"], parents.get)
        below = height(type_id, parents) if type_id and type_id not in (chain or ()) else 1
        if chain is None or len(chain) + below > DEEPEST:
            raise Wrong("too_deep_in_tree", "parent", context={"max_levels": DEEPEST})
    return told


def of_product(told: dict[str, Any]) -> dict[str, Any]:
    """What was entered of a product: under the default type it has none."""
    return {**told, "product_type": None} if told.get("product_type") == DEFAULT_TYPE else told
