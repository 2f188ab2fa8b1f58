"""Which leads of the cloud edition are brought down, and why one is left out (R-SYN-05 … R-SYN-12)."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator

from retailhub.domain.shape import Shape

LeadSource = Literal["facebook", "webform"]
Reason = Literal["other_source", "converted", "no_phone", "no_email"]


def _once(sources: tuple[LeadSource, ...]) -> tuple[LeadSource, ...]:
    return tuple(sorted(set(sources)))


class LeadFilter(Shape):
    """What the operator ticked: the sources (none ticked: nothing is brought, A-SYN-2) and the two conditions."""

    sources: Annotated[tuple[LeadSource, ...], AfterValidator(_once)] = ()
    require_phone: bool = False
    require_email: bool = False


@dataclass(frozen=True)
class Offered:
    """What counts of a lead in the cloud: its source by our key, its contacts as they were typed, and whether somebody
    has made a customer of it."""

    source: str | None = None
    phone: str | None = None
    email: str | None = None
    converted: bool = False


def left_out(lead: Offered, wanted: LeadFilter) -> Reason | None:
    """The first reason to leave a lead out, or None to bring it (R-SYN-05, R-SYN-07 … R-SYN-10, R-SYN-12).

    A contact counts as soon as it is not blank, whether anybody could be reached by it or not (A-SYN-4).
    """
    reasons: dict[Reason, bool] = {
        "other_source": lead.source not in wanted.sources,
        "converted": lead.converted,
        "no_phone": wanted.require_phone and _blank(lead.phone),
        "no_email": wanted.require_email and _blank(lead.email),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _blank(text: str | None) -> bool:
    return not (text or "").strip()
