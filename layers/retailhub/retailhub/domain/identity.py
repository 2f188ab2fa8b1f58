"""Who is who: ids that follow from where a record was born, codes that we give our records on other systems."""

import base64
import hashlib
import re

from retailhub.domain.phones import e164, folded
from retailhub.domain.records import RecordType

_PREFIX: dict[RecordType, str] = {"customer": "c", "product": "p", "order": "o", "contract": "k"}
"""Of what travels between systems, short enough for every system's codes; other ids begin with their type."""
CODE_PREFIX = "RH-"
_CODE = re.compile(f"{CODE_PREFIX}[A-Z]_[A-Z2-7]{{24}}")


def record_id(record_type: RecordType, *origin: str) -> str:
    """The hub id of the record born at `origin` (connection, source id, …): the same for every repeat, so two
    simultaneous first sightings meet in one item."""
    mark = hashlib.sha256("\x1f".join((record_type, *origin)).encode("utf-8", "surrogatepass")).digest()[:15]
    return f"{_PREFIX.get(record_type, record_type)}_{base64.b32encode(mark).decode().lower()}"


def type_of(hub_id: str) -> RecordType | None:
    """The type of a record that systems share, told by its hub id, or None for any other text."""
    return next((kind for kind, prefix in _PREFIX.items() if hub_id.startswith(f"{prefix}_")), None)


def remote_code(hub_id: str) -> str:
    """The code under which we create a record on a platform that lets us choose: found again after a lost answer."""
    return CODE_PREFIX + hub_id.upper()


def hub_id_of(code: str | None) -> str | None:
    """The hub id in a code of ours that a platform shows us, or None for a code of somebody else, who may begin theirs
    with the same letters."""
    return code[len(CODE_PREFIX) :].lower() if code and _CODE.fullmatch(code) else None


def recipient_id(connection: str, buyer_source_id: str, phone: str | None, name: str | None) -> str:
    """The hub id of a recipient without a customer record of their own (A-HRV-8)."""
    return record_id("customer", connection, "recipient", buyer_source_id, e164(phone) or "", folded(name))


def person_mark(phone: str | None, name: str | None) -> str:
    """A fingerprint of who somebody evidently is, without saying it: equal for equal phone and equal name."""
    return hashlib.sha256(f"{e164(phone) or ''}\x1f{folded(name)}".encode()).hexdigest()[:32]


def same_person(phone: str | None, name: str | None, other_phone: str | None, other_name: str | None) -> bool:
    """True if recipient and buyer are evidently one person: equal phone and equal name (A-HRV-8)."""
    return e164(phone) == e164(other_phone) and folded(name) == folded(other_name)
