"""Báo cáo: conversion per employee in charge, lost opportunities by reason, and the rows behind every number."""

from typing import Any
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response

from console.hub_api import Refused
from console.routing import Screens
from console.visit import Visit

screens = Screens()
PERIOD = ("from", "to")
CONVERSION = (*PERIOD, "department", "basis")
LOSSES = (*PERIOD, "owner", "department")
NUMBERS = {
    "leads": ("Tiềm năng", "Leads"),
    "leads_with_opportunity": ("Có cơ hội", "With an opportunity"),
    "opportunities": ("Cơ hội", "Opportunities"),
    "won": ("Thành công", "Won"),
    "customers": ("Khách hàng", "Customers"),
}
RATES = {
    "contact_rate": ("Tỷ lệ liên hệ", "Contact rate"),
    "customer_rate": ("Tỷ lệ khách hàng", "Customer rate"),
    "conversion_rate": ("Tỷ lệ chuyển đổi", "Conversion rate"),
}


@screens.get("/reports/conversion")
def conversion(visit: Visit) -> Response[Any]:
    """R-CVR-01…08: all employees from the beginning, unless a filter was saved or stands in the address."""
    filtered = asked_filter(visit)
    try:
        told = conversion_of(visit, filtered)
    except Refused as refusal:
        visit.form.refused(refusal)
        return visit.again("reports/conversion.html", report=None, filtered=filtered, **_choices(visit))
    return visit.page("reports/conversion.html", filtered=filtered, **told, **_choices(visit))


@screens.post("/reports/conversion")
def filter_conversion(visit: Visit) -> Response[Any]:
    """R-CVR-09…11: OK saves the filter for this person; who may only read has it in the address."""
    filtered = {name: visit.form.text(name) for name in CONVERSION}
    filtered["basis"] = filtered["basis"] or "cohort"
    try:
        conversion_of(visit, filtered)
        if visit.may("staff"):
            visit.hub.patch("/reports/conversion/filter", filtered)
    except Refused as refusal:
        visit.form.refused(refusal)
        return visit.again("reports/conversion.html", report=None, filtered=filtered, **_choices(visit))
    return visit.go(f"/reports/conversion{_query(filtered)}")


@screens.get("/reports/conversion/rows")
def conversion_rows(visit: Visit) -> Response[Any]:
    """What a number is made of."""
    found = visit.hub.page("/reports/conversion/rows", **visit.asked("number", "employee", *CONVERSION))
    visit.call_up(row[name] for row in found.items for name in ("owner", "customer"))
    number = visit.query.get("number", "leads")
    return visit.page("reports/rows.html", found=found, number=number, back="/reports/conversion")


@screens.get("/reports/loss-reasons")
def losses(visit: Visit) -> Response[Any]:
    """R-LOST-02 with period, owner and department (A-LOST-3)."""
    choices: dict[str, Any] = {"departments": visit.choices("/departments"), "employees": visit.choices("/employees")}
    filtered = {name: visit.query.get(name, "") for name in LOSSES}
    try:
        report = visit.hub.get("/reports/loss-reasons", **filtered)
    except Refused as refusal:
        visit.form.refused(refusal)
        return visit.again("reports/losses.html", report=None, query="", **choices)
    return visit.page("reports/losses.html", report=report, query=_query(filtered).replace("?", "&"), **choices)


@screens.get("/reports/loss-reasons/rows")
def loss_rows(visit: Visit) -> Response[Any]:
    """The opportunities behind a reason."""
    found = visit.hub.page("/reports/loss-reasons/rows", **visit.asked("reason", *LOSSES))
    visit.call_up(row[name] for row in found.items for name in ("owner", "customer"))
    return visit.page("reports/rows.html", found=found, number="lost", back="/reports/loss-reasons")


@screens.get("/reports/conversion/file")
def conversion_file(visit: Visit) -> Response[Any]:
    """The report as a file."""
    return visit.download(visit.hub.file("/reports/conversion", **visit.asked("format", *CONVERSION)))


@screens.get("/reports/loss-reasons/file")
def losses_file(visit: Visit) -> Response[Any]:
    """The report as a file."""
    return visit.download(visit.hub.file("/reports/loss-reasons", **visit.asked("format", *LOSSES)))


def asked_filter(visit: Visit) -> dict[str, Any]:
    """The filter of the address; where that says nothing, the one that this person saved."""
    given = {name: visit.query.get(name) or None for name in CONVERSION}
    filtered = given if any(name in visit.query for name in CONVERSION) else visit.hub.get("/reports/conversion/filter")
    return {**filtered, "basis": filtered["basis"] or "cohort"}


def conversion_of(visit: Visit, filtered: dict[str, Any]) -> dict[str, Any]:
    """The report for a filter, with what its page needs to speak of it. Raises Refused."""
    report = visit.hub.get("/reports/conversion", **filtered)
    visit.call_up([filtered["department"], *(row["department"] for row in report["items"])])
    return {"report": report, "numbers": NUMBERS, "rates": RATES, "query": _query(filtered)}


def _choices(visit: Visit) -> dict[str, Any]:
    return {"departments": visit.choices("/departments")}


def _query(filtered: dict[str, Any]) -> str:
    """The filter as an address carries it; blank fields are left out."""
    return "?" + urlencode({name: value for name, value in filtered.items() if value})
