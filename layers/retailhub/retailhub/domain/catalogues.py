"""The seven catalogues of the documents, each defined once: fields, labels, searches, deletions (R-LOST … R-SRC)."""

from datetime import timedelta
from typing import Any

from retailhub.domain.definitions import (
    BACK,
    CATALOGUE,
    DETAILS,
    SKIP,
    YES,
    Definition,
    Field,
    Screen,
    by_name,
)
from retailhub.domain.entries import Source, TicketPriority

DESCRIPTION = Field("description", ("Mô tả", "Description"), "note")


def resolve_within(priority: TicketPriority) -> timedelta:
    """The priority's resolve time: calendar time, a day is 24 hours (A-TKT-1)."""
    return timedelta(**{priority.resolve_unit: priority.resolve_time})


def _most_urgent(priority: Any) -> tuple[Any, ...]:
    return resolve_within(priority), *by_name(priority)


LOSS_REASONS = Definition(
    "loss_reason",
    "loss-reasons",
    ("Nguyên nhân cơ hội thất bại", "Lost-opportunity reasons"),
    (Field("name", ("Nguyên nhân", "Reason"), required=True, unique="kind"), DESCRIPTION),
    searched=("name", "description"),
    screen=Screen(),
)
TICKET_PRIORITIES = Definition(
    "ticket_priority",
    "ticket-priorities",
    ("Mức độ ưu tiên ticket", "Ticket priorities"),
    (
        Field("name", ("Mức ưu tiên", "Priority"), required=True, unique="kind"),
        Field("resolve_time", ("Thời gian giải quyết", "Resolve time"), "amount", required=True),
        Field("resolve_unit", ("Đơn vị (phút, giờ, ngày)", "Unit (minutes, hours, days)"), "choice"),
        DESCRIPTION,
    ),
    searched=("name", "description"),
    order=_most_urgent,
    screen=Screen(menu=CATALOGUE, leave=BACK, cancel=BACK, protected_by=("ticket", "tickets")),
)
CONTRACT_TYPES = Definition(
    "contract_type",
    "contract-types",
    ("Loại hợp đồng", "Contract types"),
    (Field("name", ("Loại hợp đồng", "Contract type"), required=True, unique="kind"), DESCRIPTION),
    searched=("name", "description"),
    screen=Screen(protected_by=("hợp đồng", "contracts")),
)
PRODUCT_TYPES = Definition(
    "product_type",
    "product-types",
    ("Loại hàng hóa", "Product types"),
    (
        Field("parent", ("Loại cha", "Parent type"), "reference"),
        Field("name", ("Tên loại", "Name"), required=True, unique="siblings"),
        Field("code", ("Mã loại", "Code"), "code", required=True, unique="kind"),
    ),
    searched=("name", "code"),
    screen=Screen(opens="popup", edit=("Sửa loại hàng hóa", "Edit product type"), cancel=SKIP),
)
SUPPLIER_TYPES = Definition(
    "supplier_type",
    "supplier-types",
    ("Loại nhà cung cấp", "Supplier types"),
    (
        Field("code", ("Mã loại", "Code"), "code", required=True, unique="kind"),
        Field("name", ("Tên loại", "Name"), required=True),
        DESCRIPTION,
    ),
    searched=("code", "name"),
    screen=Screen(details=DETAILS, protected_by=("nhà cung cấp", "suppliers")),
)
CONTACT_POSITIONS = Definition(
    "contact_position",
    "contact-positions",
    ("Chức vụ liên hệ", "Contact positions"),
    (Field("name", ("Tên chức vụ", "Position"), required=True, unique="kind"), DESCRIPTION),
    searched=("name",),
    screen=Screen(),
)
SOURCES = Definition(
    "source",
    "sources",
    ("Nguồn gốc", "Sources"),
    (
        Field("key", ("Key", "Key"), "key", required=True, unique="kind"),
        Field("name", ("Tên", "Name"), required=True),
    ),
    searched=("key", "name"),
    screen=Screen(confirm=YES),
)
CATALOGUES = (
    LOSS_REASONS,
    TICKET_PRIORITIES,
    CONTRACT_TYPES,
    PRODUCT_TYPES,
    SUPPLIER_TYPES,
    CONTACT_POSITIONS,
    SOURCES,
)

BUILT_IN: dict[str, Source] = {
    "retailer": Source(key="retailer", name="KiotViet"),
    "haravan": Source(key="haravan", name="Haravan"),
    "getfly": Source(key="getfly", name="Getfly"),
    "crmviet": Source(key="crmviet", name="CRMVIET"),
    "facebook": Source(key="facebook", name="Facebook"),
    "webform": Source(key="webform", name="Webform"),
    "cnv": Source(key="cnv", name="CNV Loyalty"),
    "CNV – Website": Source(key="cnv-website", name="CNV – Website"),
    "CNV – Mobile App": Source(key="cnv-mobile-app", name="CNV – Mobile App"),
    "CNV – Zalo OA": Source(key="cnv-zalo-oa", name="CNV – Zalo OA"),
    "CNV – Messenger Fanpage": Source(key="cnv-messenger-fanpage", name="CNV – Messenger Fanpage"),
}
"""The sources that integrations write, by the id under which records name them: they are there without being made
(A-SRC-4), their keys stand and they cannot be removed (A-SRC-2, A-SRC-3); only their names are the admin's."""
BUILT_IN_KEYS = {str(entry.key): record_id for record_id, entry in BUILT_IN.items()}
