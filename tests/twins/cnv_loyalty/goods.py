"""Products at CNV, pushed by the partner."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from tests.twins.cnv_loyalty.wording import RefusedError, number
from tests.twins.invented import good

if TYPE_CHECKING:
    from tests.twins.cnv_loyalty import CnvLoyaltyTwin

Product = dict[str, Any]
FIRST = 551


class Goods:
    """Keeps the products, matched by the partner's id, then by their code."""

    def __init__(self, twin: CnvLoyaltyTwin) -> None:
        self.twin = twin
        self.ids = itertools.count(FIRST)

    @property
    def rows(self) -> dict[Any, Product]:
        """All products by id."""
        return self.twin.records["products"]

    def upsert(self, body: Product) -> Product:
        """A product pushed by the partner: `{ref_id, sku (or code), name (or title), price}` (§A.3, assumed)."""
        sku = str(body.get("sku") or body.get("code") or "")
        ref_id = str(body.get("ref_id") or "")
        if not sku and not ref_id:
            raise RefusedError(422, "ref_id or sku is required")
        known = [row for row in self.rows.values() if ref_id and row["ref_id"] == ref_id]
        known += [row for row in self.rows.values() if sku and row["sku"] == sku]
        row = known[0] if known else self._blank()
        return self.write(row, {**body, "sku": sku}, "product.updated" if known else "product.created")

    def write(self, row: Product, body: Product, event: str = "product.updated") -> Product:
        """Merge a product; blanks leave what stands."""
        row["title"] = str(body.get("name") or body.get("title") or row["title"])
        row.update({name: str(body[name]) for name in ("sku", "ref_id") if body.get(name)})
        if "price" in body:
            row["price"] = number(body["price"], "price")
        self.rows[row["id"]] = row
        self.twin.touch("products", row)
        self.twin.fire(event, row["id"])
        return row

    def remove(self, row: Product) -> None:
        """Take a product away for good."""
        del self.rows[row["id"]]
        self.twin.forget_order("products")

    def invent(self, count: int) -> Product:
        """Article `count` as a product."""
        article, row = good(count), self._blank()
        row.update(sku=article.code, title=article.title, price=article.price)
        self.rows[row["id"]] = row
        row["updated_at"] = self.twin.long_ago(count)
        self.twin.forget_order("products")
        return row

    def shape(self, row: Product) -> Product:
        """A product as family B shows it."""
        return {name: row[name] for name in ("id", "title", "sku", "price")}

    def _blank(self) -> Product:
        return {"id": next(self.ids), "ref_id": "", "sku": "", "title": "", "price": 0, "updated_at": 0.0}
