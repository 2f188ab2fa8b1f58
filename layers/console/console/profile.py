"""A customer's profile: every value that it shows with what it is called, what decides it, and which lines of the
customer's story speak of it, so that any of them can say where it comes from ("Vì sao?")."""

from dataclasses import dataclass
from typing import Any

from console import stories, words
from console.stories import Both, Facts, Reader

ALWAYS = {
    *("name", "phone", "email", "address", "vendor_id", "is_buyer", "funnel", "revenue", "total_orders"),
    *("source", "groups", "owner"),
}
"""Fields that are shown blank, too."""
PARTS: tuple[tuple[Both, tuple[str, ...]], ...] = (
    (
        ("Mua hàng", "Buying"),
        ("is_buyer", "funnel", "revenue", "total_orders", "last_purchase_at", "vendor_id", "recipient_of"),
    ),
    (
        ("Liên hệ", "Contact"),
        (
            *("name", "phone", "email", "address", "code", "birthday", "gender", "tax_code", "website", "fax"),
            *("bank_account", "social_page"),
        ),
    ),
    (("Chăm sóc", "Care"), ("owner", "source", "groups", "account_manager", "incomplete", "note")),
)
"""The profile's cards, each with its fields in their order."""
LABELS: dict[str, Both] = {
    "name": ("Tên", "Name"),
    "phone": ("Điện thoại", "Phone"),
    "email": ("E-mail", "E-mail"),
    "address": ("Địa chỉ (Address)", "Address"),
    "code": ("Mã khách hàng", "Code"),
    "is_buyer": ("Đã mua hàng (Is Buyer)", "Is Buyer"),
    "funnel": ("Giai đoạn (Funnel)", "Funnel"),
    "revenue": ("Doanh thu (Revenue)", "Revenue"),
    "total_orders": ("Tổng đơn hàng (Total Orders)", "Total Orders"),
    "last_purchase_at": ("Lần cuối mua hàng", "Last purchase"),
    "vendor_id": ("Id Vendor", "Id Vendor"),
    "external_ids": ("Mã ở các hệ thống khác", "Ids in other systems"),
}
"""Where the screen's words are not the API's; seed 001 names its profile fields in English."""
PHONE_SOURCES: dict[str, Both] = {
    "contact": ("Lấy từ thông tin liên hệ của khách.", "Taken from the customer's contact information."),
    "default_address": (
        "Thông tin liên hệ không có số, nên lấy số của địa chỉ mặc định.",
        "The contact has no phone, so it is that of the default address.",
    ),
    "order": ("Lấy từ đơn hàng nêu tên người này.", "Taken from the order that names this person."),
}
RULES: dict[str, Both] = {
    "revenue": (
        "Tổng của các đơn hàng dưới đây: đã thanh toán tính đủ, hoàn một phần trừ phí giao hàng, còn lại tính 0.",
        "The sum of the orders below: paid ones in full, partially refunded ones without shipping, others as 0.",
    ),
    "total_orders": (
        "Số đơn hàng của khách không bị hủy, dù đã thanh toán hay chưa.",
        "The customer's orders that are not cancelled, paid or not.",
    ),
    "is_buyer": (
        "Có, ngay khi khách có đơn hàng với tư cách người mua; sau đó không trở lại Không.",
        "Yes as soon as there is an order that they placed; it never goes back to No.",
    ),
    "funnel": (
        "Khách hàng từ đơn đầu tiên được tính, trước đó là Tiềm năng, trừ khi có người chọn khác.",
        "Customer from the first order that counts on, Lead before it, unless somebody chose otherwise.",
    ),
    "last_purchase_at": (
        "Ngày của đơn hàng thành công mới nhất.",
        "When the newest successful order was made.",
    ),
    "vendor_id": (
        "Mã của khách trong Haravan; hai mã khác nhau là hai khách hàng, dù cùng số điện thoại.",
        "The customer's id in Haravan; two ids are two customers, even of one phone.",
    ),
    "owner": (
        "Người được chọn bằng tay, hoặc quy tắc chuyển chủ sở hữu hay automation đã giao.",
        "Chosen by hand, or given by an ownership rule or an automation.",
    ),
    "incomplete": (
        "Những trường được đặt là bắt buộc ở Cài đặt → Trùng lặp dữ liệu mà hồ sơ còn trống.",
        "The fields that Settings → Duplicate data require and that are blank here.",
    ),
    "recipient_of": (
        "Được nêu là người nhận trong đơn hàng của người mua này; đơn hàng được ghi ở người mua.",
        "An order of this buyer names them as its recipient; the order is kept with the buyer.",
    ),
    "external_ids": (
        "Mỗi hệ thống có mã riêng cho khách này; các dòng dưới đây cho biết được nối khi nào.",
        "Each system has its own id for this customer; the lines below tell when they were linked.",
    ),
}
"""What decides a field that nobody simply says."""
OF_ORDERS = ("revenue", "total_orders", "is_buyer", "funnel", "last_purchase_at")
ALSO: dict[str, tuple[str, ...]] = {
    "phone": ("phone_source", "addresses"),
    "address": ("addresses",),
    "funnel": ("funnel_override",),
    "last_purchase_at": ("loyalty", "opening"),
}
"""What else a field's value can come from, among what a line says that it changed."""
DECISIONS: dict[str, tuple[str, ...]] = {
    "owner": ("owner_", "automation_"),
    "account_manager": ("automation_",),
    "incomplete": ("incomplete",),
    "external_ids": ("linked_by",),
}
"""Field → how the codes of the decisions on it begin."""


@dataclass(frozen=True)
class Fact:
    """A value as the profile shows it. href: where it leads, below /console. filled: whether there is any."""

    field: str
    label: str
    text: str
    filled: bool
    href: str = ""


@dataclass(frozen=True)
class Part:
    """A card of the profile."""

    title: str
    facts: list[Fact]


def profile(customer: Facts, reader: Reader) -> list[Part]:
    """The cards with what there is to show."""
    cards = [(title, [fact(customer, field, reader) for field in fields]) for title, fields in PARTS]
    own = [Fact("custom", name, text, filled=True) for name, text in customer["custom"].items()]
    cards.append((("Trường riêng", "Own fields"), own))
    shown = [(title, [one for one in facts if one.filled or one.field in ALWAYS]) for title, facts in cards]
    return [Part(_said(title, reader), facts) for title, facts in shown if facts]


def fact(customer: Facts, field: str, reader: Reader) -> Fact:
    """One value of the profile."""
    told = _told(customer, field)
    filled = told not in (None, "", [], {})
    href = f"/customers/{told}" if field == "recipient_of" and filled else ""
    return Fact(field, label(field, reader), stories.value(field, told, reader) if filled else "", filled, href)


def label(field: str, reader: Reader) -> str:
    """What a field is called here."""
    return _said(LABELS[field], reader) if field in LABELS else words.field(field, reader.language)


def known(field: str) -> bool:
    """Whether it is a value of the profile that can be asked where it comes from."""
    return field in ("custom", "addresses", "external_ids") or any(field in fields for _, fields in PARTS)


def ids(customer: Facts) -> list[str | None]:
    """What the profile names."""
    marks = [customer[name] for name in ("owner", "source", "recipient_of", "origin", "created_by", "updated_by")]
    return [*marks, *customer["groups"]]


def ruled(customer: Facts, field: str, reader: Reader) -> str:
    """The sentence on what decides a field, "" where who spoke last does."""
    if field == "phone" and customer["phone_source"] in PHONE_SOURCES:
        return _said(PHONE_SOURCES[customer["phone_source"]], reader)
    if field == "funnel" and customer["funnel_override"]:
        return _said(("Được chọn bằng tay.", "Chosen by hand."), reader)
    return _said(RULES[field], reader) if field in RULES else ""


def speaks_of(line: Facts, field: str) -> bool:
    """Whether a line of the customer's story tells where a field's value comes from."""
    if line["kind"] == "order":
        return field in OF_ORDERS
    if line["kind"] == "decision":
        return str(line["what"]).startswith(DECISIONS.get(field, ()))
    if field == "external_ids":
        return line["what"] in ("created", "found") or _met(line)
    named = line["details"].get("changed") or []
    return line["what"] == "applied" and any(one in named for one in (field, *ALSO.get(field, ())))


def _met(line: Facts) -> bool:
    """Whether a system tells for the first time that it has the customer, too."""
    details = line["details"]
    first = details.get("version") == 1 or not details.get("changed")
    return line["kind"] == "event" and line["what"] == "applied" and line["connection"] != "hub" and first


def _told(customer: Facts, field: str) -> Any:
    if field == "address":
        every = customer["addresses"]
        return stories.in_one_line(next((one for one in every if one["default"]), every[0] if every else None))
    return customer[field]


def _said(both: Both, reader: Reader) -> str:
    return both[words.place(reader.language)]
