"""Reward points: settings, ledgers, redeeming."""

from retailhub.api.routes import Routes
from retailhub.api.shapes import points as shapes
from retailhub.api.shapes import records as record_shapes
from retailhub.api.shapes.base import Cursor, Limit
from retailhub.api.shapes.points import OfferAnswer, PointsAnswer, PointSettingsAnswer, PointSettingsEdit, Redemption
from retailhub.api.shapes.records import ContractAnswer
from retailhub.api.visit import Here
from retailhub.crm import points

routes = Routes("points")


@routes.get("/point-settings", "viewer")
def get_point_settings(here: Here) -> PointSettingsAnswer:
    """Tham số điểm thưởng / The settings of reward points"""
    return shapes.settings(points.settings(here.office))


@routes.patch("/point-settings", "admin")
def change_point_settings(here: Here, edit: PointSettingsEdit) -> PointSettingsAnswer:
    """Thiết lập tham số điểm thưởng; chỉ áp dụng từ nay về sau / Set the settings of reward points, from now on"""
    return shapes.settings(points.change_settings(here.office, here.if_match, edit.given()))


@routes.get("/customers/<customer_id>/points", "viewer")
def get_points(here: Here, customer_id: str, limit: Limit = 50, cursor: Cursor = None) -> PointsAnswer:
    """Điểm thưởng của khách hàng, biến động mới nhất trước / The customer's points and their ledger, newest first"""
    held = points.holding(here.office, customer_id, limit=limit, cursor=here.opened(cursor))
    page = here.page(held.ledger, [shapes.line(entry, here.language) for entry in held.ledger.items])
    return PointsAnswer(
        balance=held.balance,
        redeemable=held.redeemable,
        purchases=held.purchases,
        ledger=page["items"],
        next_cursor=page["next_cursor"],
    )


@routes.get("/contracts/<contract_id>/points", "viewer")
def get_offer(here: Here, contract_id: str) -> OfferAnswer:
    """Số điểm đổi được cho hợp đồng / What may be redeemed for the contract"""
    made = points.offer(here.office, contract_id)
    return shapes.offer(made, points.settings(here.office).fields, here.language)


@routes.post("/contracts/<contract_id>/redeem", "staff")
def redeem_points(here: Here, contract_id: str, wanted: Redemption) -> ContractAnswer:
    """Đổi điểm lấy giảm giá cho hợp đồng / Redeem points for a discount on the contract"""
    return record_shapes.contract(points.redeem(here.office, contract_id, here.if_match, wanted.points))
