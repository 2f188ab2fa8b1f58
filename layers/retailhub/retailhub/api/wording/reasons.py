"""Words about why something was left out, waits, failed or was not tried again: the codes that the hub's own steps
give, beside those that the API says to callers."""

WORDS: dict[str, tuple[str, str]] = {
    # nothing to be done with it
    "unknown_topic": ("loại sự kiện này không được dùng", "this kind of event is not used"),
    "test": ("nền tảng gửi thử", "the platform sent a test"),
    "uninstalled": ("ứng dụng đã bị gỡ ở cửa hàng", "the app was removed at the shop"),
    "other_branch": ("chi nhánh này không được nhận", "this branch is not taken"),
    "nobody_of_ours": ("không phải khách hàng của mình", "nobody of ours"),
    "type_not_chosen": ("kết nối không nhận loại dữ liệu này", "the connection does not take this kind of data"),
    "unknown_connection": ("kết nối đã bị xóa", "the connection was removed"),
    # it waits
    "budget": ("chờ tới lượt theo giới hạn của nền tảng", "waiting for its turn within the platform's limit"),
    "budget_contended": ("chờ tới lượt theo giới hạn của nền tảng", "waiting for its turn within the platform's limit"),
    "throttled": ("nền tảng yêu cầu chậm lại", "the platform asks to slow down"),
    "waiting_for_platform": ("nền tảng đang không phản hồi", "the platform does not answer"),
    "unavailable": ("nền tảng đang gặp sự cố", "the platform is in trouble"),
    "no_answer": ("nền tảng không trả lời", "the platform does not answer"),
    "contended": ("nhiều thay đổi cùng lúc trên một bản ghi", "many changes of one record at once"),
    "old_data_first": ("chờ đồng bộ dữ liệu cũ xong", "waiting until the old data are in"),
    "customer_first": ("khách hàng của đơn phải sang trước", "the order's customer has to go first"),
    "customer_not_here_yet": ("khách hàng của nó chưa có ở RetailHub", "its customer is not in RetailHub yet"),
    "original_unknown": ("RetailHub tạo ra nhưng không tìm thấy bản gốc", "made by RetailHub, its original is unknown"),
    "id_not_known_yet": ("nền tảng chưa cho biết mã của nó", "the platform has not told its id yet"),
    # what came is not right
    "no_action": ("thông báo không nói việc gì", "the notice says of no action"),
    "no_data": ("thông báo không có dữ liệu", "the notice has no data"),
    "no_notifications": ("thông báo trống", "the notice is empty"),
    "ambiguous": ("thông báo không rõ ràng", "the notice is not clear"),
    "not_an_object": ("nội dung không đúng dạng", "the content is not in the right form"),
    "not_json": ("nội dung không phải JSON hợp lệ", "the content is not valid JSON"),
    "not_utf8": ("nội dung không phải UTF-8", "the content is not UTF-8"),
    "too_deep": ("nội dung lồng quá sâu", "the content is nested too deeply"),
    "too_large": ("dữ liệu quá lớn", "the data are too large"),
    "too_many_fields": ("quá nhiều trường", "too many fields"),
    "number_out_of_bounds": ("số ngoài phạm vi cho phép", "a number is out of bounds"),
    "unknown_type": ("không rõ loại dữ liệu", "the kind of data is unknown"),
    "unknown_record_type": ("không rõ loại dữ liệu", "the kind of data is unknown"),
    "bad_stamp": ("thời điểm thay đổi không hợp lệ", "the time of the change is not valid"),
    "rows_cut": ("nền tảng không cho xem hết dữ liệu", "the platform does not show all of its data"),
    "invalid": ("có trường không hợp lệ", "a field is not valid"),
    "missing": ("thiếu trường bắt buộc", "a required field is missing"),
    "buyer_without_account_code": ("đơn hàng không có mã khách hàng", "the order names no customer's code"),
    "nobody_told": ("không có điện thoại hay mã khách hàng", "neither a phone nor a customer's id is told"),
    "has_another_profile": ("khách hàng đã nối với hồ sơ khác", "the customer is joined to another profile"),
    # the platform does not let us
    "refused": ("nền tảng từ chối", "the platform refused"),
    "no_credentials": ("kết nối thiếu thông tin đăng nhập", "the connection lacks its credentials"),
    "no_token": ("nền tảng không cấp quyền truy cập", "the platform gave no access"),
    "login_refused": ("nền tảng từ chối đăng nhập", "the platform refused the login"),
    "no_such_address": ("địa chỉ của nền tảng không đúng", "the platform's address is wrong"),
    "bad_settings": ("thiết lập của kết nối không hợp lệ", "the connection's settings are not valid"),
    "read_unsupported": ("nền tảng không cho đọc lại bản ghi", "the platform lets nobody read a record"),
    "phone_required": ("nền tảng cần số điện thoại", "the platform needs a phone"),
    "phone_or_email_required": ("nền tảng cần số điện thoại hoặc e-mail", "the platform needs a phone or an e-mail"),
    "no_delivery_queue": ("không có gì được gửi đến nền tảng này", "nothing is delivered to this platform"),
    # of ours
    "table_busy": ("hệ thống đang bận", "the hub is busy"),
    "table_unavailable": ("hệ thống đang bận", "the hub is busy"),
    "queue_unavailable": ("hệ thống đang bận", "the hub is busy"),
    "secrets_unavailable": ("hệ thống đang bận", "the hub is busy"),
    "not_handled": ("bị ngắt giữa chừng", "it was cut short"),
    # not tried again
    "not_standing_still": ("không còn đứng lại", "it stands still no longer"),
    "changed_meanwhile": ("vừa có thay đổi khác", "it was changed meanwhile"),
    "no_change_kept": ("không còn giữ nội dung", "its content was not kept"),
    "cannot_be_judged": ("không đủ dữ liệu để xét lại", "too little was kept to judge it again"),
}
"""Code → why, in a few words that end a sentence."""


def why(code: str) -> tuple[str, str] | None:
    """The words for a code, if there are any of these. What a platform answered that made no sense is its trouble."""
    return WORDS.get("unavailable" if code.startswith("answer_") else code)
