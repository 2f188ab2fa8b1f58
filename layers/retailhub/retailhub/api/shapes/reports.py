"""Reports as the admin API shows them, filters them and writes them into sheets."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import ConfigDict, Field, PlainSerializer

from retailhub.api.messages import Language, said
from retailhub.api.shapes import base
from retailhub.api.shapes.base import Answer, Asking, NotNull, Text
from retailhub.crm import loss_report, reports
from retailhub.crm.report_staff import Person
from retailhub.crm.sheets import Cell, Sheet
from retailhub.domain.conversion import NUMBERS, RATES, Tally
from retailhub.domain.losses import Loss
from retailhub.domain.money import Money

Basis = Literal["cohort", "events"]
A_DAY = "YYYY-MM-DD, in Vietnam / theo giờ Việt Nam"
Day = Annotated[str | None, Query(max_length=10, description=A_DAY)]
From = Annotated[str | None, Query(alias="from", max_length=10, description=A_DAY)]
To = Annotated[str | None, Query(alias="to", max_length=10, description=A_DAY)]
Percent = Annotated[Decimal, PlainSerializer(float, return_type=float)]
"""Per hundred, with two decimals; null where there is nothing to divide by."""


class ConversionNumbers(Answer):
    """What became of somebody's leads."""

    leads: int
    leads_with_opportunity: int
    opportunities: int
    won: int
    customers: int
    contact_rate: Percent | None
    customer_rate: Percent | None
    conversion_rate: Percent | None


class InCharge(Answer):
    """Whose line it is; employee null: leads in nobody's charge."""

    employee: str | None
    name: str | None
    department: str | None
    active: bool


class ConversionRow(ConversionNumbers, InCharge):
    """One employee's line."""


class ConversionFilter(Answer):
    """Which leads are asked about; null: open at that end, or all departments. basis `cohort`: the leads created in the
    period, with their opportunities whenever made; `events`: what happened in it."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    first: str | None = Field(default=None, alias="from")
    last: str | None = Field(default=None, alias="to")
    department: str | None = None
    basis: Basis = "cohort"


class ConversionReport(ConversionFilter):
    """The report: a line per employee, and the total computed from sums."""

    items: list[ConversionRow]
    total: ConversionNumbers


class ConversionFilterEdit(Asking):
    """A filter to be found again; what is not sent stays, null opens."""

    first: base.Day | None = Field(default=None, alias="from")
    last: base.Day | None = Field(default=None, alias="to")
    department: Text | None = None
    basis: Annotated[Basis | None, NotNull] = None


class LossNumbers(Answer):
    """How many were lost, and what they were worth together."""

    count: int
    value: Money


class LossRow(LossNumbers):
    """One reason's line; reason null: lost without one. removed: it is in the catalogue no more."""

    reason: str | None
    name: str | None
    removed: bool


class LossReport(Answer):
    """Lost opportunities by their reason, the most frequent first."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    first: str | None = Field(default=None, alias="from")
    last: str | None = Field(default=None, alias="to")
    owner: str | None = None
    department: str | None = None
    items: list[LossRow]
    total: LossNumbers


def conversion(filtered: ConversionFilter, made: reports.Conversion) -> ConversionReport:
    """The conversion report as shown."""
    asked = {name: getattr(filtered, name) for name in ConversionFilter.model_fields}
    rows = [ConversionRow(**_numbers(row.tally), **_named(row.person)) for row in made.rows]
    return ConversionReport(**asked, items=rows, total=ConversionNumbers(**_numbers(made.total)))


def _numbers(tally: Tally) -> dict[str, Any]:
    return {name: getattr(tally, name) for name in (*NUMBERS, *RATES)}


def _named(person: Person) -> dict[str, Any]:
    names = {"name": person.name, "department": person.department, "active": person.active}
    return {"employee": person.id, **names}


def losses(first: str | None, last: str | None, wanted: loss_report.Wanted, made: loss_report.Losses) -> LossReport:
    """The loss report as shown."""
    rows = [LossRow(reason=r.reason, name=r.name, removed=r.removed, **_loss(r.loss)) for r in made.rows]
    asked = {"first": first, "last": last, "owner": wanted.owner, "department": wanted.department}
    return LossReport(**asked, items=rows, total=LossNumbers(**_loss(made.total)))


def _loss(loss: Loss) -> dict[str, Any]:
    return {"count": loss.count, "value": loss.value}


def conversion_sheet(made: reports.Conversion, language: Language) -> Sheet:
    """The conversion report as a table, its rates in per cent."""
    nobody, total = said("sheet.nobody", language), said("sheet.total", language)
    rows: list[list[Cell]] = [[_called(row.person, nobody), *_numbers(row.tally).values()] for row in made.rows]
    columns = [said(f"sheet.{name}", language) for name in ("employee", *NUMBERS, *RATES)]
    return Sheet(said("sheet.conversion", language), columns, [*rows, [total, *_numbers(made.total).values()]])


def _called(person: Person, nobody: str) -> str:
    return person.name or person.id or nobody


def losses_sheet(made: loss_report.Losses, language: Language) -> Sheet:
    """The loss report as a table."""
    without, total = said("sheet.no_reason", language), said("sheet.total", language)
    rows: list[list[Cell]] = [[row.name or row.reason or without, row.loss.count, row.loss.value] for row in made.rows]
    columns = [said(f"sheet.{name}", language) for name in ("reason", "count", "value")]
    last: list[Cell] = [total, made.total.count, made.total.value]
    return Sheet(said("sheet.losses", language), columns, [*rows, last])
