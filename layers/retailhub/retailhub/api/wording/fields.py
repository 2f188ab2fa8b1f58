"""Words about duplicate and required fields."""

WORDS: dict[str, tuple[str, str]] = {
    # what is entered stands against what is there
    "duplicate_phone": ("Số điện thoại đã có", "Somebody has this phone already"),
    "duplicate_email": ("E-mail đã có", "Somebody has this e-mail address already"),
    "duplicate_tax_code": ("Mã số thuế đã có", "Somebody has this tax code already"),
    "duplicate_address": ("Địa chỉ đã có", "Somebody has this address already"),
    "duplicate_website": ("Website đã có", "Somebody has this website already"),
    "duplicate_fax": ("Số fax đã có", "Somebody has this fax number already"),
    "duplicate_bank_account": ("Tài khoản ngân hàng đã có", "Somebody has this bank account already"),
    "duplicate_birthday": ("Ngày sinh / ngày thành lập đã có", "Somebody has this date of birth or founding already"),
    "duplicate_source": ("Nguồn gốc đã có khách hàng", "Somebody has this source already"),
    "duplicate_group": ("Nhóm đã có khách hàng", "Somebody is in this group already"),
    "duplicate_custom": ("Giá trị của trường riêng đã có", "Somebody has this value already"),
    # settings
    "unknown_field": ("Không có trường này", "There is no such field"),
    "always_required": ("Tên luôn bắt buộc", "The name is always required"),
    # reviews
    "unknown_review": ("Không có việc này trong danh sách chờ quyết định", "There is no such review"),
    "customer_or_create": (
        "Cần đúng một trong customer và create: true",
        "Exactly one of customer and create: true is needed",
    ),
    "linked_already": (
        "Kết nối này đã biết khách hàng đó dưới một mã khác",
        "This connection knows that customer under another id already",
    ),
    # what was decided
    "note.linked_by": (
        "Nối với khách hàng đã có vì trùng {fields}",
        "Linked to the customer that was there, who has the same {fields}",
    ),
    "note.duplicate_kept": (
        "{field} đã thuộc về {holder}; dữ liệu từ nền tảng vẫn được giữ",
        "{field} belongs to {holder} already; what the platform says is kept all the same",
    ),
    "note.incomplete": ("Còn thiếu trường bắt buộc: {fields}", "Required fields are missing: {fields}"),
    "several_matches": (
        "trùng với nhiều khách hàng, chờ người quyết định",
        "it matches several customers and waits for a decision",
    ),
    "customer_in_review": (
        "khách hàng của nó đang chờ người quyết định",
        "its customer waits for a decision",
    ),
}
