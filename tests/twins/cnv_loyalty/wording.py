"""How CNV spells instants, names, phones and refusals."""

import re
from datetime import UTC, datetime
from typing import Any


class RefusedError(ValueError):
    """CNV says no: HTTP status and text."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


def instant(stamp: float) -> str:
    """`2024-06-18T08:20:10Z`."""
    return datetime.fromtimestamp(int(stamp), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_instant(text: str, field: str) -> float:
    """Seconds of an ISO-8601 instant or day (a day begins at midnight UTC), or a 400."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise RefusedError(400, f"{field} is not an ISO-8601 instant") from None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()


def plain_phone(text: Any) -> str:
    """`+84 905 550 142`, `0905.550.142` and `84905550142` as `0905550142`."""
    digits = re.sub(r"\D", "", str(text or ""))
    return "0" + digits[2:] if digits.startswith("84") and len(digits) > 9 else digits


def number(value: Any, field: str) -> float | int:
    """A number out of JSON; whole ones stay whole."""
    try:
        read = float(value or 0)
    except (TypeError, ValueError):
        raise RefusedError(422, f"{field} is not a number") from None
    return int(read) if read.is_integer() else read


def birth_parts(text: Any) -> dict[str, int | None]:
    """`1991-08-23` as three numbers, each of which may be null (§B.3.5)."""
    parts = [int(part) if part.isdigit() and int(part) else None for part in str(text or "").split("-")]
    year, month, day = (*parts, None, None, None)[:3]
    return {"birthday_day": day, "birthday_month": month, "birthday_year": year}
