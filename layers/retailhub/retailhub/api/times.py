"""Bounds in time as people give them: an instant, or a day in Vietnam."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.domain.instants import after, parse, stamp
from retailhub.domain.refusals import Wrong

DAY_SECONDS = 86_400
A_TIME = "ISO 8601, or a day in Vietnam / hoặc một ngày ở Việt Nam"
From = Annotated[str | None, Query(alias="from", max_length=40, description=A_TIME)]
To = Annotated[str | None, Query(max_length=40, description=A_TIME)]


def bound(name: str, text: str | None, *, end: bool = False) -> str:
    """The instant that a bound means, "" for an open one; a bare day is the whole day in Vietnam. Raises Wrong."""
    if not text:
        return ""
    try:
        moment = stamp(parse(text))
        return after(moment, DAY_SECONDS - 0.000001) if end and len(text.strip()) == len("2026-05-14") else moment
    except (ValueError, OverflowError):
        raise Wrong("invalid_time", name) from None
