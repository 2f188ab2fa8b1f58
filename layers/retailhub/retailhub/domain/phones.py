"""Phone numbers and names in the one form in which they are compared (A-CNV-4, A-DUP-4)."""

import re
import unicodedata

import phonenumbers


def e164(text: str | None) -> str | None:
    """`0912.000.111`, `84912000111`, `+84 912 000 111` → `+84912000111`; None for blank or impossible numbers."""
    digits = re.sub(r"[^\d+]", "", text or "")
    if not digits:
        return None
    candidate = "+" + digits if digits.startswith("84") and len(digits) >= 11 else digits
    try:
        number = phonenumbers.parse(candidate, "VN")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if _possible(number) else None


def _possible(number: phonenumbers.PhoneNumber) -> bool:
    return phonenumbers.is_possible_number(number)


def local(phone: str | None) -> str | None:
    """`+84912000111` → `0912000111`, the form that Vietnamese systems expect; foreign numbers keep their plus."""
    return "0" + phone[3:] if phone and phone.startswith("+84") else phone


def tidy(text: str | None) -> str | None:
    """Composed Unicode, single spaces, no ends; None for blank."""
    cleaned = " ".join(unicodedata.normalize("NFC", text or "").split())
    return cleaned or None


def folded(text: str | None) -> str:
    """Lower case without accents, for searching and for comparing names: `Đặng  Hà` → `dang ha`."""
    plain = (tidy(text) or "").casefold() if text else ""
    if plain.isascii():  # most of what a search looks through
        return plain
    decomposed = unicodedata.normalize("NFD", plain.replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
