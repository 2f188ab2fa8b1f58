"""Products as they came in; their type is the admin's."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api.routes import Routes
from retailhub.api.shapes import records as shapes
from retailhub.api.shapes.base import ByTime, Cursor, Limit, ListOf, Search, Word
from retailhub.api.shapes.records import ProductAnswer, ProductEdit
from retailhub.api.visit import Here
from retailhub.crm import product_types, records
from retailhub.crm.filters import filtered

routes = Routes("products")


@routes.get("/products", "viewer")
def list_products(
    here: Here,
    code: Word = None,
    product_type: Word = None,
    active: Annotated[bool | None, Query()] = None,
    q: Search = None,
    sort: ByTime = "-created_at",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ListOf[ProductAnswer]:
    """Tìm sản phẩm / Find products"""
    equal = {"product_type": product_type, "code": code, "active": active}
    page = {"limit": limit, "cursor": here.opened(cursor), "sort": sort}
    found = filtered(here.office, "product", equal, q, lambda one: (one.code, one.name, one.barcode), **page)
    return ListOf[ProductAnswer](**here.page(found, [shapes.product(record) for record in found.items]))


@routes.get("/products/<product_id>", "viewer")
def get_product(here: Here, product_id: str) -> ProductAnswer:
    """Một sản phẩm / One product"""
    return shapes.product(records.find(here.office, "product", product_id))


@routes.patch("/products/<product_id>", "staff")
def change_product(here: Here, product_id: str, edit: ProductEdit) -> ProductAnswer:
    """Xếp loại hàng hóa / Give a product its type"""
    spoken = product_types.of_product(edit.given())
    changed = records.change(
        here.office, "product", product_id, here.if_match, lambda fields: fields.model_copy(update=spoken)
    )
    return shapes.product(changed)
