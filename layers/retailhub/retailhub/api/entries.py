"""Catalogues and the business's own records: one set of routes for each kind, made from its definition."""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api.routes import Routes
from retailhub.api.shapes import entries as shapes
from retailhub.api.shapes.base import Cursor, Limit, ListOf, Search, Word
from retailhub.api.shapes.entries import CatalogueAnswer, Shapes, TypeTree
from retailhub.api.visit import Here
from retailhub.crm import entries, product_types
from retailhub.domain.catalogues import CATALOGUES, PRODUCT_TYPES, SUPPLIER_TYPES
from retailhub.domain.definitions import Definition
from retailhub.domain.directories import DIRECTORIES, SUPPLIERS

routes = Routes("entries")
SHAPES = {definition.kind: Shapes(definition) for definition in (*CATALOGUES, *DIRECTORIES)}
SORTS: dict[bool, Any] = {
    True: Annotated[Literal["name", "-name"] | None, Query(description="`-`: from Z / từ Z")],
    False: Annotated[Literal["created_at", "-created_at"] | None, Query(description="`-`: newest first / mới trước")],
}


def _declare(definition: Definition, base: str) -> None:
    """The five routes of a kind. Readers read, `written_by` writes."""
    made, one, role = SHAPES[definition.kind], f"{base}/<entry_id>", definition.written_by

    def every(here: Here, q: Any, sort: Any, limit: Any, cursor: Any, **equal: Any) -> Any:
        page: dict[str, Any] = {"sort": sort, "limit": limit, "cursor": here.opened(cursor)}
        found = entries.listed(here.office, definition, equal, q, **page)
        return here.page(found, [made.shown(record) for record in found.items])

    def create(here: Here, new: Any) -> Any:
        return made.shown(entries.create(here.office, definition, new.given()))

    def get(here: Here, entry_id: str) -> Any:
        return made.shown(entries.find(here.office, definition, entry_id))

    def change(here: Here, entry_id: str, edit: Any) -> Any:
        return made.shown(entries.change(here.office, definition, entry_id, here.if_match, edit.given()))

    def delete(here: Here, entry_id: str) -> None:
        entries.remove(here.office, definition, entry_id, here.if_match)

    every.__signature__ = _list_signature(definition, made)  # type: ignore[attr-defined]
    create.__annotations__ |= {"new": made.new, "return": made.answer}
    get.__annotations__["return"] = made.answer
    change.__annotations__ |= {"edit": made.edit, "return": made.answer}
    several = definition.path.replace("-", "_")
    routes.get(base, "viewer")(_named(every, f"list_{several}", definition, "tìm", "find"))
    routes.post(base, role, status=201)(_named(create, f"create_{definition.kind}", definition, "thêm mới", "add"))
    routes.get(one, "viewer")(_named(get, f"get_{definition.kind}", definition, "xem", "look at one"))
    routes.patch(one, role)(_named(change, f"change_{definition.kind}", definition, "sửa", "change"))
    routes.delete(one, role)(_named(delete, f"delete_{definition.kind}", definition, "xóa", "delete"))


def _page_of(made: Shapes) -> Any:
    """The type of a page of a kind's answers."""
    return ListOf.__class_getitem__(made.answer)


def _named(
    function: Callable[..., Any], name: str, definition: Definition, vietnamese: str, english: str
) -> Callable[..., Any]:
    """The function under the name and the summary that the OpenAPI document takes from it."""
    function.__name__ = name
    function.__doc__ = f"{definition.title[0]}: {vietnamese} / {definition.title[1]}: {english}"
    return function


def _list_signature(definition: Definition, made: Shapes) -> Signature:
    """The list's parameters: its filters as the definition names them, then what every list takes."""
    flags = {field.name for field in definition.fields if field.form == "flag"}
    given: dict[str, tuple[Any, Any]] = {"here": (Here, Parameter.empty)}
    given |= {name: (Annotated[bool | None, Query()] if name in flags else Word, None) for name in definition.filters}
    given |= {
        "q": (Search, None),
        "sort": (SORTS[definition.few], None),
        "limit": (Limit, 50),
        "cursor": (Cursor, None),
    }
    parameters = [
        Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, annotation=kind, default=default)
        for name, (kind, default) in given.items()
    ]
    return Signature(parameters, return_annotation=_page_of(made))


@routes.get("/catalogues", "viewer")
def list_catalogues() -> ListOf[CatalogueAnswer]:
    """Các danh mục: trường, nhãn, cách tìm và xóa / The catalogues: fields, labels, searches, deletions"""
    return ListOf[CatalogueAnswer](items=[shapes.catalogue(definition) for definition in CATALOGUES])


for _definition in CATALOGUES:
    _declare(_definition, f"/catalogues/{_definition.path}")
for _definition in DIRECTORIES:
    _declare(_definition, f"/{_definition.path}")


@routes.get(f"/catalogues/{PRODUCT_TYPES.path}/tree", "viewer")
def get_product_type_tree(here: Here) -> TypeTree:
    """Cây loại hàng hóa với số hàng hóa / The tree of product types with its numbers of goods"""
    tree = product_types.tree(here.office)
    items = [shapes.node(place, tree.types) for place in tree.nodes]
    return TypeTree(goods=tree.goods, without_type=tree.without_type, items=items)


@routes.get(f"/catalogues/{SUPPLIER_TYPES.path}/<entry_id>/suppliers", "viewer")
def list_suppliers_of_type(
    here: Here, entry_id: str, q: Search = None, limit: Limit = 50, cursor: Cursor = None
) -> Any:
    """Chi tiết: các nhà cung cấp thuộc loại / Details: the suppliers of a type"""
    entries.find(here.office, SUPPLIER_TYPES, entry_id)
    page: dict[str, Any] = {"sort": None, "limit": limit, "cursor": here.opened(cursor)}
    found = entries.listed(here.office, SUPPLIERS, {"supplier_type": entry_id}, q, **page)
    return here.page(found, [SHAPES["supplier"].shown(record) for record in found.items])


list_suppliers_of_type.__annotations__["return"] = _page_of(SHAPES["supplier"])
