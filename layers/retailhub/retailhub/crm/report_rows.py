"""The rows behind the numbers of the reports: adding them up gives the number (R-CVR, R-LOST)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from retailhub.crm import report_staff
from retailhub.crm.filters import NONE
from retailhub.crm.listings import named_by
from retailhub.crm.lists import Found, gathered
from retailhub.crm.loss_report import Wanted as WantedLosses
from retailhub.crm.office import Office
from retailhub.crm.report_staff import Staff
from retailhub.crm.reports import Wanted
from retailhub.domain.periods import ALWAYS
from retailhub.domain.records import Record
from retailhub.store import glances, records
from retailhub.store.glances import Glance
from retailhub.store.table import Item, Page, list_of

Number = Literal["leads", "leads_with_opportunity", "opportunities", "won", "customers"]


def of_conversion(
    office: Office, wanted: Wanted, number: Number, employee: str | None, *, limit: int, cursor: str | None
) -> Found[Record]:
    """A page of the leads or opportunities behind a number. employee: whose row; None for the total row."""
    behind = _Behind(office, wanted, report_staff.staff(office, wanted.department), employee, number == "won")
    if number in ("opportunities", "won"):
        return gathered(behind.read_opportunities, behind.opportunity, limit, cursor, rare=True)
    keeps: dict[str, Callable[[Record], bool]] = {
        "leads": behind.made,
        "leads_with_opportunity": behind.opened,
        "customers": behind.customer,
    }
    return gathered(behind.read_leads(number), behind.lead(keeps[number]), limit, cursor, rare=True)


@dataclass
class _Behind:
    """One number being opened. leads: those of the opportunities read last."""

    office: Office
    wanted: Wanted
    staff: Staff
    employee: str | None
    won: bool
    leads: dict[str, Glance] = field(default_factory=dict)

    def owned(self, owner: str | None) -> bool:
        return self.employee in (None, owner or NONE) and self.staff.has(owner)

    @property
    def cohort(self) -> bool:
        return self.wanted.basis == "cohort"

    def read_leads(self, number: Number) -> Callable[[int, str | None], Page]:
        """Leads of the period; by events those with opportunities may be from any time."""
        period = self.wanted.period if self.cohort or number == "leads" else ALWAYS

        def read(most: int, at: str | None) -> Page:
            table, since, until = self.office.table, period.since, period.until
            return table.query(list_of("lead"), index="listing", since=since, until=until, limit=most, cursor=at)

        return read

    def read_opportunities(self, most: int, at: str | None) -> Page:
        """Opportunities of any time, with the leads that they hang on."""
        until = None if self.cohort else self.wanted.period.until
        page = self.office.table.query(list_of("opportunity"), index="listing", until=until, limit=most, cursor=at)
        found = [records.from_item(item).fields.lead for item in page.items]
        self.leads = glances.named(self.office.table, "lead", (lead for lead in found if lead))
        return page

    def opportunity(self, item: Item) -> Record | None:
        record = records.from_item(item)
        lead = self.leads.get(record.fields.lead or "")
        wanted = lead and self.owned(lead.fields.get("owner")) and (not self.won or record.fields.status == "won")
        if not (lead and wanted) or record.deleted:
            return None
        if self.cohort:
            return record if self.wanted.period.has(lead.created_at) else None
        return record if self.wanted.period.has(record.fields.won_at if self.won else record.created_at) else None

    def lead(self, keep: Callable[[Record], bool]) -> Callable[[Item], Record | None]:
        def kept(item: Item) -> Record | None:
            record = records.from_item(item)
            return record if not record.deleted and self.owned(record.fields.owner) and keep(record) else None

        return kept

    def made(self, _: Record) -> bool:
        return True

    def opened(self, lead: Record) -> bool:
        if self.cohort or not lead.fields.opportunities:
            return bool(lead.fields.opportunities)
        return any(self.wanted.period.has(one.created_at) for one in self._opportunities(lead))

    def customer(self, lead: Record) -> bool:
        if self.cohort or not lead.fields.won:
            return bool(lead.fields.won)
        return any(self.wanted.period.has(one.fields.won_at) for one in self._opportunities(lead))

    def _opportunities(self, lead: Record) -> list[Record]:
        return named_by(
            self.office, "lead", lead.id, "opportunity", limit=lead.fields.opportunities + 1, cursor=None
        ).items


def of_losses(
    office: Office, wanted: WantedLosses, reason: str | None, *, limit: int, cursor: str | None
) -> Found[Record]:
    """A page of the lost opportunities behind a reason's line; reason None for the total row, "none" for those without
    one."""
    staff = report_staff.staff(office, wanted.department)

    def read(most: int, at: str | None) -> Page:
        until = wanted.period.until
        return office.table.query(list_of("opportunity"), index="listing", until=until, limit=most, cursor=at)

    def kept(item: Item) -> Record | None:
        record = records.from_item(item)
        said = record.fields
        lost = not record.deleted and said.status == "lost" and wanted.period.has(said.lost_at)
        same = reason in (None, said.loss_reason or NONE)
        return record if lost and same and wanted.owned(staff, said.owner) else None

    return gathered(read, kept, limit, cursor, rare=True)
