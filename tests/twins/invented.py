"""Invented Vietnamese people and goods: person 7 is the same person at every twin, today and tomorrow.

The numbers, names and addresses are made up by arithmetic, so two platforms that seed the same range
hold the same people (same phone, other spelling), and a test can foretell any of them.
"""

import random
import unicodedata
from dataclasses import dataclass
from functools import cache

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô", "Lý")
MIDDLES = {True: ("Văn", "Đức", "Quốc", "Minh", "Hữu"), False: ("Thị", "Thu", "Ngọc", "Khánh", "Diệu")}
GIVENS = {
    True: ("An", "Bình", "Cường", "Dũng", "Hải", "Khoa", "Long", "Nam", "Phúc", "Tuấn"),
    False: ("Anh", "Chi", "Dung", "Hà", "Hương", "Lan", "Mai", "Ngân", "Thảo", "Yến"),
}
STREETS = ("Đội Cấn", "Lê Lợi", "Trần Phú", "Hai Bà Trưng", "Nguyễn Trãi", "Cách Mạng Tháng Tám")
PLACES = (
    ("Hà Nội", "HI", "Quận Ba Đình", "HI001", "Phường Cống Vị", "00019"),
    ("Hồ Chí Minh", "HC", "Quận 1", "HC466", "Phường Bến Nghé", "26740"),
    ("Đà Nẵng", "DA", "Quận Hải Châu", "DA321", "Phường Thạch Thang", "20236"),
    ("Cần Thơ", "CN", "Quận Ninh Kiều", "CN550", "Phường Tân An", "31135"),
)
GOODS = (
    ("Áo linen", "Áo", 359000),
    ("Quần kaki", "Quần", 420000),
    ("Váy lụa", "Váy", 690000),
    ("Túi cói", "Phụ kiện", 250000),
    ("Nón lá", "Phụ kiện", 90000),
    ("Khăn len", "Phụ kiện", 180000),
    ("Sơ mi trắng", "Áo", 310000),
    ("Giày vải", "Giày", 540000),
)
COLOURS = ("Be", "Trắng", "Đen", "Xanh rêu")
SIZES = ("S", "M", "L", "XL")
EMOJI = ("🌸", "👑", "❤️", "👩‍🍼")


@dataclass(frozen=True)
class Person:
    """One invented person; `phone` is the plain form 0xxxxxxxxx, `spelt_phone` what a clerk typed."""

    number: int
    family: str
    middle: str
    given: str
    name: str
    male: bool
    phone: str
    spelt_phone: str
    email: str
    street: str
    province: str
    province_code: str
    district: str
    district_code: str
    ward: str
    ward_code: str
    birthday: str


@dataclass(frozen=True)
class Good:
    """One invented article for sale; price in whole VND, weight in grams."""

    number: int
    code: str
    barcode: str
    title: str
    category: str
    colour: str
    size: str
    price: int
    weight: int


def spelt(phone: str, number: int) -> str:
    """Write a plain phone (0xxxxxxxxx) in one of the ways people type it; `number` picks which."""
    ways = (
        phone,
        "+84" + phone[1:],
        "84" + phone[1:],
        f"{phone[:4]} {phone[4:7]} {phone[7:]}",
        f"{phone[:4]}.{phone[4:7]}.{phone[7:]}",
        f"+84 {phone[1:4]} {phone[4:7]} {phone[7:]}",
        f" {phone} ",
    )
    return ways[number % len(ways)]


def decorated(name: str, number: int) -> str:
    """Give every 17th name an emoji and every 11th decomposed (NFD) letters, as phones and Macs send them."""
    if number % 17 == 0:
        name = f"{name} {EMOJI[number % len(EMOJI)]}"
    return unicodedata.normalize("NFD", name) if number % 11 == 0 else name


@cache
def _draws(seed: int, count: int = 10) -> tuple[float, ...]:
    source = random.Random(seed)
    return tuple(source.random() for _ in range(count))


def _pick[T](choices: tuple[T, ...], draw: float) -> T:
    return choices[int(draw * len(choices))]


def person(number: int) -> Person:
    """Invent person `number` (0 ≤ number < 10,000,000); always the same answer for the same number."""
    draw = _draws(number % 5003)
    male = draw[0] < 0.5
    family, middle, given = _pick(FAMILIES, draw[1]), _pick(MIDDLES[male], draw[2]), _pick(GIVENS[male], draw[3])
    phone = f"090{number:07d}"
    place = _pick(PLACES, draw[4])
    return Person(
        number, family, middle, given, decorated(f"{family} {middle} {given}", number), male,
        phone, spelt(phone, number), "" if number % 3 == 0 else f"khach{number}@example.vn",
        f"{int(draw[5] * 300) + 1} {_pick(STREETS, draw[6])}", *place,
        f"{1960 + int(draw[7] * 45)}-{1 + int(draw[8] * 12):02d}-{1 + int(draw[9] * 28):02d}",
    )  # fmt: skip


def good(number: int) -> Good:
    """Invent article `number`; codes are unique, titles repeat over colours and sizes."""
    title, category, price = GOODS[number % len(GOODS)]
    return Good(
        number, f"SP{number:06d}", f"893{number:010d}", title, category,
        COLOURS[number // len(GOODS) % len(COLOURS)], SIZES[number % len(SIZES)],
        price + number % 7 * 10000, 100 + number % 9 * 50,
    )  # fmt: skip


def basket(number: int, goods: int) -> list[tuple[int, int]]:
    """Invent what sale `number` holds: 1 to 4 pairs (article number below `goods`, quantity 1 to 3)."""
    if goods <= 0:
        return []
    draw = _draws(number % 4999)
    lines = 1 + int(draw[0] * 4)
    return [((number * 7 + line * 13) % goods, 1 + int(draw[line + 1] * 3)) for line in range(lines)]
