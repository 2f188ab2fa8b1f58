"""Products as they came in."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api.routes import Routes
from retailhub.api.shapes import records as shapes
from retailhub.api.shapes.base import ByTime, Cursor, Limit, ListOf, Search, Word
from retailhub.api.shapes.records import ProductAnswer
from retailhub.api.visit import Here
from retailhub.crm import filters, records

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
    equal = {"code": code, "product_type": product_type, "active": active}
    keep = filters.keeping(equal, q, lambda one: (one.code, one.name, one.barcode))
    found = records.listed(here.office, "product", keep, limit=limit, cursor=here.opened(cursor), sort=sort)
    return ListOf[ProductAnswer](**here.page(found, [shapes.product(record) for record in found.items]))


@routes.get("/products/<product_id>", "viewer")
def get_product(here: Here, product_id: str) -> ProductAnswer:
    """Một sản phẩm / One product"""
    return shapes.product(records.find(here.office, "product", product_id))
