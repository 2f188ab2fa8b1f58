"""Two entries of each catalogue, and a record that uses one: what the tests of all seven start from."""

from dataclasses import dataclass
from typing import Any

from retailhub.domain.records import RecordType


@dataclass(frozen=True)
class Sample:
    """name: the catalogue's. one, other: what is entered. edit: a change of everything. used: (type, field) of a record
    that names an entry. found, lost: a word that a search finds entries by, and one that stands elsewhere in them."""

    name: str
    kind: RecordType
    one: dict[str, Any]
    other: dict[str, Any]
    edit: dict[str, Any]
    used: tuple[RecordType, str]
    found: tuple[str, ...]
    lost: tuple[str, ...] = ()


SAMPLES = (
    Sample(
        "loss-reasons",
        "loss_reason",
        {"name": "Giá cao", "description": "Đối thủ rẻ hơn"},
        {"name": "Giao chậm"},
        {"name": "Giá quá cao", "description": "Rẻ hơn ở nơi khác"},
        ("opportunity", "loss_reason"),
        ("GIA CAO", "đối thủ"),
    ),
    Sample(
        "ticket-priorities",
        "ticket_priority",
        {"name": "Khẩn cấp", "resolve_time": 30, "resolve_unit": "minutes", "description": "Gọi lại ngay"},
        {"name": "Thường", "resolve_time": 2, "resolve_unit": "days"},
        {"name": "Rất khẩn", "resolve_time": 4, "resolve_unit": "hours", "description": None},
        ("ticket", "priority"),
        ("khan", "GỌI LẠI"),
        ("minutes",),
    ),
    Sample(
        "contract-types",
        "contract_type",
        {"name": "Bán lẻ", "description": "Hóa đơn tại quầy"},
        {"name": "Bán sỉ"},
        {"name": "Bán lẻ tại quầy", "description": "Hóa đơn"},
        ("contract", "contract_type"),
        ("ban le", "tai quay"),
    ),
    Sample(
        "product-types",
        "product_type",
        {"name": "Áo", "code": "AO", "parent": None},
        {"name": "Quần", "code": "QUAN"},
        {"name": "Áo sơ mi", "code": "SOMI"},
        ("product", "product_type"),
        ("ao", "ÁO"),
        ("product_type",),
    ),
    Sample(
        "supplier-types",
        "supplier_type",
        {"code": "NSX", "name": "Nhà sản xuất", "description": "Xưởng trong nước"},
        {"code": "NK", "name": "Nhập khẩu"},
        {"code": "SX", "name": "Xưởng", "description": None},
        ("supplier", "supplier_type"),
        ("nsx", "san xuat"),
        ("trong nước",),
    ),
    Sample(
        "contact-positions",
        "contact_position",
        {"name": "Giám đốc", "description": "Người ký"},
        {"name": "Kế toán"},
        {"name": "Phó giám đốc", "description": "Ký thay"},
        ("contact", "contact_position"),
        ("giam doc",),
        ("người ký",),
    ),
    Sample(
        "sources",
        "source",
        {"key": "hoi-cho", "name": "Hội chợ"},
        {"key": "bao-giay", "name": "Báo giấy"},
        {"key": "trien-lam", "name": "Triển lãm"},
        ("customer", "source"),
        ("hoi-cho", "HOI CHO"),
    ),
)
BY_NAME = {sample.name: sample for sample in SAMPLES}
