"""Taking an opening file in: each row becomes a member, found by the phone or made (R-HL-02, A-HL-6)."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from retailhub.crm import opening_file, records
from retailhub.crm.office import TRIES, Office
from retailhub.crm.opening_columns import Entry, Head, head
from retailhub.crm.opening_file import Row
from retailhub.domain.errors import HubError, Malformed
from retailhub.domain.flows import HUB
from retailhub.domain.identity import record_id
from retailhub.domain.membership import Membership, Opening, obstacle
from retailhub.domain.merging import with_fields
from retailhub.domain.records import Customer, Record
from retailhub.domain.refusals import Clash, Refusal
from retailhub.rules import rulebook
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.rules.rulebook import RuleBook
from retailhub.store import records as record_store
from retailhub.store.table import Conflict, record_key, with_phone

SECONDS = 18.0
"""How long a call goes on taking rows in: API Gateway waits thirty seconds for its answer, and no longer."""
LOOKED_AT = 50
IDS = 4
"""Ids that a phone's member can have been given by files, one after the other, as earlier ones got another phone."""

Outcome = Literal["created", "linked", "updated", "unchanged", "refused"]


@dataclass(frozen=True)
class Line:
    """What became of one row. code: why it was refused, or what is to be known of it. field: the column at fault."""

    row: int
    outcome: Outcome
    code: str | None = None
    field: str | None = None
    customer: str | None = None


@dataclass
class Receipt:
    """One line per row that was taken up. next_row: where to go on with the same file, None if nothing is left."""

    lines: list[Line] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    next_row: int | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many rows had which outcome."""
        return dict(Counter(line.outcome for line in self.lines))


def received(
    office: Office,
    kind: str,
    content: bytes,
    from_row: int = 1,
    *,
    seconds: float = SECONDS,
    ticks: Callable[[], float] = time.monotonic,
) -> Receipt:
    """Take the rows in, each in a transaction of its own: a bad one stops no other, and what is done stays done. The
    same file again changes nothing.

    Raises Garbled, TooLarge and Wrong for a file that cannot be taken at all."""
    begun = ticks()
    found = opening_file.rows(kind, content)
    columns = head(found[0] if found else None)
    receipt = Receipt(ignored=columns.ignored)
    desk = _Desk(office, rulebook.read(office.table))
    for number, told in entries(columns, found[1:], office.clock()):
        if number < from_row:
            continue
        if ticks() - begun > seconds:
            receipt.next_row = number
            break
        receipt.lines.append(desk.taken(told) if isinstance(told, Entry) else told)
    return receipt


def entries(columns: Head, rows: Iterable[Row], now: str) -> Iterator[tuple[int, Entry | Line]]:
    """What each row says, or why it cannot be taken. Of rows with one phone the first counts: which balances are meant
    would be anybody's guess."""
    phones: set[str] = set()
    for row in rows:
        try:
            entry = columns.entry(row, now)
        except Refusal as error:
            yield row.number, _refused(row.number, error)
            continue
        again = entry.phone in phones
        phones.add(entry.phone)
        yield row.number, Line(row.number, "refused", "repeated_phone", "phone") if again else entry


def _refused(number: int, error: HubError) -> Line:
    return Line(number, "refused", error.code, error.field)


@dataclass(frozen=True)
class _Desk:
    """Where rows are taken in, one by one; the admin's rules are read once for all of them."""

    office: Office
    rules: RuleBook

    def taken(self, entry: Entry) -> Line:
        """What became of a row."""
        try:
            return self._settled(entry)
        except (Refusal, Malformed) as error:
            return _refused(entry.number, error)

    def _settled(self, entry: Entry) -> Line:
        """Lost races are run again on fresh reads."""
        for tried in range(TRIES):
            known = self._known(entry.phone, fresh=tried > 0)
            try:
                return self._written(entry, known)
            except Conflict:
                continue
        raise Clash("version_conflict")

    def _written(self, entry: Entry, known: "_Known") -> Line:
        before, office = known.holder, self.office
        now = office.clock()
        blank = before or record_store.born("customer", known.free, origin=HUB, by=office.by, at=now)
        fields = _joined(blank.fields, entry, office.by, now)
        if code := obstacle(fields, deleted=False):
            raise Clash(code)
        after = records.by_hand(office, blank, fields, now)
        several = "several_customers" if known.several else None
        if before and after == before:
            return Line(entry.number, "unchanged", several, customer=before.id)
        draft = Draft(office.table, lambda: self.rules)
        deed = Deed(office.by, now, "person", fresh=before is None)
        deed.note("opening_file", row=entry.number)
        records.drafted(draft, office, before, after, deed)
        draft.commit()
        return Line(entry.number, _outcome(before), several, customer=after.id)

    def _known(self, phone: str, *, fresh: bool) -> "_Known":
        """Whose phone it is: first a member of an earlier file, else the customer who is known longest. The index is
        enough for a first try: what is written on it holds only if it was still so."""
        page = self.office.table.query(with_phone(phone), index="related", limit=LOOKED_AT)
        found = {item["id"]: record_store.from_item(item) for item in page.items}
        ids = [record_id("customer", "opening_file", phone, str(number)) for number in range(IDS)]
        if fresh:
            keys = [record_key("customer", one) for one in dict.fromkeys([*found, *ids])]
            found = {i["id"]: record_store.from_item(i) for i in self.office.table.get_many(keys).values()}
        persons = sorted(
            (one for one in found.values() if _is_person(one, phone)),
            key=lambda one: (one.fields.opening is None, one.created_at, one.id),
        )
        free = next((one for one in ids if one not in found), ids[-1])
        return _Known(persons[0] if persons else None, len(persons) > 1, free)


@dataclass(frozen=True)
class _Known:
    """holder: the customer with the phone. several: others have it too. free: the id of a customer to be made."""

    holder: Record | None
    several: bool
    free: str


def _is_person(record: Record, phone: str) -> bool:
    """A customer of their own, still there: no mere recipient, no walk-in guest."""
    fields = record.fields
    return fields.phone == phone and not (record.deleted or fields.recipient_of or fields.guest)


def _joined(customer: Customer, entry: Entry, by: str, at: str) -> Any:
    """The customer with what the row says: blanks are filled, nothing else of the person is overwritten, for systems
    and people who came later know better; of the balances the newest file's count."""
    phone = {} if customer.phone else {"phone": entry.phone, "phone_source": "contact"}
    blanks = {name: value for name, value in entry.personal.items() if not getattr(customer, name)}
    opening = (customer.opening or Opening()).model_copy(update=entry.balances)
    membership = customer.membership or Membership(activated_at=at, activated_by=by, ground="opening_file")
    return with_fields("customer", customer, {**phone, **blanks, "opening": opening, "membership": membership})


def _outcome(before: Record | None) -> Outcome:
    if before is None:
        return "created"
    return "linked" if before.fields.opening is None else "updated"
