"""A visit: one request of a browser, with who makes it and everything that a screen needs to answer it."""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.shared.cookies import Cookie

from console import navigation, notices, pages, words
from console.forms import Form
from console.hub_api import File, HubApi
from console.routing import BASE
from console.session import COOKIE, Session, Sessions, cookies_of
from retailhub.api.messages import Language
from retailhub.api.visit import Caller
from retailhub.crm.api_keys import ROLES, Role

HTML = "text/html; charset=utf-8"


@dataclass
class Visit:
    """path: below /console. query: the address's parameters. headers: names in lower case. theme: light, dark, auto.
    session: None for whoever has not signed in."""

    hub: HubApi
    caller: Caller
    language: Language
    theme: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    event: dict[str, Any]
    sessions: Sessions
    session: Session | None
    form: Form = field(default_factory=Form)
    _called: dict[str, str] = field(default_factory=dict)

    @property
    def method(self) -> str:
        """GET or POST."""
        return str(self.event["requestContext"]["http"]["method"])

    @property
    def proof(self) -> str:
        """What every form of a page must carry."""
        return self.sessions.proof(self.session) if self.session else ""

    @property
    def came_with_session(self) -> bool:
        """Whether the browser showed a session, good or not."""
        return COOKIE in cookies_of(self.event)

    def t(self, vietnamese: str, english: str) -> str:
        """The text in the visitor's language."""
        return vietnamese if self.language == "vi" else english

    def may(self, role: Role) -> bool:
        """Whether the visitor's key may do what takes this role; the API decides, this hides what it would refuse."""
        return ROLES.index(self.caller.role) >= ROLES.index(role)

    def asked(self, *names: str, **more: Any) -> dict[str, Any]:
        """Parameters of the address that go to the API as they are, with the place in the list."""
        kept = {name: self.query.get(name, "").strip() for name in (*names, "cursor")}
        return {**{name: value for name, value in kept.items() if value}, **more}

    def call_up(self, ids: Iterable[str | None]) -> None:
        """Look the names of ids up, all in one call, so that the page can write them."""
        self._called |= self.hub.names(one for one in ids if one and one not in self._called)

    def called(self, one: str | None) -> str:
        """The name behind an id that was looked up; an unknown one as it stands, nothing for none."""
        return self._called.get(one, one) if one else ""

    def choices(self, path: str, **query: Any) -> list[tuple[str, str]]:
        """A short list of the API for a field that chooses from it: (id, name)."""
        return [
            (one["id"], str(one.get("name") or one.get("code") or one["id"])) for one in self.hub.every(path, **query)
        ]

    def here(self, **changed: str | None) -> str:
        """This very address with some parameters changed or, with None, left out; a notice is not said again."""
        kept = {name: value for name, value in {**self.query, "ok": "", **changed}.items() if value}
        return f"{BASE}{self.path}" + (f"?{urlencode(kept)}" if kept else "")

    def page(self, template: str, *, status: int = 200, **told: Any) -> Response[str]:
        """A page; told: what its template speaks of. It always knows visit, t and form."""
        html = pages.rendered(
            template,
            **{
                "visit": self,
                "t": self.t,
                "form": self.form,
                "menu": navigation.menu(self.path, self.t),
                "notice": notices.said(self.query.get("ok", ""), self.language),
                "state": lambda kind, value: words.state(kind, value, self.language),
                **told,
            },
        )
        headers = {**pages.HEADERS, "cache-control": "no-store"}
        if status >= 400:  # the address stays the one of the page where the visitor was
            headers["hx-push-url"] = "false"
        return Response(status, HTML, html, headers, compress=True)

    def again(self, template: str, **told: Any) -> Response[str]:
        """The form's page once more, with what was typed and what is wrong with it."""
        refusal = self.form.refusal
        return self.page(template, status=refusal.status if refusal else 422, **told)

    def go(self, path: str, notice: str = "", cookies: list[Cookie] | None = None) -> Response[str]:
        """On to another page below /console, after something was done; notice: a key of `notices`."""
        joint = "&" if "?" in path else "?"
        to = f"{BASE}{path}{joint}ok={notice}" if notice else f"{BASE}{path}"
        headers = {**pages.HEADERS, "location": to, "cache-control": "no-store"}
        return Response(303, HTML, "", headers, cookies)

    def download(self, file: File) -> Response[bytes]:
        """A file of the API, to be saved."""
        headers = {**pages.HEADERS, "content-disposition": file.disposition, "cache-control": "no-store"}
        return Response(200, file.kind, file.content, headers)


_present: ContextVar[Visit] = ContextVar("console_visit")


def entered(visit: Visit) -> None:
    """Let this be the visit that screens see, until the next one."""
    _present.set(visit)


def present() -> Visit:
    """The visit under way."""
    return _present.get()
