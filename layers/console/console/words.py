"""What states and kinds are called on the screens, and how they look: text in both languages, and a tone."""

from retailhub.api.wording.labels import FIELDS, KINDS, PLATFORMS

Both = tuple[str, str]

OUTCOMES: dict[str, tuple[Both, str]] = {
    "received": (("Đã nhận", "Received"), "azure"),
    "applied": (("Đã áp dụng", "Applied"), "green"),
    "stale": (("Cũ hơn", "Stale"), "secondary"),
    "echo": (("Tiếng vọng", "Echo"), "secondary"),
    "ignored": (("Bỏ qua", "Ignored"), "secondary"),
    "parked": (("Đang chờ", "Parked"), "yellow"),
    "failed": (("Thất bại", "Failed"), "red"),
}
"""What became of an event → its name and tone."""

STATES: dict[str, dict[str, tuple[Both, str]]] = {
    "payment_status": {
        "pending": (("Chờ thanh toán", "Pending"), "yellow"),
        "authorized": (("Đã ủy quyền", "Authorized"), "azure"),
        "partially_paid": (("Trả một phần", "Partially paid"), "yellow"),
        "paid": (("Đã thanh toán", "Paid"), "green"),
        "partially_refunded": (("Hoàn một phần", "Partially refunded"), "orange"),
        "refunded": (("Đã hoàn tiền", "Refunded"), "red"),
        "voided": (("Đã hủy thanh toán", "Voided"), "secondary"),
        "unknown": (("Không rõ", "Unknown"), "secondary"),
    },
    "order_status": {
        "open": (("Mới", "Open"), "azure"),
        "confirmed": (("Đã xác nhận", "Confirmed"), "blue"),
        "closed": (("Hoàn tất", "Closed"), "green"),
        "cancelled": (("Đã hủy", "Cancelled"), "red"),
    },
    "lead_status": {
        "open": (("Đang chăm sóc", "Open"), "azure"),
        "converted": (("Đã chuyển đổi", "Converted"), "green"),
    },
    "opportunity_status": {
        "open": (("Đang mở", "Open"), "azure"),
        "won": (("Thành công", "Won"), "green"),
        "lost": (("Thất bại", "Lost"), "red"),
    },
    "ticket_status": {
        "open": (("Mới", "Open"), "azure"),
        "in_progress": (("Đang xử lý", "In progress"), "yellow"),
        "done": (("Đã xong", "Done"), "green"),
    },
    "role": {
        "viewer": (("Người xem", "Viewer"), "secondary"),
        "staff": (("Nhân viên", "Staff"), "azure"),
        "admin": (("Quản trị", "Admin"), "purple"),
    },
}
"""Kind of state → state → its name and tone."""


def place(language: str) -> int:
    """Where a language stands in a pair."""
    return 0 if language == "vi" else 1


def state(kind: str, value: str, language: str) -> tuple[str, str]:
    """Name and tone of a state; an unknown one as it stands."""
    known = OUTCOMES if kind == "outcome" else STATES.get(kind, {})
    both, tone = known.get(value, ((value, value), "secondary"))
    return both[place(language)], tone


def kind(name: str, language: str) -> str:
    """What a kind of record is called."""
    return KINDS[name][place(language)] if name in KINDS else name


def field(name: str, language: str) -> str:
    """What a field is called, with a capital letter."""
    told = FIELDS[name][place(language)] if name in FIELDS else name
    return told[:1].upper() + told[1:]


def platform(name: str) -> str:
    """What a platform is called."""
    return PLATFORMS.get(name, "RetailHub" if name == "hub" else name)
