"""Tích hợp: platforms connected, tried out, watched, paused, given a new secret, and their old data brought in
(R-KV-02…14, R-HRV-02…05, R-CNV-03)."""

import re
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.event_handler import Response
from markupsafe import Markup, escape

from console import platform_forms, words
from console.hub_api import Refused
from console.places import SEEN_AT
from console.platform_steps import GUIDES, Guide
from console.routing import BASE, Screens
from console.screens import flows
from console.visit import Visit
from retailhub.domain.instants import seconds_between

screens = Screens()
ONE = "/connections/<connection_id>"
TABS = {"about": ("Tổng quan", "About"), "sync": ("Đồng bộ dữ liệu cũ", "Old data"), "waiting": ("Đang chờ", "Waiting")}
WAITING = {
    "deliveries": ("Chờ gửi sang nền tảng", "Waiting to go out"),
    "changes": ("Chờ xử lý tại RetailHub", "Waiting to come in"),
}
DOWN = ("unavailable", "no_answer", "waiting_for_platform", "no_credentials", "bad_settings")
"""Reasons for which deliveries wait that a person should know of; the others settle by themselves."""
LOOKED_AT = 200
"""Parked changes among which a wrong signature is looked for."""

Backlogs = dict[str, dict[str, int]]
"""Connection → how many deliveries and changes wait for it."""
NOTHING_WAITS = {"deliveries": 0, "changes": 0}


@screens.get("/connections")
def connections(visit: Visit) -> Response[Any]:
    """R-KV-08: what is connected, how it does, and how far its old data are."""
    found = visit.hub.page("/connections", **visit.asked("sort"))
    lines = with_health(visit, found.items)
    return visit.page("connections/list.html", found=found, lines=lines, types_of=platform_forms.types_of)


@screens.get("/connections/new")
def choose_platform(visit: Visit) -> Response[Any]:
    """Which platform is to be connected."""
    return visit.page("connections/platforms.html", guides=GUIDES)


@screens.get("/connections/new/<platform>")
def new_connection(visit: Visit, platform: str) -> Response[Any]:
    """R-KV-04, A-KV-1: the platform's form, beside the steps to what it asks for."""
    guide = _guide(visit, platform)
    visit.form = platform_forms.empty(guide)
    return visit.page("connections/form.html", **_asked(visit, platform, None))


@screens.post("/connections/new/<platform>")
def create_connection(visit: Visit, platform: str) -> Response[Any]:
    """Connect; the answer's page is the only one that ever shows the secret."""
    guide, form = _guide(visit, platform), visit.form
    wanted = {
        "platform": platform,
        "name": form.text("name") or "",
        "record_types": form.many("record_types"),
        "settings": platform_forms.settings(guide, form, {}),
        "credentials": platform_forms.credentials(guide, form),
    }
    try:
        made = visit.hub.post("/connections", wanted, once=form.once)
    except Refused as refusal:
        return _refused(visit, refusal, platform, None)
    return _shown_once(visit, made, new=True)


@screens.get(ONE)
def connection(visit: Visit, connection_id: str) -> Response[Any]:
    """A connection: what it is, its old data, or what waits for it."""
    return _page(visit, connection_id, visit.query.get("tab", ""))


@screens.get(f"{ONE}/edit")
def edit_connection(visit: Visit, connection_id: str) -> Response[Any]:
    """The form with the connection in it, without its credentials."""
    one = visit.hub.get(f"/connections/{connection_id}")
    visit.form = platform_forms.showing(GUIDES[one["platform"]], one)
    return visit.page("connections/form.html", **_asked(visit, one["platform"], one))


@screens.post(f"{ONE}/edit")
def change_connection(visit: Visit, connection_id: str) -> Response[Any]:
    """Save the edit, unless somebody else changed the connection meanwhile; blank credentials stay."""
    one = visit.hub.get(f"/connections/{connection_id}")
    guide, form = GUIDES[one["platform"]], visit.form
    wanted: dict[str, Any] = {
        "name": form.text("name") or "",
        "record_types": form.many("record_types"),
        "settings": platform_forms.settings(guide, form, one["settings"]),
    }
    if credentials := platform_forms.credentials(guide, form):
        wanted["credentials"] = credentials
    try:
        visit.hub.patch(f"/connections/{connection_id}", wanted, version=form.version)
    except Refused as refusal:
        return _refused(visit, refusal, one["platform"], one)
    return visit.go(f"/connections/{connection_id}", "saved")


@screens.get(f"{ONE}/branches")
def branches(visit: Visit, connection_id: str) -> Response[Any]:
    """The store's branches, asked of the platform, as boxes in place of their numbers; nothing if it does not say."""
    found = visit.hub.post(f"/connections/{connection_id}/test")["found"].get("branches") or []
    chosen = platform_forms.several(visit.query.get("settings.branches", ""))
    return visit.page("connections/branches.html", branches=found, chosen=chosen)


@screens.post(f"{ONE}/test")
def test_connection(visit: Visit, connection_id: str) -> Response[Any]:
    """A-KV-1: what the platform answers, in words."""
    tried = visit.hub.post(f"/connections/{connection_id}/test")
    one = visit.hub.get(f"/connections/{connection_id}")
    return visit.page("connections/tried.html", one=one, tried=tried)


@screens.post(f"{ONE}/pause")
def pause_connection(visit: Visit, connection_id: str) -> Response[Any]:
    """Stop for a while; what comes meanwhile is kept."""
    return _done(visit, connection_id, "pause", "paused")


@screens.post(f"{ONE}/resume")
def resume_connection(visit: Visit, connection_id: str) -> Response[Any]:
    """Go on."""
    return _done(visit, connection_id, "resume", "resumed")


@screens.post(f"{ONE}/rotate-secret")
def rotate_secret(visit: Visit, connection_id: str) -> Response[Any]:
    """A new secret, shown this once; the old one stays good for a day."""
    made: dict[str, Any] = {}

    def rotated() -> None:
        made.update(visit.hub.post(f"/connections/{connection_id}/rotate-secret", once=visit.form.once))

    return _refusal(visit, connection_id, rotated, "about") or _shown_once(visit, made, new=False)


@screens.post(f"{ONE}/delete")
def remove_connection(visit: Visit, connection_id: str) -> Response[Any]:
    """Remove; records stay."""
    no = _refusal(visit, connection_id, lambda: visit.hub.delete(f"/connections/{connection_id}"), "about")
    return no or visit.go("/connections", "deleted")


@screens.post(f"{ONE}/backfills")
def start_backfill(visit: Visit, connection_id: str) -> Response[Any]:
    """R-KV-07, R-KV-09: bring in old data of the types that are ticked."""
    wanted = {"record_types": visit.form.many("record_types")}
    path = f"/connections/{connection_id}/backfills"
    no = _refusal(visit, connection_id, lambda: visit.hub.post(path, wanted, once=visit.form.once), "sync")
    return no or visit.go(f"/connections/{connection_id}?tab=sync", "started")


@screens.post(f"{ONE}/backfills/<backfill_id>/cancel")
def cancel_backfill(visit: Visit, connection_id: str, backfill_id: str) -> Response[Any]:
    """Stop; what came in stays."""
    return _done(visit, connection_id, f"backfills/{backfill_id}/cancel", "cancelled", "sync")


@screens.post(f"{ONE}/backfills/<backfill_id>/resume")
def resume_backfill(visit: Visit, connection_id: str, backfill_id: str) -> Response[Any]:
    """Go on where it stopped (A-KV-7)."""
    return _done(visit, connection_id, f"backfills/{backfill_id}/resume", "started", "sync")


def _guide(visit: Visit, platform: str) -> Guide:
    if platform not in GUIDES:
        raise Refused(404, "unknown_path", visit.t("Không có nền tảng này.", "There is no such platform."))
    return GUIDES[platform]


def _asked(visit: Visit, platform: str, one: dict[str, Any] | None) -> dict[str, Any]:
    """What the form's page speaks of. one: the connection that is edited."""
    guide = GUIDES[platform]
    return {
        "one": one,
        "platform": platform,
        "guide": guide,
        "type_options": [(name, visit.t(*both)) for name, both in guide.types.items()],
        "choices": platform_forms.choices(visit, guide),
        "options": lambda field: platform_forms.options(field, visit),
        "pressed": pressed,
    }


def _refused(visit: Visit, refusal: Refused, platform: str, one: dict[str, Any] | None) -> Response[Any]:
    visit.form.refused(refusal)
    platform_forms.at_their_fields(GUIDES[platform], visit.form)
    return visit.again("connections/form.html", **_asked(visit, platform, one))


def _shown_once(visit: Visit, made: dict[str, Any], *, new: bool) -> Response[Any]:
    """The page with the secret. Its address becomes the connection's own, so that loading it again makes nothing."""
    guide = GUIDES[made["platform"]]
    shown = visit.page("connections/made.html", one=made, guide=guide, new=new, pressed=pressed)
    shown.headers["hx-replace-url"] = f"{BASE}/connections/{made['id']}"
    return shown


def _done(visit: Visit, connection_id: str, act: str, notice: str, tab: str = "about") -> Response[Any]:
    path = f"/connections/{connection_id}"
    no = _refusal(visit, connection_id, lambda: visit.hub.post(f"{path}/{act}"), tab)
    return no or visit.go(path if tab == "about" else f"{path}?tab={tab}", notice)


def _refusal(visit: Visit, connection_id: str, act: Callable[[], Any], tab: str) -> Response[Any] | None:
    """Do it; if the API refuses, the connection's page with why."""
    try:
        act()
    except Refused as refusal:
        visit.form.refused(refusal)
        return _page(visit, connection_id, tab)
    return None


def _page(visit: Visit, connection_id: str, asked: str) -> Response[Any]:
    one = visit.hub.get(f"/connections/{connection_id}")
    tab = asked if asked in TABS else "about"
    waiting = _waiting(visit)
    parts = {"about": _about, "sync": _old_data, "waiting": _backlog}[tab](visit, one, waiting)
    visit.call_up(one[name] for name in ("created_by", "updated_by"))
    show = visit.again if visit.form.refusal else visit.page
    guide = GUIDES[one["platform"]]
    types = platform_forms.types_of(visit, one["platform"], one["record_types"])
    return show(
        "connections/page.html",
        one=one,
        guide=guide,
        tab=tab,
        tabs=TABS,
        types=types,
        waiting=waiting.get(one["id"], NOTHING_WAITS),
        pressed=pressed,
        **parts,
    )


def _about(visit: Visit, one: dict[str, Any], waiting: Backlogs) -> dict[str, Any]:
    connections = {each["id"]: each for each in visit.hub.every("/connections")}
    return {
        **_health(visit, one, waiting),
        "flows": flows.told(visit, connections, one["id"]),
        "settings": platform_forms.in_words(visit, one),
    }


def _old_data(visit: Visit, one: dict[str, Any], _: Backlogs) -> dict[str, Any]:
    found = visit.hub.page(f"/connections/{one['id']}/backfills", **visit.asked(limit=20))
    visit.form.values.setdefault("record_types", one["record_types"])
    runs = [_run(visit, run) for run in found.items]
    running = next((run for run in runs if run["status"] == "running"), None)
    types = one["record_types"]
    names = dict(zip(types, platform_forms.types_of(visit, one["platform"], types), strict=True))
    return {"found": found, "runs": runs, "running": running, "names": names}


def _backlog(visit: Visit, one: dict[str, Any], waiting: Backlogs) -> dict[str, Any]:
    count = waiting.get(one["id"], NOTHING_WAITS)
    fuller = "changes" if count["changes"] and not count["deliveries"] else "deliveries"
    kind = visit.query.get("kind", "")
    kind = kind if kind in WAITING else fuller
    found = visit.hub.page(f"/connections/{one['id']}/backlog", kind=kind, **visit.asked())
    visit.call_up(line["record"] for line in found.items)
    return {"found": found, "kind": kind, "kinds": WAITING, "paths": SEEN_AT}


def with_health(visit: Visit, connections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Connections with how they do, why, and how much waits for each."""
    waiting = _waiting(visit)
    return [
        {**one, **_health(visit, one, waiting), "waiting": waiting.get(one["id"], NOTHING_WAITS)} for one in connections
    ]


def _waiting(visit: Visit) -> Backlogs:
    """Connection → how much waits for it."""
    found: Backlogs = visit.hub.get("/backlog")["waiting"]
    return found


def _health(visit: Visit, one: dict[str, Any], waiting: Backlogs) -> dict[str, Any]:
    """How a connection does, why if it does badly (and which tab tells more), and its newest run through old data."""
    runs = visit.hub.page(f"/connections/{one['id']}/backfills", limit=1).items
    newest = _run(visit, runs[0]) if runs else None
    why = _troubles(visit, one, waiting.get(one["id"], {}))
    if newest and newest["status"] == "failed":
        why.append((visit.t("Đồng bộ dữ liệu cũ thất bại", "The sync of old data failed"), "sync"))
    paused = one["status"] == "paused"
    return {
        "state_of_it": "paused" if paused else "trouble" if why else "active",
        "why": [] if paused else why,
        "newest": newest,
    }


def _troubles(visit: Visit, one: dict[str, Any], waiting: dict[str, int]) -> list[tuple[str, str]]:
    path, found = f"/connections/{one['id']}/backlog", []
    if waiting.get("deliveries"):
        reasons = [each["reason"] for each in visit.hub.page(path, kind="deliveries", limit=1).items]
        told = [words.reason(each, visit.language).capitalize() for each in reasons if _is_down(each)]
        found += [(each, "waiting&kind=deliveries") for each in told]
    if waiting.get("changes"):
        parked = visit.hub.page(path, kind="changes", limit=LOOKED_AT).items
        if any(each["reason"] == "bad_signature" for each in parked):
            forged = visit.t("Có webhook sai chữ ký", "A webhook came with a wrong signature")
            found.append((forged, "waiting&kind=changes"))
    return found


def _is_down(reason: str) -> bool:
    return reason in DOWN or reason.startswith("answer_")


def _run(visit: Visit, run: dict[str, Any]) -> dict[str, Any]:
    """A backfill with its share in percent, None while nobody can tell, and how long it will still take, in words."""
    steps = run["record_types"]
    done, totals = sum(step["done"] for step in steps), [step["total"] for step in steps]
    known = sum(total or 0 for total in totals) if None not in totals else 0
    eta = steps[-1]["eta"] if steps and run["status"] == "running" else None
    seconds = seconds_between(visit.hub.office.clock(), eta) if eta else None
    return {**run, "share": min(100, 100 * done // known) if known else None, "left": left(visit, seconds)}


def left(visit: Visit, seconds: float | None) -> str:
    """How long it will still take."""
    if seconds is None:
        return visit.t("đang ước tính thời gian còn lại", "working out how long it will take")
    minutes = round(seconds / 60)
    if minutes < 1:
        return visit.t("còn chưa đến một phút", "less than a minute left")
    hours, rest = divmod(minutes, 60)
    if not hours:
        return visit.t(f"còn khoảng {minutes} phút", f"about {minutes} {'minute' if minutes == 1 else 'minutes'} left")
    return visit.t(f"còn khoảng {hours} giờ {rest} phút", f"about {hours} h {rest} min left")


def pressed(text: str) -> Markup:
    """A step with what stands on the screen in bold."""
    return Markup(re.sub("«(.+?)»", r"<b>\1</b>", str(escape(text))))  # noqa: S704 escaped before
