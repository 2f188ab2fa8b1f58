"""Connections: made, tried out, paused, given a new webhook secret, removed."""

from dataclasses import asdict
from typing import Any

from retailhub.api.routes import Routes
from retailhub.api.shapes import connections as shapes
from retailhub.api.shapes.base import ByName, Cursor, Limit, ListOf
from retailhub.api.shapes.connections import (
    ConnectionAnswer,
    ConnectionEdit,
    MadeConnection,
    NewConnection,
    ResumedConnection,
    TriedConnection,
)
from retailhub.api.visit import Here
from retailhub.crm import connections, events, lists, pausing, webhooks
from retailhub.crm.connections import Entered, Made

routes = Routes("connections")
SECRET = ("webhook_secret",)


@routes.get("/connections", "viewer")
def list_connections(
    here: Here, limit: Limit = 50, cursor: Cursor = None, sort: ByName = "name"
) -> ListOf[ConnectionAnswer]:
    """Danh sách kết nối / The connections"""
    seen = events.last_seen(here.office)
    every = lists.in_memory(connections.every(here.office), lambda c: (c.name.casefold(), c.id), sort)
    found = lists.cut(every, limit, here.opened(cursor))
    items = [shapes.connection(here.office, one, seen.get(one.id, "")) for one in found.items]
    return ListOf[ConnectionAnswer](**here.page(found, items))


@routes.post("/connections", "admin", status=201, shown_once=SECRET)
def create_connection(here: Here, entered: NewConnection) -> MadeConnection:
    """Thêm kết nối; mã bí mật webhook chỉ hiện một lần / Make a connection; its webhook secret is shown this once"""
    given = Entered(entered.name, entered.record_types, entered.settings, entered.credentials)
    return shapes.made(here.office, connections.create(here.office, entered.platform, given))


@routes.get("/connections/<connection_id>", "viewer")
def get_connection(here: Here, connection_id: str) -> ConnectionAnswer:
    """Một kết nối / One connection"""
    one = connections.find(here.office, connection_id)
    seen = events.last_seen(here.office)
    return ConnectionAnswer(**shapes.connection(here.office, one, seen.get(one.id, "")))


@routes.patch("/connections/<connection_id>", "admin")
def change_connection(here: Here, connection_id: str, edit: ConnectionEdit) -> MadeConnection:
    """Sửa kết nối / Change a connection"""
    given: dict[str, Any] = edit.given()
    return shapes.made(here.office, connections.change(here.office, connection_id, here.if_match, Entered(**given)))


@routes.delete("/connections/<connection_id>", "admin")
def remove_connection(here: Here, connection_id: str) -> None:
    """Xóa kết nối; dữ liệu đã đồng bộ vẫn còn / Remove a connection; its records stay"""
    connections.remove(here.office, connection_id)


@routes.post("/connections/<connection_id>/test", "admin")
def test_connection(here: Here, connection_id: str) -> TriedConnection:
    """Thử kết nối / Try the connection out"""
    return TriedConnection(**asdict(pausing.try_out(here.office, connection_id)))


@routes.post("/connections/<connection_id>/pause", "admin")
def pause_connection(here: Here, connection_id: str) -> ConnectionAnswer:
    """Tạm dừng; dữ liệu đến trong lúc đó được giữ lại / Pause; what comes meanwhile is kept"""
    return ConnectionAnswer(**shapes.connection(here.office, pausing.pause(here.office, connection_id)))


@routes.post("/connections/<connection_id>/resume", "admin")
def resume_connection(here: Here, connection_id: str) -> ResumedConnection:
    """Chạy tiếp / Go on"""
    told = pausing.resume(here.office, connection_id)
    more: dict[str, Any] = {"pulls": told.pulls, "webhooks": asdict(told.webhooks)}
    return ResumedConnection(**shapes.connection(here.office, told.connection), **more)


@routes.post("/connections/<connection_id>/rotate-secret", "admin", shown_once=SECRET)
def rotate_secret(here: Here, connection_id: str) -> MadeConnection:
    """Đổi mã bí mật webhook; mã cũ còn dùng được một ngày / A new webhook secret; the old one stays good for a day"""
    one = connections.find(here.office, connection_id)
    secret, watched = webhooks.rotate(here.office, one, connections.new_webhook_secret())
    return shapes.made(here.office, Made(one, secret.current, watched))
