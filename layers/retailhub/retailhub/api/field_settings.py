"""Duplicate and required fields, and the list of doubtful records."""

from retailhub.api.routes import Routes
from retailhub.api.shapes import field_settings as shapes
from retailhub.api.shapes.base import Cursor, Limit, ListOf
from retailhub.api.shapes.field_settings import (
    DuplicateSettingsAnswer,
    DuplicateSettingsEdit,
    Resolution,
    ReviewAnswer,
)
from retailhub.api.visit import Here
from retailhub.crm import duplicates, reviews

routes = Routes("field-settings")


@routes.get("/duplicate-settings", "viewer")
def get_duplicate_settings(here: Here) -> DuplicateSettingsAnswer:
    """Trường trùng và trường bắt buộc / Unique and required fields"""
    return shapes.settings(duplicates.settings(here.office))


@routes.patch("/duplicate-settings", "admin")
def change_duplicate_settings(here: Here, edit: DuplicateSettingsEdit) -> DuplicateSettingsAnswer:
    """Cập nhật trường trùng và trường bắt buộc / Set unique and required fields"""
    return shapes.settings(duplicates.save(here.office, edit.ticks(), here.if_match))


@routes.get("/reviews", "viewer")
def list_reviews(here: Here, limit: Limit = 50, cursor: Cursor = None) -> ListOf[ReviewAnswer]:
    """Bản ghi trùng với nhiều khách hàng, chờ người quyết định / Records that match several customers, to be decided"""
    found = reviews.listed(here.office, limit=limit, cursor=here.opened(cursor))
    return ListOf[ReviewAnswer](**here.page(found, [shapes.review(one) for one in found.items]))


@routes.post("/reviews/<review_id>/resolve", "staff", status=202)
def resolve_review(here: Here, review_id: str, resolution: Resolution) -> ReviewAnswer:
    """Quyết định: là khách hàng đã có hay khách hàng mới / Decide: a customer of ours, or a new one"""
    return shapes.review(reviews.resolve(here.office, review_id, resolution.customer))
