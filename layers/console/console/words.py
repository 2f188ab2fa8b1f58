"""What states and kinds are called on the screens, and how they look: text in both languages, and a tone."""

from retailhub.api.messages import MESSAGES
from retailhub.api.wording import reasons
from retailhub.api.wording.labels import FIELDS, KINDS, PLATFORMS
from retailhub.api.wording.stories import WORDS as STORIES

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
        "other": (("Khác", "Other"), "secondary"),
    },
    "order_status": {
        "open": (("Mới", "Open"), "azure"),
        "confirmed": (("Đã xác nhận", "Confirmed"), "blue"),
        "closed": (("Hoàn tất", "Closed"), "green"),
        "cancelled": (("Đã hủy", "Cancelled"), "red"),
        "other": (("Khác", "Other"), "secondary"),
    },
    "shipping_status": {
        "none": (("Chưa giao", "Not shipped"), "secondary"),
        "packing": (("Đang đóng gói", "Packing"), "azure"),
        "delivering": (("Đang giao", "Delivering"), "blue"),
        "delivered": (("Đã giao", "Delivered"), "green"),
        "returned": (("Trả hàng", "Returned"), "orange"),
        "cancelled": (("Đã hủy giao", "Cancelled"), "red"),
        "other": (("Khác", "Other"), "secondary"),
    },
    "contract_status": {
        "processing": (("Đang xử lý", "Processing"), "azure"),
        "completed": (("Hoàn thành", "Completed"), "green"),
        "cancelled": (("Đã hủy", "Cancelled"), "red"),
        "undeliverable": (("Không giao được", "Undeliverable"), "orange"),
        "other": (("Khác", "Other"), "secondary"),
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
    "connection_status": {
        "active": (("Đang chạy", "Active"), "green"),
        "paused": (("Tạm dừng", "Paused"), "yellow"),
        "trouble": (("Có trục trặc", "Trouble"), "red"),
    },
    "backfill_status": {
        "waiting": (("Chờ tới lượt", "Waiting"), "secondary"),
        "running": (("Đang chạy", "Running"), "azure"),
        "done": (("Đã xong", "Done"), "green"),
        "cancelled": (("Đã dừng", "Cancelled"), "yellow"),
        "failed": (("Thất bại", "Failed"), "red"),
    },
    "ticket_priority_resolve_unit": {
        "minutes": (("phút", "minutes"), "secondary"),
        "hours": (("giờ", "hours"), "secondary"),
        "days": (("ngày", "days"), "secondary"),
    },
    "act": {
        "created": (("Thêm", "Added"), "green"),
        "edited": (("Sửa", "Edited"), "azure"),
        "removed": (("Xóa", "Removed"), "red"),
        "paused": (("Tạm dừng", "Paused"), "yellow"),
        "resumed": (("Chạy tiếp", "Resumed"), "blue"),
        "started": (("Bắt đầu", "Started"), "blue"),
        "cancelled": (("Dừng", "Stopped"), "yellow"),
        "redriven": (("Chạy lại", "Run again"), "blue"),
        "pushed": (("Đẩy lên Haravan", "Sent to Haravan"), "blue"),
        "rotated": (("Đổi mã bí mật", "Secret changed"), "orange"),
    },
    "known_from": {
        "opening_file": (("Tệp đầu kỳ", "Opening file"), "purple"),
        "haravan": (("Haravan", "Haravan"), "azure"),
    },
    "told_by": {
        "haraloyalty": (("Haraloyalty", "Haraloyalty"), "green"),
        "opening_file": (("Tệp đầu kỳ", "Opening file"), "purple"),
        "hub": (("Đơn hàng ở RetailHub", "Orders in RetailHub"), "secondary"),
    },
    "activation": {
        "activated": (("Đã kích hoạt", "Activated"), "green"),
        "already": (("Đã là thành viên", "A member already"), "secondary"),
        "refused": (("Bị từ chối", "Refused"), "red"),
    },
    "import_row": {
        "refused": (("Bị từ chối", "Refused"), "red"),
        "created": (("Thêm mới", "Added"), "green"),
        "linked": (("Nối với khách đã có", "Linked to a known customer"), "azure"),
        "updated": (("Cập nhật số dư", "Balances updated"), "blue"),
        "unchanged": (("Không đổi", "Unchanged"), "secondary"),
    },
    "link": {
        "settled": (("Đã đồng bộ", "In sync"), "green"),
        "pending": (("Đang tạo", "Being created"), "azure"),
        "waiting": (("Đang chờ gửi", "Waiting"), "yellow"),
        "failed": (("Chưa gửi được", "Failed"), "red"),
        "gone": (("Đã xóa ở đó", "Removed there"), "secondary"),
    },
    "role": {
        "viewer": (("Người xem", "Viewer"), "secondary"),
        "staff": (("Nhân viên", "Staff"), "azure"),
        "admin": (("Quản trị", "Admin"), "purple"),
    },
}
"""Kind of state → state → its name and tone."""

QUEUES: dict[str, Both] = {
    "Changes": ("Nhận dữ liệu", "Taking in data"),
    "Quarantine": ("Chưa tin được, đang giữ lại", "Not believed, kept aside"),
    "Pulls": ("Lấy dữ liệu từ nền tảng", "Fetching data"),
    "Resumptions": ("Chạy tiếp những gì đang chờ", "Going on with what waits"),
    "RouteFailures": ("Báo thay đổi cho các luồng", "Telling the flows"),
    "ScheduleFailures": ("Lịch chạy", "Schedules"),
}
"""What stands still where: queue → what is done there. Those of deliveries follow from their platform."""

SETTINGS: dict[str, Both] = {
    "password": ("mật khẩu", "password"),
    "sources": ("nguồn gốc", "sources"),
    "require_phone": ("bắt buộc điện thoại", "phone required"),
    "require_email": ("bắt buộc e-mail", "e-mail required"),
    "base_url": ("địa chỉ", "address"),
    "connection": ("kết nối", "connection"),
    "record_type": ("loại dữ liệu", "record type"),
    "from_connection": ("từ", "from"),
    "to_connection": ("đến", "to"),
    "activated_at": ("kích hoạt lúc", "activated at"),
    "activated_by": ("người kích hoạt", "activated by"),
    "ground": ("lý do", "reason"),
    "op": ("phép so", "comparison"),
    "queue": ("hàng đợi", "queue"),
    "limit": ("nhiều nhất", "at most"),
}
"""Fields of settings and runs that the audit speaks of and no record has."""


def place(language: str) -> int:
    """Where a language stands in a pair."""
    return 0 if language == "vi" else 1


def state(kind: str, value: str, language: str) -> tuple[str, str]:
    """Name and tone of a state; an unknown one as it stands."""
    known = OUTCOMES if kind == "outcome" else STATES.get(kind, {})
    both, tone = known.get(value, ((value, value), "secondary"))
    return both[place(language)], tone


def options(kind: str, language: str) -> list[tuple[str, str]]:
    """The states of a kind for a field that chooses one: (state, its name)."""
    return [(value, both[place(language)]) for value, (both, _) in STATES[kind].items()]


def reason(code: str, language: str) -> str:
    """Why something waits, failed or was refused; an unknown code as it stands."""
    told = STORIES.get(f"reason.{code}") or reasons.why(code) or MESSAGES.get(code) or (code, code)
    return told[place(language)]


def queue(name: str, language: str) -> str:
    """What a queue does, as people say it; an unknown one as it stands."""
    if name.endswith("Deliveries"):
        wanted, gone = name.removesuffix("Deliveries").lower(), ("kết nối đã xóa", "a removed connection")
        to = next((shown for key, shown in PLATFORMS.items() if key.replace("_", "") == wanted), gone[place(language)])
        return f"Gửi sang {to}" if place(language) == 0 else f"Sending to {to}"
    return QUEUES.get(name, (name, name))[place(language)]


def kind(name: str, language: str) -> str:
    """What a kind of record is called."""
    return KINDS[name][place(language)] if name in KINDS else name


def field(name: str, language: str) -> str:
    """What a field is called, with a capital letter."""
    known = FIELDS.get(name) or SETTINGS.get(name)
    told = known[place(language)] if known else name
    return told[:1].upper() + told[1:]


def platform(name: str) -> str:
    """What a platform is called."""
    return PLATFORMS.get(name, "RetailHub" if name == "hub" else name)
