"""Products of Getfly: read over v3, written in the tenant's screen only (getfly.md §5)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from flask import Response, request

from tests.twins.getfly.wording import RefusedError, number
from tests.twins.invented import good

if TYPE_CHECKING:
    from tests.twins.getfly import GetflyTwin

Product = dict[str, Any]
FIRST = 301
PAGE = 20  # §3: fixed
TEXTS = ("product_name", "description", "short_description", "category_name", "origin", "unit", "barcode")
NUMBERS = ("cover_price", "discount", "price_wholesale", "price_online", "saleoff_price", "weight")


class Products:
    """Keeps the tenant's products."""

    def __init__(self, twin: GetflyTwin) -> None:
        self.twin = twin
        self.clear()

    def clear(self) -> None:
        """Forget numbers and codes."""
        self.ids = itertools.count(FIRST)
        self.codes: dict[str, int] = {}

    @property
    def rows(self) -> dict[Any, Product]:
        """All products by id."""
        return self.twin.records["products"]

    def find(self, product_id: Any) -> Product:
        """The product with this id, or a 404."""
        row = self.rows.get(int(product_id)) if str(product_id).isdigit() else None
        if row is None:
            raise RefusedError(404, "Không tìm thấy sản phẩm")
        return row

    def find_code(self, code: str) -> Product:
        """The product with this code, or a 404."""
        return self.find(self.codes.get(code, ""))

    def create(self, record: Product, quiet: bool = False) -> Product:
        """New product typed in the screen; fires product.created."""
        row: Product = {"product_id": next(self.ids), "category_id": 1}
        row.update(dict.fromkeys(TEXTS, ""), **dict.fromkeys(NUMBERS, 0))
        row["product_code"] = str(record.get("product_code") or f"SP{row['product_id']:06d}")
        if row["product_code"] in self.codes:
            raise RefusedError(400, "Mã sản phẩm không cho phép trùng", "product_code")
        row.update(_typed(record))
        self.rows[row["product_id"]] = row
        self.codes[row["product_code"]] = row["product_id"]
        if not quiet:
            self.fire("product.created", row)
        return row

    def update(self, row: Product, changes: Product) -> Product:
        """Merge changes typed in the screen; fires product.updated."""
        row.update(_typed(changes))
        self.fire("product.updated", row)
        return row

    def remove(self, row: Product) -> None:
        """Take a product away; 4.0 has no event for it."""
        del self.rows[row["product_id"]], self.codes[row["product_code"]]

    def fire(self, event: str, row: Product) -> None:
        """Tell about a product, by id and code."""
        self.twin.fire(event, {"product_id": row["product_id"], "product_code": row["product_code"]})

    def invent(self, count: int) -> Product:
        """Article `count` as a product; its code becomes another when it is taken."""
        article = good(count)
        code = article.code if article.code not in self.codes else ""
        name = f"{article.title} – {article.colour} – {article.size}"
        words = {"product_code": code, "product_name": name, "category_name": article.category, "unit": "Cái"}
        sizes = {"cover_price": article.price, "weight": article.weight, "barcode": article.barcode}
        return self.create({**words, **sizes}, quiet=True)


def register(twin: GetflyTwin) -> None:
    """Add the calls to the twin's app."""

    def one(row: Product) -> Response:
        return twin.answer({"data": row, "images": [], "attributes": [], "attachments": []})

    @twin.app.get("/api/v3/products")
    def products() -> Response:
        rows = list(twin.products.rows.values())
        page, _ = twin.page_wish(PAGE)
        pagination = {"page": page, "limit": PAGE, "total_page": -(-len(rows) // PAGE), "total_records": len(rows)}
        return twin.answer({"records": rows[(page - 1) * PAGE : page * PAGE], "pagination": pagination})

    @twin.app.get("/api/v3/products/detail")
    def product_by_code() -> Response:
        return one(twin.products.find_code(request.args.get("product_code", "")))

    @twin.app.get("/api/v3/products/<product_id>")
    def product_by_id(product_id: str) -> Response:
        return one(twin.products.find(product_id))


def _typed(record: Product) -> Product:
    strange = set(record) - {*TEXTS, *NUMBERS, "product_code"}
    if strange:
        raise ValueError(f"a product has no {sorted(strange)}")
    texts = {name: str(record[name] or "") for name in TEXTS if name in record}
    return texts | {name: number(record[name], name) for name in NUMBERS if name in record}
