"""Lead sync: leads of the cloud edition brought down (R-SYN)."""

from retailhub.api.routes import Routes
from retailhub.api.shapes import lead_sync as shapes
from retailhub.api.shapes.base import Cursor, Limit, ListOf
from retailhub.api.shapes.lead_sync import LeadSyncAnswer, LeadSyncEdit, LeadSyncRun
from retailhub.api.visit import Here
from retailhub.crm import lead_sync

routes = Routes("lead sync")


@routes.get("/lead-sync", "viewer")
def get_lead_sync(here: Here) -> LeadSyncAnswer:
    """Đồng bộ dữ liệu: thiết lập và lần chạy gần nhất / Data sync: how it is set, and its last run"""
    return shapes.answer(lead_sync.present(here.office), lead_sync.last_run(here.office), here.language)


@routes.patch("/lead-sync", "admin")
def change_lead_sync(here: Here, edit: LeadSyncEdit) -> LeadSyncAnswer:
    """Lưu thiết lập đồng bộ dữ liệu; mật khẩu để trống là giữ nguyên / Set the sync; a blank password stays"""
    given = edit.given()
    password = given.pop("password", None)
    sync = lead_sync.change(here.office, here.if_match, given, password)
    return shapes.answer(sync, lead_sync.last_run(here.office), here.language)


@routes.post("/lead-sync/run", "staff", status=202)
def run_lead_sync(here: Here) -> LeadSyncRun:
    """Đồng bộ lead ngay, theo cùng nguồn và điều kiện / Bring the leads down now, under the same conditions"""
    return shapes.run(lead_sync.run(here.office), here.language)


@routes.get("/lead-sync/runs", "viewer")
def list_lead_sync_runs(here: Here, limit: Limit = 50, cursor: Cursor = None) -> ListOf[LeadSyncRun]:
    """Các lần đồng bộ lead, mới nhất trước / The runs of the sync, newest first"""
    found = lead_sync.runs(here.office, limit=limit, cursor=here.opened(cursor))
    return ListOf[LeadSyncRun](**here.page(found, [shapes.run(pull, here.language) for pull in found.items]))
