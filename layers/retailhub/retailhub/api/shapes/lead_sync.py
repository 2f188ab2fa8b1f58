"""The sync of leads as the admin API shows it and takes it; the password goes in and never comes out (A-SYN-5)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from retailhub.api.messages import Language, said
from retailhub.api.shapes.base import Answer, Asking, Email, Instant, Marks, NotNull, Text
from retailhub.crm.lead_sync import LeadSync
from retailhub.domain.lead_filter import LeadSource
from retailhub.store.pulls import Pull

Period = Literal[5, 10, 15]
Password = Annotated[str, StringConstraints(strip_whitespace=False, max_length=500)]
Sources = Annotated[list[LeadSource], Field(max_length=10)]


class Said(Answer):
    """A code, and what it means in the caller's language."""

    code: str
    message: str


class LeadSyncRun(Answer):
    """One run. by: who began it by hand, null for the schedule. seen: leads looked at; brought: those that are new to
    us; updated: those that said something new; left_out: how many stayed in the cloud, by reason. error: why it failed.
    """

    id: str
    status: Literal["running", "done", "cancelled", "failed"]
    trigger: Literal["schedule", "manual"]
    by: str | None
    started_at: Instant
    finished_at: Instant
    seen: int
    brought: int
    updated: int
    left_out: dict[str, int]
    error: Said | None


class LeadSyncAnswer(Marks):
    """How the sync is set; version 0: not yet. warnings: what will hardly be meant (A-SYN-2)."""

    base_url: str | None
    email: str | None
    has_password: bool
    sources: list[LeadSource]
    every_minutes: Period | None
    require_phone: bool
    require_email: bool
    warnings: list[Said]
    last_run: LeadSyncRun | None


class LeadSyncEdit(Asking):
    """What may be set; what is not given stays. A blank password leaves the one that is kept."""

    base_url: Text | None = Field(default=None, description="https://congty.crmviet.vn/crm")
    email: Email | None = Field(default=None, description="Email đăng nhập bản cloud / E-mail of the cloud account")
    password: Password | None = Field(
        default=None, description="Chỉ ghi / Write-only", json_schema_extra={"writeOnly": True}
    )
    sources: Annotated[Sources | None, NotNull] = Field(default=None, description="Nguồn / Sources")
    every_minutes: Period | None = Field(default=None, description="Tự động; null = tắt / Automatic; null: off")
    require_phone: Annotated[bool | None, NotNull] = Field(default=None, description="Có SĐT / With a phone")
    require_email: Annotated[bool | None, NotNull] = Field(default=None, description="Có email / With an e-mail")


def answer(sync: LeadSync, last: Pull | None, language: Language) -> LeadSyncAnswer:
    """The sync as shown."""
    marks = {name: getattr(sync.connection, name) for name in Marks.model_fields}
    return LeadSyncAnswer(
        **marks,
        **sync.settings.model_dump(),
        has_password=sync.has_password,
        warnings=[Said(code=code, message=said(code, language)) for code in sync.warnings],
        last_run=run(last, language) if last else None,
    )


def run(pull: Pull, language: Language) -> LeadSyncRun:
    """A run as shown."""
    counts = pull.counts.get("lead", {})
    left_out: dict[str, int] = counts.get("left_out", {})
    brought = counts.get("new", 0)
    code = pull.error.get("code")
    return LeadSyncRun(
        id=f"lead_sync.{pull.started_at}",
        status=pull.status,
        trigger="manual" if pull.by else "schedule",
        by=pull.by or None,
        started_at=pull.started_at,
        finished_at=pull.finished_at,
        seen=counts.get("done", 0) + sum(left_out.values()),
        brought=brought,
        updated=counts.get("changed", 0) - brought,
        left_out=left_out,
        error=Said(code=code, message=said(code, language, "refused")) if code else None,
    )
