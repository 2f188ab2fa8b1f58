"""Đồng bộ dữ liệu: leads of the cloud edition brought down (R-SYN)."""

from typing import Any

from aws_lambda_powertools.event_handler import Response

from console.forms import Form
from console.hub_api import Found, Refused
from console.routing import Screens
from console.visit import Visit
from retailhub.api.messages import said

screens = Screens()
HOME = "/settings/lead-sync"
LATEST = 10
AGAIN = ("Hãy nhập lại mật khẩu: nó không được hiện lại ở đây.", "Type the password again: it is not shown here.")


@screens.get(HOME)
def lead_sync(visit: Visit) -> Response[Any]:
    """How the sync is set, and what its last runs brought."""
    return _page(visit)


@screens.get(f"{HOME}/runs")
def runs(visit: Visit) -> Response[Any]:
    """All runs that are still known, newest first."""
    found = visit.hub.page("/lead-sync/runs", **visit.asked())
    visit.call_up(run["by"] for run in found.items)
    return visit.page("lead_sync/runs.html", found=found, why=_why(visit))


@screens.post(f"{HOME}/run")
def run_now(visit: Visit) -> Response[Any]:
    """Begin a run by hand, under the same sources and conditions (R-SYN-13, A-SYN-7)."""
    try:
        visit.hub.post("/lead-sync/run", once=visit.form.once)
    except Refused as refusal:
        visit.form.refused(refusal)
        return _page(visit)
    return visit.go(HOME, "synced")


@screens.get(f"{HOME}/edit")
def edit_lead_sync(visit: Visit) -> Response[Any]:
    """The form; the password that is kept is never shown (R-SYN-03, A-SYN-5)."""
    told = visit.hub.get("/lead-sync")
    visit.form = Form.showing(told)
    return visit.page("lead_sync/form.html", told=told)


@screens.post(f"{HOME}/edit")
def change_lead_sync(visit: Visit) -> Response[Any]:
    """Save the settings; a blank password leaves the one that is kept (R-SYN-11)."""
    form = visit.form
    password = form.values.pop("password", "")
    body = {
        **form.texts("base_url", "email"),
        "password": password or None,
        "sources": form.many("sources"),
        "every_minutes": form.number("every_minutes"),
        "require_phone": form.flag("require_phone"),
        "require_email": form.flag("require_email"),
    }
    try:
        visit.hub.patch("/lead-sync", body, version=form.version)
    except Refused as refusal:
        form.refused(refusal)
        if password:
            form.errors.setdefault("password", visit.t(*AGAIN))
        return visit.again("lead_sync/form.html", told=visit.hub.get("/lead-sync"))
    return visit.go(HOME, "saved")


def _page(visit: Visit) -> Response[Any]:
    told = visit.hub.get("/lead-sync")
    found = visit.hub.page("/lead-sync/runs", limit=LATEST)
    visit.call_up([told["updated_by"], *(run["by"] for run in found.items)])
    shown = {"told": told, "found": Found(found.items), "more": bool(found.next_cursor), "why": _why(visit)}
    return (visit.again if visit.form.refusal else visit.page)("lead_sync/page.html", **shown)


def _why(visit: Visit) -> Any:
    """Why leads stayed in the cloud, in words."""
    return lambda reason: said(f"left_out.{reason}", visit.language)
