"""The report of lost opportunities by their reason (R-LOST-01, R-LOST-02, A-LOST-3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from retailhub.crm import report_staff
from retailhub.crm.filters import NONE
from retailhub.crm.office import Office
from retailhub.crm.report_staff import Staff
from retailhub.domain.losses import Loss, by_reason, summed
from retailhub.domain.periods import ALWAYS, Period
from retailhub.domain.phones import folded
from retailhub.domain.records import Record
from retailhub.store import glances, records


@dataclass(frozen=True)
class Wanted:
    """The filter: when they were lost, whose they are, or whose department's."""

    period: Period = ALWAYS
    owner: str | None = None
    department: str | None = None

    def owned(self, staff: Staff, owner: str | None) -> bool:
        """Whether an owner's opportunities are wanted."""
        return self.owner in (None, owner or NONE) and staff.has(owner)


@dataclass(frozen=True)
class Row:
    """One reason's line; reason None: lost without one. removed: it is in the catalogue no more, but still named."""

    reason: str | None
    name: str | None
    removed: bool
    loss: Loss


@dataclass(frozen=True)
class Losses:
    """The lines, the most frequent reason first and those without one last, and their sum."""

    rows: list[Row]
    total: Loss


def losses(office: Office, wanted: Wanted) -> Losses:
    """The report, in one pass over the opportunities that were made before the period's end."""
    staff = report_staff.staff(office, wanted.department)
    found = by_reason(_lost(office, wanted, staff))
    rows = [_row(office, reason, loss) for reason, loss in found.items()]
    rows.sort(key=lambda row: (row.reason is None, -row.loss.count, folded(row.name), row.reason or ""))
    return Losses(rows, summed(found.values()))


def _lost(office: Office, wanted: Wanted, staff: Staff) -> Iterator[tuple[str | None, Decimal]]:
    for one in glances.every(office.table, "opportunity", until=wanted.period.until):
        said = one.fields
        lost = said.get("status") == "lost" and wanted.period.has(said.get("lost_at"))
        if lost and wanted.owned(staff, said.get("owner")):
            yield said.get("loss_reason"), Decimal(said.get("value", 0))


def _row(office: Office, reason: str | None, loss: Loss) -> Row:
    record: Record | None = records.load(office.table, "loss_reason", reason) if reason else None
    return Row(reason, record.fields.name if record else None, bool(reason) and (not record or record.deleted), loss)
