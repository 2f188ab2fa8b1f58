"""What the admin API says to people: Vietnamese, or English for those who ask for it (Accept-Language)."""

from typing import Literal

Language = Literal["vi", "en"]
_LANGUAGES: dict[str, Language] = {"vi": "vi", "en": "en"}

MESSAGES: dict[str, tuple[str, str]] = {
    # who is asking
    "no_key": ("Thiếu khóa API hoặc khóa không hợp lệ", "The API key is missing or not valid"),
    "role_too_small": ("Khóa API này không có quyền làm việc đó", "This API key's role does not allow that"),
    # how it is asked
    "unknown_path": ("Không có địa chỉ này", "There is nothing at this address"),
    "method_not_allowed": ("Địa chỉ này không nhận phương thức đó", "This address does not take that method"),
    "too_large": ("Dữ liệu gửi lên quá lớn", "The request is too large"),
    "not_json": ("Nội dung không phải JSON hợp lệ", "The body is not valid JSON"),
    "not_utf8": ("Nội dung không phải UTF-8", "The body is not UTF-8"),
    "too_deep": ("JSON lồng quá sâu", "The JSON is nested too deeply"),
    "not_an_object": ("Nội dung phải là một đối tượng JSON", "The body must be a JSON object"),
    "not_base64": ("Nội dung không phải base64 hợp lệ", "The body is not valid base64"),
    "bad_content_type": ("Chỉ nhận application/json", "Only application/json is taken"),
    "bad_cursor": ("Con trỏ trang không hợp lệ", "The cursor is not one of this list"),
    "bad_if_match": ("If-Match phải là một số phiên bản", "If-Match must be a version number"),
    "bad_idempotency_key": ("Idempotency-Key không hợp lệ", "The Idempotency-Key is not valid"),
    # what there is not
    "unknown_connection": ("Không có kết nối này", "There is no such connection"),
    "unknown_backfill": ("Không có lần đồng bộ dữ liệu cũ này", "There is no such backfill"),
    "unknown_flow": ("Không có luồng đồng bộ này", "There is no such flow"),
    "unknown_customer": ("Không có khách hàng này", "There is no such customer"),
    "unknown_product": ("Không có sản phẩm này", "There is no such product"),
    "unknown_order": ("Không có đơn hàng này", "There is no such order"),
    "unknown_contract": ("Không có hợp đồng này", "There is no such contract"),
    "unknown_event": ("Không có sự kiện này", "There is no such event"),
    "unknown_api_key": ("Không có khóa API này", "There is no such API key"),
    # what it stands against
    "version_conflict": (
        "Dữ liệu đã bị người khác sửa, hãy tải lại",
        "Somebody else has changed this meanwhile; load it again",
    ),
    "conflict": ("Dữ liệu vừa bị thay đổi, hãy thử lại", "It was changed meanwhile; try again"),
    "contended": ("Dữ liệu đang bận, hãy thử lại", "It is busy; try again"),
    "duplicate_flow": ("Luồng này đã có", "This flow exists already"),
    "already_running": ("Đang chạy rồi", "It is running already"),
    "not_running": ("Không còn chạy nữa", "It is not running any more"),
    "backfill_running": (
        "Kết nối đang đồng bộ dữ liệu cũ, chưa xóa được",
        "A backfill of this connection is running; it cannot be removed yet",
    ),
    "connection_paused": ("Kết nối đang tạm dừng", "The connection is paused"),
    "no_credentials": ("Kết nối chưa có thông tin đăng nhập", "The connection has no credentials"),
    "no_haravan_connection": ("Chưa kết nối cửa hàng Haravan nào", "No Haravan shop is connected"),
    "not_to_be_pushed": (
        "Người nhận và khách đã xóa không được đẩy lên Haravan",
        "Recipients and removed customers are not pushed to Haravan",
    ),
    "last_admin_key": ("Không thể thu hồi khóa quản trị cuối cùng", "The last admin key cannot be revoked"),
    "idempotency_key_reused": (
        "Idempotency-Key này đã dùng cho một yêu cầu khác",
        "This Idempotency-Key was used for another request",
    ),
    "still_running": ("Yêu cầu trước với khóa này chưa xong", "The first request under this key is still at work"),
    # fields
    "invalid": ("Dữ liệu không hợp lệ", "The data are not valid"),
    "missing": ("Bắt buộc", "Required"),
    "extra_forbidden": ("Không có trường này", "There is no such field"),
    "string_type": ("Phải là chữ", "Must be text"),
    "string_unicode": ("Chữ không hợp lệ", "The text is not valid Unicode"),
    "string_too_long": ("Dài quá mức cho phép", "Too long"),
    "string_too_short": ("Quá ngắn", "Too short"),
    "string_pattern_mismatch": ("Sai định dạng", "Not in the right form"),
    "too_long": ("Quá nhiều hoặc quá dài", "Too many or too long"),
    "too_short": ("Quá ít", "Too few"),
    "literal_error": ("Không thuộc các giá trị cho phép", "Not one of the allowed values"),
    "int_type": ("Phải là số nguyên", "Must be an integer"),
    "int_parsing": ("Phải là số nguyên", "Must be an integer"),
    "int_from_float": ("Phải là số nguyên", "Must be an integer"),
    "bool_type": ("Phải là true hoặc false", "Must be true or false"),
    "bool_parsing": ("Phải là true hoặc false", "Must be true or false"),
    "decimal_type": ("Phải là số", "Must be a number"),
    "decimal_parsing": ("Phải là số", "Must be a number"),
    "finite_number": ("Phải là số hữu hạn", "Must be a finite number"),
    "decimal_max_digits": ("Quá nhiều chữ số", "Too many digits"),
    "greater_than_equal": ("Quá nhỏ", "Too small"),
    "less_than_equal": ("Quá lớn", "Too large"),
    "list_type": ("Phải là danh sách", "Must be a list"),
    "tuple_type": ("Phải là danh sách", "Must be a list"),
    "dict_type": ("Phải là đối tượng", "Must be an object"),
    "model_type": ("Phải là đối tượng", "Must be an object"),
    "not_null": ("Không được để trống", "Must not be null"),
    "invalid_phone": ("Số điện thoại không hợp lệ", "The phone number is not valid"),
    "invalid_email": ("Địa chỉ e-mail không hợp lệ", "The e-mail address is not valid"),
    "invalid_day": ("Ngày không hợp lệ (YYYY-MM-DD)", "Not a date (YYYY-MM-DD)"),
    "invalid_time": ("Thời điểm không hợp lệ (ISO 8601)", "Not a moment (ISO 8601)"),
    "only_getfly_4": (
        "Chỉ tích hợp được trên Getfly CRM 4.0 (API v3); muốn thử bản khác hãy bật allow_other_versions",
        "Only Getfly CRM 4.0 (API v3) can be linked; switch allow_other_versions on to try another version",
    ),
    "not_of_platform": ("Nền tảng này không có loại dữ liệu đó", "This platform has no such records"),
    "type_not_chosen": (
        "Kết nối này không nhận loại dữ liệu đó",
        "This connection does not take records of that type",
    ),
    "same_ends": ("Hai đầu phải khác nhau", "The two ends must differ"),
    "not_taken_by_platform": (
        "Nền tảng đích không nhận loại dữ liệu này",
        "The destination takes no records of that type",
    ),
    "status_of_orders_only": ("Chỉ đơn hàng mới có trạng thái", "Only orders have a status"),
    "ids_or_filter": ("Cần đúng một trong ids và filter", "Exactly one of ids and filter is needed"),
    # trouble outside and ours
    "throttled": ("Nền tảng yêu cầu chậm lại, hãy thử lại sau", "The platform asks to slow down; try again later"),
    "unavailable": ("Nền tảng đang không phản hồi", "The platform does not answer properly"),
    "no_answer": ("Nền tảng không trả lời", "The platform does not answer"),
    "refused": ("Nền tảng từ chối", "The platform refused"),
    "table_busy": ("Hệ thống đang bận, hãy thử lại", "The hub is busy; try again"),
    "internal": ("Lỗi của hệ thống; sự việc đã được ghi lại", "An error of ours; it has been noted"),
}


def said(code: str, language: Language, fallback: str = "invalid") -> str:
    """The message for a code."""
    vietnamese, english = MESSAGES.get(code) or MESSAGES[fallback]
    return vietnamese if language == "vi" else english


def language_of(accept: str) -> Language:
    """The language that `Accept-Language` prefers among the two; Vietnamese if it names neither."""
    ranked: list[tuple[float, int, Language]] = []
    for place, part in enumerate(accept.lower().split(",")[:20]):
        tag, _, weight = part.strip().partition(";")
        if (language := _LANGUAGES.get(tag.strip().split("-")[0])) and _quality(weight) > 0:
            ranked.append((-_quality(weight), place, language))
    return min(ranked)[2] if ranked else "vi"


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
