"""Words about the sync of leads from the cloud edition, and about Haraloyalty's profiles."""

WORDS: dict[str, tuple[str, str]] = {
    # the screen (R-SYN-02 … R-SYN-11, R-SYN-13)
    "label.lead_sync": ("Đồng bộ dữ liệu", "Data sync"),
    "label.lead_sync.edit": ("Sửa", "Edit"),
    "label.lead_sync.login": ("Email & Password", "Email & Password"),
    "label.lead_sync.sources": ("Nguồn", "Sources"),
    "label.lead_sync.facebook": ("Facebook", "Facebook"),
    "label.lead_sync.webform": ("Webform", "Webform"),
    "label.lead_sync.every_minutes": ("Tự động", "Automatic"),
    "label.lead_sync.require_phone": ("Có SĐT", "With a phone"),
    "label.lead_sync.require_email": ("Có email", "With an e-mail"),
    "label.lead_sync.save": ("Lưu", "Save"),
    "label.lead_sync.run": ("Đồng bộ ngay", "Sync now"),
    # what is missing or hardly meant
    "not_set": (
        "Chưa nhập đủ thông tin đăng nhập bản cloud",
        "The login of the cloud edition is not complete",
    ),
    "no_source_ticked": (
        "Chưa chọn nguồn nào nên sẽ không có lead nào được đồng bộ",
        "No source is ticked, so no leads will be brought down",
    ),
    "password_needed_again": (
        "Đổi địa chỉ bản cloud thì phải nhập lại mật khẩu",
        "A new address of the cloud edition needs the password again",
    ),
    # why a run failed
    "login_refused": ("Bản cloud từ chối email hoặc mật khẩu", "The cloud edition refused e-mail or password"),
    "no_such_address": ("Không có bản cloud ở địa chỉ này", "There is no cloud edition at this address"),
    "bad_settings": ("Thiết lập không hợp lệ", "The settings are not valid"),
    # why a lead was left out
    "left_out.other_source": ("Nguồn không được chọn", "Of a source that is not ticked"),
    "left_out.converted": ("Đã chuyển thành khách hàng", "Converted into a customer"),
    "left_out.no_phone": ("Không có SĐT", "Without a phone"),
    "left_out.no_email": ("Không có email", "Without an e-mail"),
    "left_out.no_id": ("Không có mã", "Without an id"),
    # profiles that find nobody
    "customer_not_here_yet": (
        "Chưa có khách hàng của hồ sơ này; sẽ thử lại",
        "The profile's customer is not here yet; it is tried again",
    ),
    "nobody_told": (
        "Hồ sơ không có số điện thoại hay mã khách Haravan",
        "The profile has neither a phone nor an id of Haravan's",
    ),
    "nobody_of_ours": ("Hồ sơ không thuộc khách hàng nào", "The profile is nobody's of ours"),
    "has_another_profile": (
        "Khách hàng đã gắn với một hồ sơ khác",
        "The customer is joined to another profile",
    ),
    "not_a_haravan_connection": ("Đây không phải kết nối Haravan", "This is not a connection to Haravan"),
    "no_webhooks": ("Nền tảng này không gửi webhook", "This platform sends no webhooks"),
}
