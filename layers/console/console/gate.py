"""The console's gate: no page without a session, nothing done that another site asked for."""

import base64
import binascii
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from aws_lambda_powertools.event_handler import Response
from multipart import MultipartError, MultipartParser, parse_options_header

from console import pages
from console.forms import Form, Upload
from console.hub_api import Refused
from console.routing import BASE, Route
from console.visit import HTML, Visit
from retailhub.api.messages import Language

LARGEST_FORM = 5 * 1024 * 1024
PROOF = "_proof"
CROSS_SITE = (
    "Yêu cầu này không đến từ trang của RetailHub nên đã bị từ chối. Hãy tải lại trang và thử lại.",
    "This request did not come from a page of RetailHub and was refused. Load the page anew and try again.",
)
TOO_LARGE = ("Tệp hoặc biểu mẫu quá lớn (tối đa 4 MB).", "The file or form is too large (4 MB at most).")
GARBLED = ("Không đọc được biểu mẫu đã gửi.", "The form that was sent cannot be read.")


def turned_away(visit: Visit, route: Route) -> Response[Any] | None:
    """The answer to whoever may not come in, or None. Reads the form that comes along. Raises Refused for what another
    site sent: by its origin, and by the proof that only the session's own pages carry."""
    if visit.method == "POST":
        _from_here(visit)
        visit.form = _form(visit)
    proof = str(visit.form.values.pop(PROOF, ""))
    if route.open:
        return None
    if visit.session is None:
        return sign_in_first(visit)
    if visit.method == "POST" and not visit.sessions.proves(visit.session, proof):
        raise Refused(403, "cross_site", visit.t(*CROSS_SITE))
    return None


def sign_in_first(visit: Visit) -> Response[str]:
    """To the sign-in page and back. A script gets 401, so that the page with what was typed stays. Who follows a link
    from elsewhere comes without the strict cookie: the page asks once more by itself, now from here."""
    if visit.headers.get("hx-request"):
        return Response(401, HTML, "", {**pages.HEADERS, "cache-control": "no-store"})
    if visit.headers.get("sec-fetch-site") == "cross-site" and visit.method == "GET":
        return visit.page("onward.html")
    here = visit.here() if visit.method == "GET" else f"{BASE}/"
    ended = "&ok=session_over" if visit.came_with_session else ""
    return visit.go(f"/sign-in?next={quote(here, safe='')}{ended}")


def language(cookies: dict[str, str]) -> Language:
    """The chosen language; Vietnamese until somebody chooses."""
    return "en" if cookies.get("language") == "en" else "vi"


def theme(cookies: dict[str, str]) -> str:
    """The chosen theme; the device's own until somebody chooses."""
    return cookies["theme"] if cookies.get("theme") in ("light", "dark") else "auto"


def _from_here(visit: Visit) -> None:
    """Browsers say with every form where it comes from. Raises Refused."""
    ours = urlsplit(visit.hub.office.public_url)
    origin = visit.headers.get("origin")
    site = visit.headers.get("sec-fetch-site")
    if origin is not None:
        fine = urlsplit(origin)[:2] == ours[:2]
    else:
        fine = site == "same-origin"
    if not fine or site not in (None, "same-origin"):
        raise Refused(403, "cross_site", visit.t(*CROSS_SITE))


def _form(visit: Visit) -> Form:
    """The form in the body. Raises Refused for one that cannot be read or is too large."""
    event = visit.event
    body = event.get("body") or ""
    try:
        raw = base64.b64decode(body, validate=True) if event.get("isBase64Encoded") else body.encode()
    except (binascii.Error, ValueError):
        raise Refused(400, "garbled", visit.t(*GARBLED)) from None
    if len(raw) > LARGEST_FORM:
        raise Refused(413, "too_large", visit.t(*TOO_LARGE))
    kind, options = parse_options_header(visit.headers.get("content-type", ""))
    try:
        if kind == "multipart/form-data":
            return _of_parts(raw, options["boundary"])
        return Form.sent(parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=5000))
    except (MultipartError, KeyError, ValueError):
        raise Refused(400, "garbled", visit.t(*GARBLED)) from None


def _of_parts(raw: bytes, boundary: str) -> Form:
    parts = list(MultipartParser(BytesIO(raw), boundary, content_length=len(raw), memory_limit=LARGEST_FORM))
    files = {part.name: Upload(part.filename, part.raw) for part in parts if part.filename}
    return Form.sent(((part.name, part.value) for part in parts if not part.filename and part.filename is None), files)
