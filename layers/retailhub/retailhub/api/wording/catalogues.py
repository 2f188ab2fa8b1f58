"""Words about catalogues and the business's own records."""

WORDS: dict[str, tuple[str, str]] = {
    "unknown_loss_reason": ("Không có nguyên nhân này", "There is no such reason"),
    "unknown_ticket_priority": ("Không có mức ưu tiên này", "There is no such priority"),
    "unknown_contract_type": ("Không có loại hợp đồng này", "There is no such contract type"),
    "unknown_product_type": ("Không có loại hàng hóa này", "There is no such product type"),
    "unknown_supplier_type": ("Không có loại nhà cung cấp này", "There is no such supplier type"),
    "unknown_contact_position": ("Không có chức vụ này", "There is no such position"),
    "unknown_source": ("Không có nguồn gốc này", "There is no such source"),
    "unknown_employee": ("Không có nhân viên này", "There is no such employee"),
    "unknown_department": ("Không có phòng ban này", "There is no such department"),
    "unknown_customer_group": ("Không có nhóm khách hàng này", "There is no such customer group"),
    "unknown_supplier": ("Không có nhà cung cấp này", "There is no such supplier"),
    "unknown_contact": ("Không có liên hệ này", "There is no such contact"),
    "unknown_ticket": ("Không có ticket này", "There is no such ticket"),
    "duplicate_name": ("Tên này đã có", "There is one of this name already"),
    "duplicate_code": ("Mã này đã có", "There is one with this code already"),
    "duplicate_key": ("Key này đã có", "There is one with this key already"),
    "in_use": (
        "Đang được dùng nên chưa xóa được: hãy xóa hoặc đổi những nơi đang dùng trước",
        "It is in use and cannot be removed: remove or change what uses it first",
    ),
    "built_in": (
        "Mục này do hệ thống dùng, không sửa được key và không xóa được",
        "The hub itself uses this entry: its key stands and it cannot be removed",
    ),
    "below_itself": (
        "Loại hàng hóa không thể nằm dưới chính nó hoặc dưới loại con của nó",
        "A product type cannot stand below itself or below a type of its own branch",
    ),
    "too_deep_in_tree": ("Cây loại hàng hóa quá sâu", "The tree of product types would become too deep"),
    "invalid_key": (
        "Key chỉ gồm chữ thường không dấu, số, gạch dưới và gạch ngang",
        "A key consists of letters without accents, digits, underscores and hyphens",
    ),
    "note.product_type_added": (
        "Nhóm hàng {category} của cửa hàng trở thành một loại hàng hóa",
        "The shop's category {category} became a product type",
    ),
}
