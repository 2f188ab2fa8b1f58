"""The menu: what stands where, and which part of it a page belongs to."""

from collections.abc import Callable
from dataclasses import dataclass

from console.routing import BASE

Both = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """A line of the menu. path: below /console; also: further beginnings of addresses that belong to it."""

    path: str
    icon: str
    label: Both
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A heading and the lines below it."""

    label: Both | None
    entries: tuple[Entry, ...]


MENU = (
    Part(None, (Entry("/", "house", ("Tổng quan", "Dashboard")),)),
    Part(
        ("Khách hàng", "Customers"),
        (
            Entry("/customers", "people", ("Khách hàng", "Customers")),
            Entry("/members", "award", ("Hồ sơ thành viên", "Member profiles")),
            Entry("/haravan-customers", "shop", ("Khách hàng từ Haravan", "Customers from Haravan")),
            Entry("/contacts", "person-vcard", ("Liên hệ", "Contacts")),
            Entry("/reviews", "clipboard-check", ("Cần xem lại", "To be reviewed")),
        ),
    ),
    Part(
        ("Bán hàng", "Sales"),
        (
            Entry("/leads", "funnel", ("Tiềm năng", "Leads")),
            Entry("/opportunities", "trophy", ("Cơ hội", "Opportunities")),
            Entry("/orders", "cart", ("Đơn hàng", "Orders")),
            Entry("/contracts", "file-earmark-text", ("Hợp đồng", "Contracts")),
            Entry("/products", "box-seam", ("Sản phẩm", "Products")),
            Entry("/suppliers", "truck", ("Nhà cung cấp", "Suppliers")),
            Entry("/tickets", "ticket-perforated", ("Ticket", "Tickets")),
        ),
    ),
    Part(
        ("Báo cáo", "Reports"),
        (
            Entry("/reports/conversion", "bar-chart-line", ("Tỷ lệ chuyển đổi", "Conversion")),
            Entry("/reports/loss-reasons", "pie-chart", ("Cơ hội thất bại", "Lost opportunities")),
        ),
    ),
    Part(
        ("Đồng bộ", "Sync"),
        (
            Entry("/connections", "plug", ("Tích hợp", "Connections")),
            Entry("/flows", "arrow-left-right", ("Luồng dữ liệu", "Flows")),
            Entry("/events", "journal-text", ("Sự kiện", "Events")),
            Entry("/dead-letters", "exclamation-triangle", ("Đứng lại", "Dead letters")),
        ),
    ),
    Part(
        None,
        (Entry("/settings", "gear", ("Cài đặt", "Settings"), also=("/catalogues",)),),
    ),
)


@dataclass(frozen=True)
class Line:
    """A line of the menu as a page shows it."""

    href: str
    icon: str
    label: str
    active: bool


def menu(path: str, t: Callable[[str, str], str]) -> list[tuple[str, list[Line]]]:
    """The menu's parts with their headings ("" for none). path: of the page that shows it; t: into its language."""
    return [(t(*part.label) if part.label else "", [_line(entry, path, t) for entry in part.entries]) for part in MENU]


def _line(entry: Entry, path: str, t: Callable[[str, str], str]) -> Line:
    begins = (entry.path, *entry.also)
    active = path == "/" if entry.path == "/" else any(f"{path}/".startswith(f"{one}/") for one in begins)
    return Line(BASE + entry.path, entry.icon, t(*entry.label), active)
