"""The tree of product types: places and numbers."""

from hypothesis import given
from hypothesis import strategies as st

from retailhub.domain.product_tree import DEEPEST, above, height, may_stand_below, planted

TREE = {"clothes": None, "shirts": "clothes", "tee": "shirts", "shoes": None, "lost": "gone"}
moves = st.lists(st.tuples(st.integers(0, 9), st.one_of(st.none(), st.integers(0, 9))), max_size=60)


def test_numbers_are_summed_up_the_tree() -> None:
    """R-PT-07, R-PT-08, A-PT-3: a type whose parent is not there stands outermost."""
    nodes = planted(TREE, TREE, {"clothes": 1, "tee": 5, "shirts": 2, "lost": 3})

    assert [(node.id, node.goods, node.all_goods) for node in nodes] == [
        ("clothes", 1, 8),
        ("shoes", 0, 0),
        ("lost", 3, 3),
    ]
    [shirts] = nodes[0].children
    assert (shirts.goods, shirts.all_goods, [child.id for child in shirts.children]) == (2, 7, ["tee"])


def test_nothing_stands_below_itself() -> None:
    """A-PT-4."""
    assert not may_stand_below("clothes", "clothes", TREE.get)
    assert not may_stand_below("clothes", "tee", TREE.get)
    assert may_stand_below("tee", "shoes", TREE.get)
    assert may_stand_below("tee", None, TREE.get)
    assert (above("tee", TREE.get), height("clothes", TREE)) == (["tee", "shirts", "clothes"], 3)


def test_a_ring_or_a_bottomless_tree_has_no_way_up() -> None:
    """Should one ever be stored, nothing runs for ever."""
    assert above("a", {"a": "b", "b": "a"}.get) is None
    deep: dict[str, str | None] = {str(n): str(n + 1) for n in range(DEEPEST + 1)}
    assert above("0", deep.get) is None


@given(moves)
def test_any_order_of_moves_leaves_a_tree(tried: list[tuple[int, int | None]]) -> None:
    """A-PT-4: every type keeps a way up to the outermost level, and none is lost."""
    parents: dict[str, str | None] = {str(n): None for n in range(10)}
    for child, target in tried:
        parent = None if target is None else str(target)
        if may_stand_below(str(child), parent, parents.get):
            parents[str(child)] = parent

    assert all(above(one, parents.get) is not None for one in parents)
    nodes = planted(parents, parents, dict.fromkeys(parents, 1))
    assert sum(node.all_goods for node in nodes) == 10
