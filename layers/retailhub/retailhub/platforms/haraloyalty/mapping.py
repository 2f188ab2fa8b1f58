"""Haraloyalty's profiles in the hub's words, and whose they are (R-HL-05)."""

from typing import Any

from retailhub.domain.membership import Loyalty
from retailhub.domain.records import Person, Snapshot
from retailhub.platforms.haraloyalty.shapes import ProfileSaid
from retailhub.platforms.payloads import checked, phone, spoken

REF_ID = "ref_id"


def snapshot(payload: Any) -> Snapshot:
    """What the loyalty programme keeps of a member, and nothing else: name and phone are the shop's to say, and its
    points are never mixed with ours (A-X-5). A fraction is no point yet. Raises Malformed."""
    said = ProfileSaid.of(payload)
    loyalty = Loyalty(
        card=said.profile_card_number,
        points_available=int(said.point_available),
        points_used=int(said.point_used),
        points_incoming=int(said.point_incoming),
        points_ranking=said.point_ranking,
        level=said.level_name,
        total_spent=said.total_spent,
        total_orders=int(said.total_order),
        last_order_at=said.last_order_at or None,
        status=said.status,
    )
    at, whose = said.updated_at or said.created_at, Person(*_person(said))
    return checked(Snapshot("customer", str(said.id), at, {"loyalty": spoken(loyalty)}, person=whose))


def person(payload: Any) -> tuple[str | None, str | None]:
    """Whose profile it is: Haravan's customer id where the profile tells it, and the phone in E.164 (one that no
    network could have: as it was typed). Raises Malformed."""
    return _person(ProfileSaid.of(payload))


def _person(said: ProfileSaid) -> tuple[str | None, str | None]:
    return said.attribute(REF_ID), phone(said.phone)
