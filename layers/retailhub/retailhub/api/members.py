"""Members: the two lists with their saved filters and columns, activation by hand, the opening file."""

from datetime import date
from typing import Annotated, Literal

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api.files import CSV, XLSX, file
from retailhub.api.routes import Routes
from retailhub.api.shapes import members as shapes
from retailhub.api.shapes.base import Cursor, Day, Limit, ListOf, Search, Word
from retailhub.api.shapes.members import (
    Activation,
    ActivationReceipt,
    ColumnsAnswer,
    ColumnsEdit,
    ImportPreview,
    ImportReceipt,
    MemberAnswer,
    MemberSettings,
    MemberSettingsEdit,
    SegmentsAnswer,
)
from retailhub.api.visit import Here
from retailhub.crm import activation, member_settings, members, opening_import, opening_preview, opening_template
from retailhub.crm.sheets import Format
from retailhub.domain import segments
from retailhub.domain.segments import ListName, SegmentName

routes = Routes("members")
ONE = "/members/<customer_id>"
WHICH = "members: Hồ sơ thành viên / all members; haravan: Khách hàng từ Haravan / everybody in Haravan"

Which = Annotated[ListName, Query(alias="list", description=WHICH)]
DayOrNone = Annotated[Day | None, Query(description="YYYY-MM-DD")]


@routes.get("/members", "viewer")
def list_members(
    here: Here,
    of: Which = "members",
    segment: SegmentName | None = None,
    last_purchase_from: DayOrNone = None,
    last_purchase_to: DayOrNone = None,
    registered: Annotated[bool | None, Query()] = None,
    owner: Word = None,
    group: Word = None,
    source: Word = None,
    gender: Literal["male", "female"] | None = None,
    level: Word = None,
    phone: Word = None,
    q: Search = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ListOf[MemberAnswer]:
    """Hồ sơ thành viên, khách hàng từ Haravan / Member profiles, customers from Haravan; newest purchase first"""
    wanted = members.Filter(
        list=of,
        segment=segment,
        bought_from=_day(last_purchase_from),
        bought_to=_day(last_purchase_to),
        registered=registered,
        owner=owner,
        group=group,
        source=source,
        gender=gender,
        level=level,
        phone=phone,
        q=q,
    )
    found = members.listed(here.office, wanted, limit=limit, cursor=here.opened(cursor))
    return ListOf[MemberAnswer](**here.page(found, [shapes.member(record) for record in found.items]))


@routes.get("/members/segments", "viewer")
def list_segments(here: Here, of: Which = "members") -> SegmentsAnswer:
    """Bộ lọc đã lưu với số lượng / The saved filters with their counts"""
    reading = member_settings.reading_of(here.office)
    total, counts = members.counted(here.office, of)
    shown = [shapes.segment(one, counts[one.code], here.language) for one in segments.saved(of, reading)]
    return SegmentsAnswer(list_name=of, segment_reading=reading, total=total, items=shown)


@routes.get("/members/columns", "viewer")
def get_columns(here: Here) -> ColumnsAnswer:
    """Các cột hiển thị của tôi / The columns that I have chosen"""
    return shapes.columns(member_settings.columns_of(here.office), here.language)


@routes.patch("/members/columns", "staff")
def choose_columns(here: Here, edit: ColumnsEdit) -> ColumnsAnswer:
    """Chọn các cột hiển thị / Choose the columns to be shown"""
    member_settings.choose_columns(here.office, edit.columns)
    return shapes.columns(member_settings.columns_of(here.office), here.language)


@routes.get("/members/settings", "viewer")
def get_member_settings(here: Here) -> MemberSettings:
    """Cách hiểu các bộ lọc đã lưu / How the saved filters are read"""
    return MemberSettings(segment_reading=member_settings.reading_of(here.office))


@routes.patch("/members/settings", "admin")
def change_member_settings(here: Here, edit: MemberSettingsEdit) -> MemberSettings:
    """Đổi cách hiểu các bộ lọc đã lưu / Change how the saved filters are read"""
    member_settings.choose_reading(here.office, edit.segment_reading)
    return MemberSettings(segment_reading=edit.segment_reading)


@routes.post("/members/activate", "staff")
def activate_members(here: Here, asked: Activation) -> ActivationReceipt:
    """Kích hoạt thành viên hàng loạt / Activate many members"""
    return shapes.activations(activation.activate_many(here.office, asked.ids), here.language)


@routes.post("/members/import", "staff")
def import_members(here: Here, from_row: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> ImportReceipt:
    """Nhập tệp dữ liệu đầu kỳ (CSV, XLSX) / Import the opening file (CSV, XLSX), sent as the body as it is"""
    made = opening_import.received(here.office, here.upload.kind, here.upload.content, from_row)
    return shapes.receipt(made, here.language)


@routes.post("/members/import/preview", "staff")
def preview_import(here: Here) -> ImportPreview:
    """Xem trước tệp dữ liệu đầu kỳ, chưa ghi gì / Preview the opening file; nothing is written"""
    read = opening_preview.read(here.upload.kind, here.upload.content, here.office.clock())
    return shapes.preview(read, here.language)


@routes.get("/members/import/template", "viewer", files=(CSV, XLSX))
def get_import_template(here: Here, form: Annotated[Format, Query(alias="format")] = "xlsx") -> Response[bytes]:
    """Tải tệp mẫu / Download the template"""
    content = opening_template.written(form, here.language == "en")
    return file(f"{opening_template.NAME}.{form}", CSV if form == "csv" else XLSX, content)


@routes.get(ONE, "viewer")
def get_member(here: Here, customer_id: str) -> MemberAnswer:
    """Một thành viên / One member"""
    return shapes.member(members.find(here.office, customer_id))


@routes.post(f"{ONE}/activate", "staff")
def activate_member(here: Here, customer_id: str) -> MemberAnswer:
    """Kích hoạt thành viên / Activate a member"""
    return shapes.member(activation.activate(here.office, customer_id)[0])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
