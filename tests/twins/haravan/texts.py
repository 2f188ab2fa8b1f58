"""How Haravan writes: dates in UTC with 0 to 7 digits, money with four decimals, names, phones."""

import re
from datetime import UTC, datetime
from typing import Any

Record = dict[str, Any]
MONEY = (
    "price|compare_at_price|grams|total_price|subtotal_price|total_line_items_price|total_discounts|total_weight"
    "|amount|total_spent|total_discount|price_original"
)
MONEY_NUMBER = re.compile(rf'"({MONEY})":(-?\d+(?:\.\d+)?)(?=[,}}\]])')
OLD_DATA = datetime(2025, 1, 6, 1, 0, tzinfo=UTC).timestamp()
ODD = {"partially_paid": "partiallypaid", None: "notfulfilled", "restocked": "restock", "success": "Thành công"}
PLAIN = {odd: plain for plain, odd in ODD.items()}


def written(seconds: float, number: int = 0) -> str:
    """POSIX seconds as Haravan writes them: odd numbers to 100 ns, even ones to 1 ms, zeros at the end dropped."""
    moment = datetime.fromtimestamp(seconds, UTC)
    fraction = f"{moment.microsecond:06d}{number * 7 % 10}" if number % 2 else f"{moment.microsecond // 1000:03d}"
    fraction = fraction.rstrip("0")
    return f"{moment:%Y-%m-%dT%H:%M:%S}{'.' if fraction else ''}{fraction}Z"


def moment(text: str) -> datetime:
    """A date of Haravan's, or of a filter, as a moment; without a zone it is UTC. ValueError: not a date."""
    found = datetime.fromisoformat(text.strip().replace(" ", "+"))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def with_four_decimals(text: str) -> str:
    """Compact JSON text with every money number printed as 600000.0000 (haravan.md §4)."""
    return MONEY_NUMBER.sub(lambda found: f'"{found[1]}":{float(found[2]):.4f}', text)


def full_name(record: Record) -> str:
    """Last and first name; a missing last name leaves a blank in front (haravan.md §4)."""
    return f"{record.get('last_name') or ''} {record.get('first_name') or ''}"


def digits(phone: str | None) -> str:
    """A phone's digits with 84 in front, to compare two spellings; empty for none."""
    found = re.sub(r"\D", "", phone or "")
    return f"84{found[1:]}" if found.startswith("0") else found


def spoken(word: str | None, odd: bool) -> str | None:
    """A status word as live answers spell it (`odd`) or as the documents do (haravan.md §4, enums)."""
    plain = PLAIN.get(word, word) if word is not None else None
    return ODD.get(plain, plain) if odd else plain
