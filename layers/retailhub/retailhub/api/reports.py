"""Reports: conversion per employee, lost opportunities by reason; every number opens to its rows."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api.files import CSV, XLSX, file
from retailhub.api.messages import said
from retailhub.api.routes import Routes
from retailhub.api.shapes import leads as lead_shapes
from retailhub.api.shapes import reports as shapes
from retailhub.api.shapes.base import Cursor, Limit, ListOf, Word
from retailhub.api.shapes.leads import LeadAnswer, OpportunityAnswer
from retailhub.api.shapes.reports import (
    Basis,
    ConversionFilter,
    ConversionFilterEdit,
    ConversionReport,
    From,
    LossReport,
    To,
)
from retailhub.api.visit import Here, Visit
from retailhub.crm import loss_report, report_rows, report_staff, reports, sheets
from retailhub.crm.report_rows import Number
from retailhub.crm.sheets import Sheet
from retailhub.domain.periods import of_days
from retailhub.store import preferences

routes = Routes("reports")
SHEETS = (CSV, XLSX)
SAVED = "conversion"
By = Annotated[Basis, Query(description="What the period means / Ý nghĩa của khoảng thời gian")]
As = Annotated[Literal["json", "csv", "xlsx"], Query(alias="format", description="A file instead / Tải tệp")]


@routes.get("/reports/conversion", "viewer", files=SHEETS)
def get_conversion(
    here: Here,
    first: From = None,
    last: To = None,
    department: Word = None,
    basis: By = "cohort",
    form: As = "json",
) -> ConversionReport | Response[bytes]:
    """Tỷ lệ chuyển đổi theo nhân viên phụ trách / Conversion per employee in charge

    Without a filter: all employees, from the beginning until now."""
    wanted = reports.Wanted(of_days(first, last), department, basis)
    made = reports.conversion(here.office, wanted)
    if form != "json":
        return _sheet(here, form, "conversion", shapes.conversion_sheet(made, here.language))
    return shapes.conversion(ConversionFilter(first=first, last=last, department=department, basis=basis), made)


@routes.get("/reports/conversion/rows", "viewer")
def list_conversion_rows(
    here: Here,
    number: Annotated[Number, Query(description="Which number / Con số nào")],
    employee: Word = None,
    first: From = None,
    last: To = None,
    department: Word = None,
    basis: By = "cohort",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ListOf[LeadAnswer | OpportunityAnswer]:
    """Các dòng đứng sau một con số / The rows behind a number

    Leads, or opportunities. `employee`: whose row; `none` for leads in nobody's charge; without it the total row."""
    wanted = reports.Wanted(of_days(first, last), department, basis)
    found = report_rows.of_conversion(here.office, wanted, number, employee, limit=limit, cursor=here.opened(cursor))
    rows = [lead_shapes.either(record) for record in found.items]
    return ListOf[LeadAnswer | OpportunityAnswer](**here.page(found, rows))


@routes.get("/reports/conversion/filter", "viewer")
def get_conversion_filter(here: Here) -> ConversionFilter:
    """Bộ lọc đã lưu của tôi / My saved filter"""
    return ConversionFilter(**preferences.load(here.office.table, here.office.by, SAVED))


@routes.patch("/reports/conversion/filter", "staff")
def save_conversion_filter(here: Here, edit: ConversionFilterEdit) -> ConversionFilter:
    """Lưu bộ lọc của tôi / Save my filter"""
    office = here.office
    chosen = {**preferences.load(office.table, office.by, SAVED), **edit.given()}
    saved = ConversionFilter(**chosen)
    of_days(saved.first, saved.last)
    report_staff.staff(office, saved.department)
    preferences.save(office.table, office.by, SAVED, saved.model_dump())
    return saved


@routes.get("/reports/loss-reasons", "viewer", files=SHEETS)
def get_loss_reasons(
    here: Here,
    first: From = None,
    last: To = None,
    owner: Word = None,
    department: Word = None,
    form: As = "json",
) -> LossReport | Response[bytes]:
    """Cơ hội thất bại theo nguyên nhân / Lost opportunities by reason

    The period is when they were lost. `owner=none`: in nobody's charge."""
    wanted = loss_report.Wanted(of_days(first, last), owner, department)
    made = loss_report.losses(here.office, wanted)
    if form != "json":
        return _sheet(here, form, "loss-reasons", shapes.losses_sheet(made, here.language))
    return shapes.losses(first, last, wanted, made)


@routes.get("/reports/loss-reasons/rows", "viewer")
def list_loss_rows(
    here: Here,
    reason: Word = None,
    first: From = None,
    last: To = None,
    owner: Word = None,
    department: Word = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ListOf[OpportunityAnswer]:
    """Các cơ hội đứng sau một nguyên nhân / The opportunities behind a reason

    `reason=none`: lost without one; without it the total row."""
    wanted = loss_report.Wanted(of_days(first, last), owner, department)
    found = report_rows.of_losses(here.office, wanted, reason, limit=limit, cursor=here.opened(cursor))
    rows = [lead_shapes.opportunity(record) for record in found.items]
    return ListOf[OpportunityAnswer](**here.page(found, rows))


def _sheet(here: Visit, form: str, name: str, sheet: Sheet) -> Response[bytes]:
    """The report as a file, named and headed in the caller's language."""
    name = said(f"file.{name}", here.language)
    if form == "csv":
        return file(f"{name}.csv", CSV, sheets.as_csv(sheet))
    return file(f"{name}.xlsx", XLSX, sheets.as_xlsx(sheet))
