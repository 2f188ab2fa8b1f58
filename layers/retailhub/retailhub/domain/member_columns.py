"""The columns of the member lists: which there are, what they are called, which are shown until somebody chooses."""

from typing import Any, Literal, get_args

ColumnName = Literal[
    "name",
    "phone",
    "email",
    "gender",
    "birthday",
    "card",
    "level",
    "points_available",
    "points_used",
    "points_incoming",
    "points_ranking",
    "total_spent",
    "total_orders",
    "last_purchase_at",
    "registered",
    "known_from",
    "activated_at",
    "activated_by",
    "owner",
    "source",
    "groups",
    "vendor_id",
    "revenue",
]

LABELS: dict[ColumnName, tuple[str, str]] = {
    "name": ("Họ tên", "Name"),
    "phone": ("Số điện thoại", "Phone"),
    "email": ("E-mail", "E-mail"),
    "gender": ("Giới tính", "Gender"),
    "birthday": ("Ngày sinh", "Birthday"),
    "card": ("Số thẻ", "Card number"),
    "level": ("Hạng thành viên", "Tier"),
    "points_available": ("Điểm khả dụng", "Points available"),
    "points_used": ("Điểm đã dùng", "Points used"),
    "points_incoming": ("Điểm sắp có", "Points incoming"),
    "points_ranking": ("Điểm xếp hạng", "Ranking points"),
    "total_spent": ("Tổng chi tiêu", "Total spent"),
    "total_orders": ("Tổng đơn hàng", "Total orders"),
    "last_purchase_at": ("Lần cuối mua hàng", "Last purchase"),
    "registered": ("Đã đăng ký thành viên", "Registered"),
    "known_from": ("Nguồn hồ sơ", "Source"),
    "activated_at": ("Kích hoạt lúc", "Activated at"),
    "activated_by": ("Người kích hoạt", "Activated by"),
    "owner": ("Người phụ trách", "In charge"),
    "source": ("Nguồn gốc", "Customer's source"),
    "groups": ("Nhóm khách hàng", "Customer groups"),
    "vendor_id": ("Id Vendor", "Id Vendor"),
    "revenue": ("Doanh thu theo đơn hàng", "Revenue by orders"),
}

COLUMNS: tuple[ColumnName, ...] = get_args(ColumnName)
DEFAULT_COLUMNS: tuple[ColumnName, ...] = COLUMNS[: COLUMNS.index("activated_at") + 1]
"""The seventeen of A-HL-5 (mini_crm_haraloyalty.md §2.3)."""


def known(names: Any) -> tuple[ColumnName, ...]:
    """Those of the names that are columns still, each once and in their order; the default set if none is left."""
    chosen = names if isinstance(names, list) else []
    return tuple(name for name in dict.fromkeys(chosen) if name in COLUMNS) or DEFAULT_COLUMNS
