"""Tổng quan: how everything goes."""

from typing import Any

from aws_lambda_powertools.event_handler import Response

from console.routing import Screens
from console.visit import Visit

screens = Screens()


@screens.get("/")
def overview(visit: Visit) -> Response[Any]:
    """The dashboard."""
    return visit.page("overview.html")
