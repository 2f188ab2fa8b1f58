"""Signing in with an API key, signing out, and the visitor's language."""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.shared.cookies import Cookie, SameSite

from console.routing import BASE, Screens
from console.session import session_cookie
from console.visit import Visit

screens = Screens()
A_YEAR = 365 * 86_400
WRONG_KEY = (
    "Khóa API này không đúng hoặc đã bị thu hồi.",
    "This API key is wrong or has been revoked.",
)


@screens.get("/sign-in", open_to_all=True)
def sign_in_page(visit: Visit) -> Response[Any]:
    """Where an API key is asked for."""
    if visit.session:
        return visit.go(_inside(visit.query.get("next")))
    return visit.page("sign_in.html", next=visit.query.get("next", ""))


@screens.post("/sign-in", open_to_all=True)
def sign_in(visit: Visit) -> Response[Any]:
    """A key opens a session; a wrong one is asked for again."""
    next_page = visit.form.text("next") or ""
    session = visit.sessions.opened(visit.hub.office.table, visit.form.text("key") or "")
    if session is None:
        visit.form.errors["key"] = visit.t(*WRONG_KEY)
        visit.form.values["key"] = ""
        return visit.again("sign_in.html", next=next_page)
    return visit.go(_inside(next_page), cookies=[session_cookie(visit.sessions.written(session))])


@screens.post("/sign-out")
def sign_out(visit: Visit) -> Response[Any]:
    """The browser forgets the session."""
    return visit.go("/sign-in", "signed_out", cookies=[session_cookie("", 0)])


@screens.post("/language", open_to_all=True)
def choose_language(visit: Visit) -> Response[Any]:
    """Vietnamese or English, for a year."""
    chosen = "en" if visit.form.text("language") == "en" else "vi"
    cookie = Cookie("language", chosen, path="/", secure=True, max_age=A_YEAR, same_site=SameSite.LAX_MODE)
    return visit.go(_inside(visit.form.text("next")), cookies=[cookie])


def _inside(address: str | None) -> str:
    """An address below /console, whatever was asked for."""
    told = address or ""
    return told.removeprefix(BASE) if told.startswith(f"{BASE}/") and "\\" not in told and told.isprintable() else "/"
