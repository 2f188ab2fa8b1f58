"""The console: every request of a browser, from its cookie to the page that answers it."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError

from console import assets, gate, screens
from console import visit as visits
from console.hub_api import HubApi, Refused
from console.routing import BASE, Function, Route
from console.session import COOKIE, Sessions, cookies_of, session_cookie
from console.visit import Visit
from retailhub.api.app import Api
from retailhub.api.visit import NOBODY, Caller
from retailhub.crm.office import Office

FOREVER = "public, max-age=31536000, immutable"
ASSETS = f"{BASE}/assets/"
ASSET_HEADERS = {"content-encoding": "gzip", "x-content-type-options": "nosniff", "vary": "accept-encoding"}

Note = Callable[[Exception], None]


class Console:
    """All screens over one admin API. `note` is told of errors that are ours (ids and types only are to be logged)."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._api = Api(note)
        self._resolver = APIGatewayHttpResolver(debug=False)
        self._resolver.not_found(self._unknown)
        self._resolver.get(f"{ASSETS}<name>")(_asset)
        for route in screens.ROUTES:
            self._resolver.route(route.rule, route.method)(self._for_visit(route))

    def answer(self, event: dict[str, Any], context: Any, office: Office, sessions: Sessions) -> dict[str, Any]:
        """The answer to one API Gateway event (payload format 2.0)."""
        path = str(event.get("rawPath") or "/")
        inside = f"/{path.removeprefix(BASE).strip('/')}"
        http = event["requestContext"]["http"]
        if path.startswith(ASSETS):
            return self._resolver.resolve(event, context)
        visit = self._visit(event, context, office, sessions, inside)
        visits.entered(visit)
        at = f"{BASE}{inside}"
        asked = {**event, "rawPath": at, "requestContext": {**event["requestContext"], "http": {**http, "path": at}}}
        answer = self._resolver.resolve(asked, context)
        if visit.session and not answer.get("cookies") and (renewed := sessions.renewed(visit.session)):
            answer["cookies"] = [str(session_cookie(sessions.written(renewed)))]
        return answer

    def _visit(self, event: dict[str, Any], context: Any, office: Office, sessions: Sessions, path: str) -> Visit:
        """Who comes, in which language, with what in their hands."""
        cookies, headers = cookies_of(event), {k.lower(): v for k, v in (event.get("headers") or {}).items()}
        session = sessions.read(cookies.get(COOKIE, ""))
        key = sessions.key_of(office.table, session) if session else None
        caller = Caller(key.role, key.employee, key.id) if key else NOBODY
        language = gate.language(cookies)
        return Visit(
            hub=HubApi(self._api, office, caller, language, context),
            caller=caller,
            language=language,
            theme=gate.theme(cookies),
            path=path,
            query={str(k): str(v) for k, v in (event.get("queryStringParameters") or {}).items()},
            headers=headers,
            event=event,
            sessions=sessions,
            session=session if key else None,
        )

    def _for_visit(self, route: Route) -> Function:
        """The route as the resolver takes it: let in or turned away first, troubles told on a page."""

        def run(**parts: str) -> Response[Any]:
            visit = visits.present()
            try:
                return gate.turned_away(visit, route) or route.function(visit, **parts)
            except Refused as refusal:
                return problem(visit, refusal)
            except Exception as error:  # noqa: BLE001 a visitor gets a page of ours even for what nobody foresaw; it is noted
                self._note(error)
                return problem(visit, Refused(500, "internal", visit.t(*TROUBLE)))

        return run

    def _unknown(self, _: NotFoundError) -> Response[Any]:
        visit = visits.present()
        if visit.session is None:
            return gate.sign_in_first(visit)
        return problem(visit, Refused(404, "unknown_path", visit.t(*UNKNOWN)))


UNKNOWN = ("Không có trang này.", "There is no such page.")
TROUBLE = (
    "RetailHub gặp lỗi. Không có gì bị mất; hãy thử lại sau ít phút.",
    "RetailHub had a problem. Nothing is lost; try again in a few minutes.",
)


def problem(visit: Visit, refusal: Refused) -> Response[str]:
    """The page that tells what went wrong."""
    return visit.page("problem.html", status=refusal.status, refusal=refusal)


def _asset(name: str) -> Response[Any]:
    found = assets.served(name)
    if found is None:
        return Response(404, "text/plain", "unknown", {"cache-control": "no-store"})
    kind, content = found
    return Response(200, kind, content, {**ASSET_HEADERS, "cache-control": FOREVER})
