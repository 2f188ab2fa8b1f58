"""Goods that come in under a shop's own category: the category becomes a product type by itself (A-PT-6)."""

from retailhub.domain.definitions import same
from retailhub.domain.entries import ProductType
from retailhub.domain.identity import record_id
from retailhub.domain.kinds import DEFAULT_TYPE
from retailhub.domain.records import Record
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.rules.unique_names import claimed, holder_of
from retailhub.store import records
from retailhub.store.table import claim_key


def typed(draft: Draft, before: Record | None, after: Record, deed: Deed) -> None:
    """Draft the product type of a category that is not there yet, on the outermost level.

    Its id follows from the category's code, so the goods name it before it is there. What an admin made of it since
    (another name, another place) stays; one that was removed comes back with its goods.
    """
    code, wanted = after.fields.category_code, after.fields.product_type
    known = before and not before.deleted and before.fields.product_type == wanted
    if after.deleted or not code or wanted != record_id("product_type", code) or known:
        return
    present = draft.record("product_type", wanted)
    if present and not present.deleted:
        return
    born = records.born("product_type", wanted, origin=deed.by, by=deed.by, at=deed.at)
    fields = present.fields if present else ProductType(name=_free_name(draft, after.fields.category, code), code=code)
    entry = (present or born).revised(fields, by=deed.by, at=deed.at, deleted=False)
    claimed(draft, present, entry)
    draft.keep(entry)
    deed.note("product_type_added", product_type=entry.id, category=code)


def _free_name(draft: Draft, category: str | None, code: str) -> str:
    """The category's name, with its code where another type on the outermost level has that name."""
    name = category or code
    taken = holder_of(draft, claim_key("product_type.name", f"{DEFAULT_TYPE}#{same(name)}"))
    return f"{name} ({code})" if taken else name
