"""Conversion of leads into contacts and customers, per employee in charge (R-CVR)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

Owner = str | None
"""Whose leads: an employee's id; None for leads in nobody's charge."""


@dataclass
class Tally:
    """leads: all of them, converted ones too (A-CVR-3). leads_with_opportunity: those with at least one (A-CVR-1).

    opportunities: attached to leads. won: those of them that were won. customers: leads with at least one won
    opportunity, which is not the number of won ones (A-CVR-2).
    """

    leads: int = 0
    leads_with_opportunity: int = 0
    opportunities: int = 0
    won: int = 0
    customers: int = 0

    def count(self, opportunities: int, won: int) -> None:
        """Count one more lead, with as many opportunities and as many won."""
        self.leads += 1
        self.leads_with_opportunity += opportunities > 0
        self.opportunities += opportunities
        self.won += won
        self.customers += won > 0

    def add(self, other: "Tally") -> None:
        """Add another tally to this one."""
        for name in NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def contact_rate(self) -> Decimal | None:
        """Opportunities per hundred leads; may exceed 100 (R-CVR-04, A-CVR-1)."""
        return percent(self.opportunities, self.leads)

    @property
    def customer_rate(self) -> Decimal | None:
        """Won ones per hundred opportunities (R-CVR-05)."""
        return percent(self.won, self.opportunities)

    @property
    def conversion_rate(self) -> Decimal | None:
        """Customers per hundred leads (R-CVR-06)."""
        return percent(self.customers, self.leads)


NUMBERS = ("leads", "leads_with_opportunity", "opportunities", "won", "customers")
RATES = ("contact_rate", "customer_rate", "conversion_rate")


def percent(part: int, whole: int) -> Decimal | None:
    """`part` per hundred of `whole` with two decimals, half up (A-CVR-9); None of nothing (A-CVR-4)."""
    if not whole:
        return None
    hundredths = (2 * 10_000 * part + whole) // (2 * whole)
    return Decimal(hundredths).scaleb(-2)


def by_owner(leads: Iterable[tuple[Owner, int, int]]) -> dict[Owner, Tally]:
    """A tally per owner of leads given as (owner, opportunities, won), in one pass: what is kept grows with the
    owners, not with the leads."""
    tallies: defaultdict[Owner, Tally] = defaultdict(Tally)
    for owner, opportunities, won in leads:
        tallies[owner or None].count(opportunities, won)
    return dict(tallies)


@dataclass
class Happenings:
    """What happened within a period, whenever its lead was made (the other reading of A-CVR-5).

    The leads behind are remembered by id, so that each is counted once.
    """

    tallies: defaultdict[Owner, Tally] = field(default_factory=lambda: defaultdict(Tally))
    _with_opportunity: set[str] = field(default_factory=set)
    _customers: set[str] = field(default_factory=set)

    def made(self, owner: Owner) -> None:
        """A lead was made."""
        self.tallies[owner or None].leads += 1

    def opened(self, owner: Owner, lead: str) -> None:
        """An opportunity was made on a lead."""
        tally = self.tallies[owner or None]
        tally.opportunities += 1
        tally.leads_with_opportunity += lead not in self._with_opportunity
        self._with_opportunity.add(lead)

    def succeeded(self, owner: Owner, lead: str) -> None:
        """An opportunity on a lead was won."""
        tally = self.tallies[owner or None]
        tally.won += 1
        tally.customers += lead not in self._customers
        self._customers.add(lead)


def summed(tallies: Iterable[Tally]) -> Tally:
    """The total row: computed from sums, not from rates (A-CVR-7)."""
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total
