"""Backfills: old data brought in ("đồng bộ dữ liệu cũ"), watched, cancelled, taken up again."""

from retailhub.api.routes import Routes
from retailhub.api.shapes import connections as shapes
from retailhub.api.shapes.base import Cursor, Limit, ListOf
from retailhub.api.shapes.connections import BackfillAnswer, NewBackfill
from retailhub.api.visit import Here
from retailhub.crm import backfills

routes = Routes("backfills")
ONE = "/connections/<connection_id>/backfills/<backfill_id>"


@routes.get("/connections/<connection_id>/backfills", "viewer")
def list_backfills(here: Here, connection_id: str, limit: Limit = 50, cursor: Cursor = None) -> ListOf[BackfillAnswer]:
    """Các lần đồng bộ dữ liệu cũ, mới nhất trước / The backfills, newest first"""
    found = backfills.listed(here.office, connection_id, limit=limit, cursor=here.opened(cursor))
    now = here.office.clock()
    return ListOf[BackfillAnswer](**here.page(found, [shapes.backfill(pull, now) for pull in found.items]))


@routes.post("/connections/<connection_id>/backfills", "admin", status=201)
def start_backfill(here: Here, connection_id: str, wanted: NewBackfill) -> BackfillAnswer:
    """Bắt đầu đồng bộ dữ liệu cũ / Start to bring in old data"""
    pull = backfills.start(here.office, connection_id, wanted.record_types)
    return shapes.backfill(pull, here.office.clock())


@routes.get(ONE, "viewer")
def get_backfill(here: Here, connection_id: str, backfill_id: str) -> BackfillAnswer:
    """Tiến độ / How far it is"""
    return shapes.backfill(backfills.find(here.office, connection_id, backfill_id), here.office.clock())


@routes.post(f"{ONE}/cancel", "admin")
def cancel_backfill(here: Here, connection_id: str, backfill_id: str) -> BackfillAnswer:
    """Dừng; dữ liệu đã về vẫn còn / Stop; what came in stays"""
    return shapes.backfill(backfills.cancel(here.office, connection_id, backfill_id), here.office.clock())


@routes.post(f"{ONE}/resume", "admin")
def resume_backfill(here: Here, connection_id: str, backfill_id: str) -> BackfillAnswer:
    """Chạy tiếp từ chỗ đã dừng / Go on where it stopped"""
    return shapes.backfill(backfills.resume(here.office, connection_id, backfill_id), here.office.clock())
