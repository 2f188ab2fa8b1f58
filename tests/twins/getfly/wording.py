"""How Getfly spells days, amounts, errors and web forms."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

VIETNAM = timezone(timedelta(hours=7))
EMPTY_DAY = "0000-00-00"


class RefusedError(ValueError):
    """Getfly says no: HTTP status, text, and the field it is about."""

    def __init__(self, status: int, text: str, field: str = "") -> None:
        super().__init__(text)
        self.status, self.text, self.field = status, text, field


def error_body(error: RefusedError, key: str) -> dict[str, Any]:
    """The body of a refusal under one of the four keys Getfly is known to use (§2)."""
    return {"errors": {error.field or "base": [error.text]}} if key == "errors" else {key: error.text}


def local_time(stamp: float) -> str:
    """`Y-m-d H:i:s` in Vietnam, without a zone."""
    return datetime.fromtimestamp(stamp, UTC).astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M:%S")


def local_day(stamp: float) -> str:
    """`Y-m-d` in Vietnam."""
    return local_time(stamp)[:10]


def written_day(text: Any, field: str) -> str:
    """Read a day as the API takes it, `d/m/Y`; answers ISO, empty for empty."""
    if not text:
        return ""
    try:
        return datetime.strptime(str(text), "%d/%m/%Y").replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        raise RefusedError(400, f"{field} không đúng định dạng d/m/Y", field) from None


def typed_day(text: Any, field: str) -> str:
    """Read a day as the control API takes it: `d/m/Y` or ISO."""
    return str(text) if "-" in str(text) else written_day(text, field)


def day_month_year(iso: str) -> str:
    """`2024-06-18` as `18/06/2024`."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def grouped(amount: float) -> str:
    """An amount as the order list writes it: `1,000,000.0`."""
    return f"{amount:,.1f}"


def number(value: Any, field: str) -> float | int:
    """A number out of JSON; whole ones stay whole."""
    try:
        read = float(value or 0)
    except (TypeError, ValueError):
        raise RefusedError(400, f"{field} phải là số", field) from None
    return int(read) if read.is_integer() else read


def php_form(message: dict[str, Any]) -> bytes:
    """A message as a PHP web form: `data[order_id]=40217`, every value a text, brackets percent-encoded."""
    return urlencode(_flat("", message)).encode()


def _flat(name: str, value: Any) -> list[tuple[str, str]]:
    if isinstance(value, list):
        value = {str(place): item for place, item in enumerate(value)}
    if not isinstance(value, dict):
        return [(name, "" if value is None else str(value))]
    return [pair for key, item in value.items() for pair in _flat(f"{name}[{key}]" if name else str(key), item)]
