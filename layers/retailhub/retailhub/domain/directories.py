"""The business's own records that are kept by hand: staff, departments, groups, suppliers, contacts, tickets."""

from typing import Any

from retailhub.domain.catalogues import CATALOGUES, DESCRIPTION
from retailhub.domain.definitions import Definition, Field, by_name
from retailhub.domain.kinds import RecordType

NAME = Field("name", ("Tên", "Name"), required=True)
PHONE = Field("phone", ("Điện thoại", "Phone"), "phone")
EMAIL = Field("email", ("E-mail", "E-mail"), "email")
NOTE = Field("note", ("Ghi chú", "Note"), "note")


def _turn(employee: Any) -> tuple[Any, ...]:
    """By department, there in the order in which customers are dealt out (A-OWN-3)."""
    return employee.department or "", employee.position, *by_name(employee)


EMPLOYEES = Definition(
    "employee",
    "employees",
    ("Nhân viên", "Employees"),
    (
        NAME,
        EMAIL,
        PHONE,
        Field("department", ("Phòng ban", "Department"), "reference"),
        Field("position", ("Thứ tự trong phòng ban", "Place in the department's order"), "amount"),
        Field("active", ("Đang làm việc", "Active"), "flag"),
        Field("absent", ("Tạm vắng", "Absent"), "flag"),
        Field("users", ("Người dùng trên các hệ thống", "Who they are in the connected systems"), "users"),
    ),
    searched=("name", "email", "phone"),
    order=_turn,
    filters=("department", "active"),
)
DEPARTMENTS = Definition(
    "department",
    "departments",
    ("Phòng ban", "Departments"),
    (Field("name", ("Tên phòng ban", "Name"), required=True, unique="kind"), DESCRIPTION),
    searched=("name", "description"),
)
CUSTOMER_GROUPS = Definition(
    "customer_group",
    "customer-groups",
    ("Nhóm khách hàng", "Customer groups"),
    (
        Field("name", ("Tên nhóm", "Name"), required=True, unique="kind"),
        Field("group_type", ("Loại khách hàng", "Customer type"), "text"),
        DESCRIPTION,
    ),
    searched=("name", "group_type", "description"),
    filters=("group_type",),
)
SUPPLIERS = Definition(
    "supplier",
    "suppliers",
    ("Nhà cung cấp", "Suppliers"),
    (
        Field("code", ("Mã nhà cung cấp", "Code"), "code", unique="kind"),
        NAME,
        PHONE,
        EMAIL,
        Field("address", ("Địa chỉ", "Address"), "text"),
        Field("supplier_type", ("Loại nhà cung cấp", "Supplier type"), "reference"),
        NOTE,
    ),
    searched=("code", "name", "phone", "email"),
    filters=("supplier_type",),
    few=False,
    written_by="staff",
)
CONTACTS = Definition(
    "contact",
    "contacts",
    ("Liên hệ", "Contacts"),
    (
        NAME,
        PHONE,
        EMAIL,
        Field("customer", ("Khách hàng", "Customer"), "reference"),
        Field("contact_position", ("Chức vụ", "Position"), "reference"),
        NOTE,
    ),
    searched=("name", "phone", "email"),
    filters=("customer", "contact_position"),
    few=False,
    written_by="staff",
)
TICKETS = Definition(
    "ticket",
    "tickets",
    ("Ticket", "Tickets"),
    (
        Field("title", ("Tiêu đề", "Title"), required=True),
        Field("description", ("Nội dung", "Description"), "note"),
        Field("customer", ("Khách hàng", "Customer"), "reference"),
        Field("owner", ("Người phụ trách", "Person in charge"), "reference"),
        Field("priority", ("Mức ưu tiên", "Priority"), "reference"),
        Field("status", ("Trạng thái", "Status"), "choice"),
    ),
    searched=("title", "description"),
    filters=("customer", "priority", "owner", "status"),
    few=False,
    written_by="staff",
)
DIRECTORIES = (EMPLOYEES, DEPARTMENTS, CUSTOMER_GROUPS, SUPPLIERS, CONTACTS, TICKETS)
KEPT: dict[RecordType, Definition] = {definition.kind: definition for definition in (*CATALOGUES, *DIRECTORIES)}
"""Everything that people keep by the one implementation of lists, forms and deletions."""
