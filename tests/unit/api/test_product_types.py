"""The tree of product types by the API."""

from typing import Any

import pytest

from tests.unit.api.desk import Desk

PATH = "/catalogues/product-types"


def add(desk: Desk, name: str, parent: str | None = None) -> str:
    """The id of a new type; its code is its name."""
    reply = desk.post(PATH, {"name": name, "code": name, "parent": parent})
    assert reply.status == 201, reply.text
    return str(reply.json["id"])


def drawn(desk: Desk) -> Any:
    """The tree: (name, own goods, all goods, what stands below)."""

    def node(one: dict[str, Any]) -> tuple[str, int, int, list[Any]]:
        return one["name"], one["goods"], one["all_goods"], [node(child) for child in one["children"]]

    return [node(one) for one in desk.get(f"{PATH}/tree").json["items"]]


def test_types_stand_below_their_parent_with_their_goods(desk: Desk) -> None:
    """R-PT-01, R-PT-05, R-PT-07, R-PT-08, A-PT-3: own goods and those of everything below on each row, all goods of the
    system in the head; what has no type stands under the default one."""
    clothes = add(desk, "Quần áo")
    shirts = add(desk, "Áo", clothes)
    add(desk, "Giày", "default")
    for number, product_type in enumerate((clothes, shirts, shirts, None)):
        desk.keep("product", f"p_{number}", name="Hàng", product_type=product_type)

    tree = desk.get(f"{PATH}/tree").json

    assert drawn(desk) == [("Giày", 0, 0, []), ("Quần áo", 1, 3, [("Áo", 2, 2, [])])]
    assert (tree["goods"], tree["without_type"]) == (4, 1)
    assert [one["name"] for one in desk.get(PATH).json["items"]] == ["Áo", "Giày", "Quần áo"]


def test_a_type_moves_with_all_that_stands_below_it(desk: Desk) -> None:
    """R-PT-09, R-PT-10."""
    clothes, shirts, summer = add(desk, "Quần áo"), add(desk, "Áo"), add(desk, "Mùa hè")
    add(desk, "Áo thun", shirts)
    desk.patch(f"{PATH}/{shirts}", {"parent": clothes})
    desk.patch(f"{PATH}/{clothes}", {"parent": summer})

    assert drawn(desk) == [("Mùa hè", 0, 0, [("Quần áo", 0, 0, [("Áo", 0, 0, [("Áo thun", 0, 0, [])])])])]
    assert desk.patch(f"{PATH}/{shirts}", {"parent": "default"}).json["parent"] is None


def test_a_type_never_stands_below_itself(desk: Desk) -> None:
    """A-PT-4: nor below a type of its own branch."""
    clothes = add(desk, "Quần áo")
    shirts = add(desk, "Áo", clothes)
    tee = add(desk, "Áo thun", shirts)

    for parent in (clothes, shirts, tee):
        reply = desk.patch(f"{PATH}/{clothes}", {"parent": parent})
        assert (reply.status, reply.fields) == (422, {"parent": "below_itself"})
    assert desk.patch(f"{PATH}/{tee}", {"parent": "nowhere"}).fields == {"parent": "unknown_product_type"}
    assert drawn(desk) == [("Quần áo", 0, 0, [("Áo", 0, 0, [("Áo thun", 0, 0, [])])])]


@pytest.mark.parametrize("method, body", [("PATCH", {"name": "x"}), ("DELETE", None)])
def test_the_outermost_level_is_no_entry(desk: Desk, method: str, body: Any) -> None:
    """A-PT-4: it can neither be edited nor deleted."""
    reply = desk.call(method, f"{PATH}/default", body)

    assert (reply.status, reply.code) == (409, "built_in")


def test_a_type_with_goods_or_types_below_it_stays(desk: Desk) -> None:
    """R-PT-11, A-PT-1: the refusal names the numbers."""
    clothes = add(desk, "Quần áo")
    shirts = add(desk, "Áo", clothes)
    for number in range(3):
        desk.keep("product", f"p_{number}", name=f"Hàng {number}", product_type=clothes)

    refused = desk.delete(f"{PATH}/{clothes}")

    assert refused.json["error"]["details"]["counts"] == {"product": 3, "product_type": 1}
    assert desk.delete(f"{PATH}/{shirts}").status == 204
    assert desk.delete(f"{PATH}/{clothes}").json["error"]["details"]["counts"] == {"product": 3}


def test_two_types_may_have_one_name_under_different_parents(desk: Desk) -> None:
    """A-PT-6: but not below the same one, wherever they come from; codes are unique in the whole tree."""
    men, women = add(desk, "Nam"), add(desk, "Nữ")
    first = desk.post(PATH, {"name": "Áo", "code": "A1", "parent": men}).json["id"]
    second = desk.post(PATH, {"name": "Áo", "code": "A2", "parent": women}).json["id"]

    moved = desk.patch(f"{PATH}/{second}", {"parent": men})
    coded = desk.patch(f"{PATH}/{second}", {"code": "a1"})

    assert (moved.code, moved.json["error"]["details"]) == ("duplicate_name", {"existing": first})
    assert coded.code == "duplicate_code"
    assert desk.patch(f"{PATH}/{second}", {"parent": men, "name": "Áo nữ"}).status == 200
    assert desk.post(PATH, {"name": "Áo", "code": "A3", "parent": women}).status == 201


def test_a_tree_does_not_become_so_deep_that_nobody_could_read_it(desk: Desk) -> None:
    """Thirty levels, also where a whole branch is moved."""
    at = None
    for level in range(30):
        at = add(desk, f"L{level}", at)
    branch = add(desk, "B0")
    add(desk, "B1", branch)
    last_but_one = desk.get(f"{PATH}/{at}").json["parent"]

    deeper = desk.post(PATH, {"name": "x", "code": "x", "parent": at})
    moved = desk.patch(f"{PATH}/{branch}", {"parent": last_but_one})

    assert (deeper.fields, moved.fields) == ({"parent": "too_deep_in_tree"},) * 2
    assert desk.get(f"{PATH}/tree").status == 200


def test_goods_are_given_a_type_by_hand(desk: Desk) -> None:
    """R-PT-08: and the list of goods is narrowed by it."""
    shirts = add(desk, "Áo")
    desk.keep("product", "p_1", name="Áo thun")
    desk.keep("product", "p_2", name="Cốc")

    given = desk.call("PATCH", "/products/p_1", {"product_type": shirts}, role="staff").json

    assert (given["product_type"], given["version"]) == (shirts, 2)
    assert [one["id"] for one in desk.get("/products", product_type=shirts).json["items"]] == ["p_1"]
    assert [one["id"] for one in desk.get("/products", product_type="default").json["items"]] == ["p_2"]
    assert drawn(desk) == [("Áo", 1, 1, [])]
    assert desk.patch("/products/p_1", {"product_type": "x"}).fields == {"product_type": "unknown_product_type"}
    assert desk.patch("/products/p_1", {"product_type": "default"}).json["product_type"] is None
    assert desk.patch("/products/p_1", {"name": "x"}).fields == {"name": "extra_forbidden"}
