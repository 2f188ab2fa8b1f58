"""The conversion report: what became of the leads, per employee in charge (R-CVR)."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched
from typing import Literal

from retailhub.crm import report_staff
from retailhub.crm.office import Office
from retailhub.crm.report_staff import Person
from retailhub.domain.conversion import Happenings, Owner, Tally, by_owner, summed
from retailhub.domain.periods import ALWAYS, Period
from retailhub.store import glances
from retailhub.store.glances import Glance

Basis = Literal["cohort", "events"]
LOOKED_UP_AT_ONCE = 1000


@dataclass(frozen=True)
class Wanted:
    """The filter (R-CVR-10). basis: what the period means (A-CVR-5): `cohort`, the leads that were created in it, with
    their opportunities whenever made; `events`, what happened in it, on whichever lead."""

    period: Period = ALWAYS
    department: str | None = None
    basis: Basis = "cohort"


@dataclass(frozen=True)
class Row:
    """One employee's line."""

    person: Person
    tally: Tally


@dataclass(frozen=True)
class Conversion:
    """The lines, and their sum."""

    rows: list[Row]
    total: Tally


def conversion(office: Office, wanted: Wanted) -> Conversion:
    """The report. Leads count for their present owner (A-CVR-6), removed ones not at all (A-CVR-3).

    By cohort it takes one pass over the period's leads, for each carries its counts; what is kept in memory grows with
    the employees. By events it also passes over the opportunities made before the period's end.
    """
    staff = report_staff.staff(office, wanted.department)
    tallies = _cohort(office, wanted.period) if wanted.basis == "cohort" else _events(office, wanted.period)
    rows = [Row(one, tallies.get(one.id, Tally())) for one in staff.rows(office, tallies)]
    return Conversion(rows, summed(row.tally for row in rows))


def _cohort(office: Office, period: Period) -> dict[Owner, Tally]:
    seen = glances.every(office.table, "lead", since=period.since, until=period.until)
    numbers = ((one.fields.get("owner"), one.fields.get("opportunities", 0), one.fields.get("won", 0)) for one in seen)
    return by_owner(numbers)


def _events(office: Office, period: Period) -> dict[Owner, Tally]:
    happened = Happenings()
    for lead in glances.every(office.table, "lead", since=period.since, until=period.until):
        happened.made(lead.fields.get("owner"))
    attached = (one for one in glances.every(office.table, "opportunity", until=period.until) if "lead" in one.fields)
    relevant = (one for one in attached if opened_in(one, period) or won_in(one, period))
    for some in batched(relevant, LOOKED_UP_AT_ONCE, strict=False):
        _take(office, happened, some, period)
    return happened.tallies


def _take(office: Office, happened: Happenings, some: Iterable[Glance], period: Period) -> None:
    some = list(some)
    leads = glances.named(office.table, "lead", (one.fields["lead"] for one in some))
    for one in some:
        lead = leads.get(one.fields["lead"])
        if lead and opened_in(one, period):
            happened.opened(lead.fields.get("owner"), lead.id)
        if lead and won_in(one, period):
            happened.succeeded(lead.fields.get("owner"), lead.id)


def opened_in(opportunity: Glance, period: Period) -> bool:
    """Whether it was made in the period."""
    return period.has(opportunity.created_at)


def won_in(opportunity: Glance, period: Period) -> bool:
    """Whether it was won in the period, and still is (A-CVR-10)."""
    return opportunity.fields.get("status") == "won" and period.has(opportunity.fields.get("won_at"))
