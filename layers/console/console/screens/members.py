"""Hồ sơ thành viên, Khách hàng từ Haravan: both lists, one member, activation by hand, the opening file (R-HL)."""

import hashlib
from collections import Counter
from pathlib import PurePath
from typing import Any

from aws_lambda_powertools.event_handler import Response
from pydantic import ValidationError

from console import words
from console.forms import Form, Upload
from console.gate import GARBLED
from console.hub_api import File, Refused
from console.routing import BASE, Screens
from console.visit import Visit
from retailhub.api.shapes.members import ImportReceipt
from retailhub.crm import opening_columns, opening_file
from retailhub.crm.sheets import Sheet, as_csv

screens = Screens()
LISTS = {"/members": "members", "/haravan-customers": "haravan"}
FURTHER = (
    *("last_purchase_from", "last_purchase_to", "registered", "gender", "level"),
    *("owner", "group", "source", "phone"),
)
"""Filters that people add to a saved one; all must hold (A-HL-9)."""
NAMED = ("owner", "source", "activated_by")
KINDS = {".csv": opening_file.CSV, ".xlsx": opening_file.XLSX}
NO_KIND = "application/octet-stream"
CHANGED = (
    "Tệp này không phải tệp đã xem trước. Hãy bấm Xem trước rồi nhập lại.",
    "This is not the file that was previewed. Press Preview, then import.",
)


@screens.get("/members")
@screens.get("/haravan-customers")
def member_list(visit: Visit) -> Response[Any]:
    """One of the lists with its saved filters, further filters and the visitor's columns (R-HL-06…08, R-HL-14…17)."""
    return _listed(visit)


@screens.post("/members")
@screens.post("/haravan-customers")
def act_on_list(visit: Visit) -> Response[Any]:
    """What the list's forms ask for: other columns, another reading of the groups, activation."""
    acts = {"columns": _choose_columns, "reading": _choose_reading, "activate": _activate}
    try:
        return acts[visit.form.text("act") or "columns"](visit)
    except Refused as refusal:
        visit.form.refused(refusal)
        return _listed(visit)


def _choose_columns(visit: Visit) -> Response[Any]:
    """The columns from now on, or those that there were before anybody chose (A-HL-5)."""
    columns = visit.form.many("columns")
    if visit.form.flag("default"):
        columns = visit.hub.get("/members/columns")["default"]
    visit.hub.patch("/members/columns", {"columns": columns})
    return _back(visit)


def _choose_reading(visit: Visit) -> Response[Any]:
    visit.hub.patch("/members/settings", {"segment_reading": visit.form.text("segment_reading")})
    return _back(visit)


def _back(visit: Visit) -> Response[Any]:
    return visit.go(visit.here(ok=None, cursor=None, looked=None).removeprefix(BASE), "saved")


def _activate(visit: Visit) -> Response[Any]:
    """Whoever is ticked; the receipt stands above the list (R-HL-18, A-HL-8)."""
    ids = visit.form.many("ids")
    receipt = visit.hub.post("/members/activate", {"ids": ids}, once=visit.form.once)
    visit.call_up(ids)
    visit.form = Form()
    return _listed(visit, receipt)


def _listed(visit: Visit, receipt: dict[str, Any] | None = None) -> Response[Any]:
    of = LISTS[visit.path]
    found = visit.hub.page("/members", list=of, **visit.asked("segment", "q", *FURTHER))
    visit.call_up(one[name] for one in found.items for name in NAMED)
    visit.call_up(group for one in found.items for group in one["groups"])
    columns = visit.hub.get("/members/columns")
    labels = {one["column"]: one["label"] for one in columns["available"]}
    shelf = dict.fromkeys([*columns["columns"], *labels])
    visit.form.values = {"columns": columns["columns"], **visit.query, **visit.form.values}
    told = {
        "of": of,
        "found": found,
        "saved": visit.hub.get("/members/segments", list=of),
        "labels": labels,
        "columns": columns["columns"],
        "offered": [(name, labels[name]) for name in shelf],
        "further": [name for name in FURTHER if of == "haravan" or name != "registered"],
        "receipt": receipt,
        "employees": visit.choices("/employees"),
        "sources": visit.choices("/catalogues/sources"),
        "groups": visit.choices("/customer-groups"),
    }
    shown = visit.again if visit.form.refusal else visit.page
    return shown("members/list.html", **told)


@screens.get("/members/<customer_id>")
def member(visit: Visit, customer_id: str) -> Response[Any]:
    """Who somebody is, and what the loyalty programme keeps of them (R-HL-05, R-HL-15)."""
    return _member(visit, customer_id)


@screens.post("/members/<customer_id>")
def activate_member(visit: Visit, customer_id: str) -> Response[Any]:
    """Make a Haravan customer a member (A-HL-8)."""
    try:
        visit.hub.post(f"/members/{customer_id}/activate", once=visit.form.once)
    except Refused as refusal:
        visit.form.refused(refusal)
        return _member(visit, customer_id)
    return visit.go(f"/members/{customer_id}", "activated")


def _member(visit: Visit, customer_id: str) -> Response[Any]:
    one = visit.hub.get(f"/members/{customer_id}")
    labels = {each["column"]: each["label"] for each in visit.hub.get("/members/columns")["available"]}
    visit.call_up([*(one[name] for name in NAMED), *one["groups"]])
    shown = visit.again if visit.form.refusal else visit.page
    return shown("members/member.html", one=one, labels=labels)


@screens.get("/members/import")
def opening_file_page(visit: Visit) -> Response[Any]:
    """What an opening file is, its template, and where to choose one (R-HL-02, A-HL-6)."""
    return _import_page(visit)


@screens.get("/members/import/template")
def opening_template(visit: Visit) -> Response[Any]:
    """The template, to be filled in."""
    return visit.download(visit.hub.file("/members/import/template", **visit.asked("format")))


@screens.post("/members/import/preview")
def preview_opening_file(visit: Visit) -> Response[Any]:
    """What the hub reads in the file; nothing is written."""
    try:
        read = _uploaded(visit, "/members/import/preview")
    except Refused as refusal:
        visit.form.refused(refusal)
        return _import_page(visit)
    return _import_page(visit, preview=read)


@screens.post("/members/import")
def import_opening_file(visit: Visit) -> Response[Any]:
    """Take the previewed file in. What a call has no time for is taken by the next one, which the page sends by itself
    along with the receipt so far."""
    receipt = _carried(visit)
    try:
        if visit.form.text("mark") != _mark(visit):
            raise Refused(409, "file_changed", visit.t(*CHANGED))
        made = _uploaded(visit, "/members/import", from_row=receipt.next_row if receipt else None)
        receipt = _joined(receipt, ImportReceipt.model_validate(made))
    except Refused as refusal:
        visit.form.refused(refusal)
    return _import_page(visit, receipt=receipt)


@screens.post("/members/import/receipt")
def download_receipt(visit: Visit) -> Response[Any]:
    """The receipt that the page holds, as a file."""
    receipt, headings = _carried(visit), _headings(visit)
    columns = (("Dòng", "Row"), ("Kết quả", "Outcome"), ("Cột", "Column"), ("Lý do", "Reason"))
    rows = [
        (one.row, words.state("import_row", one.outcome, visit.language)[0], headings.get(one.field or ""), one.message)
        for one in (receipt.lines if receipt else ())
    ]
    content = as_csv(Sheet("", [visit.t(*both) for both in columns], rows))
    return visit.download(File(content, "text/csv; charset=utf-8", 'attachment; filename="ket-qua-nhap.csv"'))


def _file(visit: Visit) -> Upload:
    return visit.form.files.get("file") or Upload("", b"")


def _mark(visit: Visit) -> str:
    """The file's fingerprint: only what was previewed is taken in, and only that is gone on with."""
    return hashlib.sha256(_file(visit).content).hexdigest()


def _uploaded(visit: Visit, path: str, **query: Any) -> Any:
    """What the hub answers to the file; its kind is told by its name."""
    file = _file(visit)
    return visit.hub.upload(path, KINDS.get(PurePath(file.name).suffix.lower(), NO_KIND), file.content, **query)


def _carried(visit: Visit) -> ImportReceipt | None:
    """The receipt so far, which comes with the form. Raises Refused for what is none."""
    text = visit.form.text("receipt")
    try:
        return ImportReceipt.model_validate_json(text) if text else None
    except ValidationError:
        raise Refused(400, "garbled", visit.t(*GARBLED)) from None


def _joined(before: ImportReceipt | None, made: ImportReceipt) -> ImportReceipt:
    lines = [*(before.lines if before else ()), *made.lines]
    return made.model_copy(update={"lines": lines, "counts": dict(Counter(line.outcome for line in lines))})


def _headings(visit: Visit) -> dict[str, str]:
    """What the columns of an opening file are called."""
    return {one.name: one.heading[words.place(visit.language)] for one in opening_columns.COLUMNS}


def _import_page(visit: Visit, **told: Any) -> Response[Any]:
    about = {"headings": _headings(visit), "columns": opening_columns.COLUMNS, "mark": _mark(visit)}
    limits = {"max_megabytes": opening_file.MAX_BYTES // 1024**2, "max_rows": opening_file.MAX_ROWS}
    shown = visit.again if visit.form.refusal else visit.page
    return shown("members/import.html", **{"preview": None, "receipt": None, **about, **limits, **told})
