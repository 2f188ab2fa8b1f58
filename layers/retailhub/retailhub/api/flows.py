"""Flows: which connection feeds which, for which records and on what."""

from retailhub.api.routes import Routes
from retailhub.api.shapes.base import Cursor, Limit, ListOf
from retailhub.api.shapes.connections import FlowAnswer, FlowEdit, NewFlow
from retailhub.api.visit import Here
from retailhub.crm import flows, lists

routes = Routes("flows")


@routes.get("/flows", "viewer")
def list_flows(here: Here, limit: Limit = 50, cursor: Cursor = None) -> ListOf[FlowAnswer]:
    """Các luồng đồng bộ / The flows"""
    every = lists.in_memory(flows.every(here.office), lambda kept: kept.flow.id, "id")
    found = lists.cut(every, limit, here.opened(cursor))
    return ListOf[FlowAnswer](**here.page(found, [FlowAnswer(**flows.shown(kept)) for kept in found.items]))


@routes.post("/flows", "admin", status=201)
def create_flow(here: Here, new: NewFlow) -> FlowAnswer:
    """Thêm luồng / Make a flow"""
    source, target = new.from_connection, new.to_connection
    kept = flows.create(
        here.office, source=source, target=target, record_type=new.record_type, on=new.on, active=new.active
    )
    return FlowAnswer(**flows.shown(kept))


@routes.get("/flows/<flow_id>", "viewer")
def get_flow(here: Here, flow_id: str) -> FlowAnswer:
    """Một luồng / One flow"""
    return FlowAnswer(**flows.shown(flows.find(here.office, flow_id)))


@routes.patch("/flows/<flow_id>", "admin")
def change_flow(here: Here, flow_id: str, edit: FlowEdit) -> FlowAnswer:
    """Bật, tắt luồng hoặc đổi điều kiện / Switch a flow or choose what it goes by"""
    kept = flows.change(here.office, flow_id, here.if_match, on=edit.on, active=edit.active)
    return FlowAnswer(**flows.shown(kept))


@routes.delete("/flows/<flow_id>", "admin")
def remove_flow(here: Here, flow_id: str) -> None:
    """Xóa luồng / Remove a flow"""
    flows.remove(here.office, flow_id)
