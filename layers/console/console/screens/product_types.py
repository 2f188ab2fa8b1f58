"""Loại hàng hóa: the tree of main and child types, and all of them with their numbers of goods (R-PT)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from console.kept import Kept
from console.routing import Screens
from console.screens.entries import Entries, Options
from console.visit import Visit
from retailhub.domain.catalogues import PRODUCT_TYPES
from retailhub.domain.definitions import Field
from retailhub.domain.product_tree import planted

screens = Screens()
OUTERMOST = ("Mặc định (cấp ngoài cùng)", "Default (outermost level)")


class ProductTypes(Entries):
    """The screens of the product types: as every catalogue's, with the tree beside the list."""

    template = "product_types/list.html"

    def in_list(self, visit: Visit) -> dict[str, Any]:
        """The tree, the list of all types, and the total number of goods (R-PT-07, R-PT-08, A-PT-3)."""
        tree = visit.hub.get(f"{self.kept.api}/tree")
        places = {node["id"]: node for _, node in _down(tree["items"], lambda node: node["children"])}
        return {**super().in_list(visit), "tree": tree, "places": places}

    def choices(self, visit: Visit, field: Field) -> Options | None:
        """Parents as they stand in the tree (R-PT-05)."""
        if field.name != "parent":
            return super().choices(visit, field)
        types = {one["id"]: one for one in visit.hub.every(self.kept.api)}
        nodes = planted(types, {type_id: one["parent"] for type_id, one in types.items()}, {})
        every = _down(nodes, lambda node: node.children)
        return [(node.id, f"{'— ' * depth}{types[node.id]['name']}") for depth, node in every]


def _down[Node](
    nodes: Iterable[Node], children: Callable[[Node], Iterable[Node]], depth: int = 0
) -> Iterator[tuple[int, Node]]:
    """Every type with its depth, each before those below it."""
    for node in nodes:
        yield depth, node
        yield from _down(children(node), children, depth + 1)


ProductTypes(Kept(PRODUCT_TYPES, blanks={"parent": OUTERMOST})).declare(screens)
