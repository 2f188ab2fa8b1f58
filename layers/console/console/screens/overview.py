"""Tổng quan: how the connections do, and panels that follow by themselves, so that the page stands at once."""

from typing import Any

from aws_lambda_powertools.event_handler import Response

from console.hub_api import Refused
from console.routing import Screens
from console.screens import connections
from console.screens.reports import asked_filter, conversion_of
from console.visit import Visit

screens = Screens()
LISTS = ("members", "haravan")


@screens.get("/")
def overview(visit: Visit) -> Response[Any]:
    """The dashboard: connections with their last event and backlog; everything else is fetched by the page."""
    lines = connections.with_health(visit, visit.hub.every("/connections", sort="name"))
    return visit.page("overview/page.html", connections=lines)


@screens.get("/panels/conversion")
def conversion_panel(visit: Visit) -> Response[Any]:
    """R-CVR-01: the conversion per employee is on the dashboard, with the filter that was saved."""
    filtered = asked_filter(visit)
    return visit.page("overview/conversion.html", filtered=filtered, **conversion_of(visit, filtered))


@screens.get("/panels/loss-reasons")
def losses_panel(visit: Visit) -> Response[Any]:
    """R-LOST-02: why opportunities were lost."""
    return visit.page("overview/losses.html", report=visit.hub.get("/reports/loss-reasons"))


@screens.get("/panels/segments")
def segments_panel(visit: Visit) -> Response[Any]:
    """R-HL-09: the groups of members at a glance."""
    found = [visit.hub.get("/members/segments", list=name) for name in LISTS]
    return visit.page("overview/segments.html", lists=found)


@screens.get("/panels/dead-letters")
def dead_letters_panel(visit: Visit) -> Response[Any]:
    """What stands still; only who may repair it sees it."""
    if not visit.may("admin"):
        raise Refused(403, "role_too_small", visit.t("Chỉ quản trị viên xem được.", "For administrators only."))
    return visit.page("overview/dead_letters.html", found=visit.hub.get("/dead-letters"))
