"""The control API of a twin, under /_twin: change data, turn switches, break, slow down and count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request

if TYPE_CHECKING:
    from tests.twins.base import Record, Twin


def register(twin: Twin) -> None:
    """Add the control routes to a twin; no proof is asked, twins listen on the loopback address only."""
    board = Blueprint("control", twin.name, url_prefix="/_twin")
    for part in (_data, _records, _switches, _faults, _calls, _webhooks):
        part(board, twin)
    board.register_error_handler(KeyError, lambda error: (twin.dumps({"error": f"no {error}"}), 404))
    board.register_error_handler(ValueError, lambda error: (twin.dumps({"error": str(error)}), 422))
    board.register_error_handler(TypeError, lambda error: (twin.dumps({"error": str(error)}), 422))
    twin.app.register_blueprint(board)


def _wish() -> Record:
    wish: Any = request.get_json(force=True, silent=True)
    return wish if isinstance(wish, dict) else {}


def _data(board: Blueprint, twin: Twin) -> None:
    @board.get("/health")
    def health() -> Response:
        return twin.answer({"name": twin.name, "ok": True})

    @board.post("/reset")
    def reset() -> Response:
        twin.reset()
        return twin.answer({"ok": True})

    @board.get("/state")
    def state() -> Response:
        return twin.answer({kind: twin.state(kind) for kind in twin.kinds})

    @board.get("/counts")
    def counts() -> Response:
        return twin.answer({kind: len(twin.records[kind]) for kind in twin.kinds})

    @board.get("/state/<kind>")
    def state_of(kind: str) -> Response:
        return twin.answer(twin.state(kind))

    @board.post("/seed")
    def seed() -> Response:
        return twin.answer(sow(twin, _wish()))

    @board.put("/clock")
    def clock() -> Response:
        wish = _wish()
        twin.set_speed(float(wish.get("speed", twin.speed)))
        twin.skip(float(wish.get("forward", 0)))
        return twin.answer({"speed": twin.speed, "quota_time": twin.quota_time()})


def _records(board: Blueprint, twin: Twin) -> None:
    @board.post("/records/<kind>")
    def create(kind: str) -> Response:
        return twin.answer(twin.create(kind, _wish()), 201)

    @board.put("/records/<kind>/<key>")
    def change(kind: str, key: str) -> Response:
        return twin.answer(twin.change(kind, _known(twin, kind, key), _wish()))

    @board.delete("/records/<kind>/<key>")
    def remove(kind: str, key: str) -> Response:
        return twin.answer(twin.remove(kind, _known(twin, kind, key)))


def _known(twin: Twin, kind: str, text: str) -> Any:
    key = twin.key(kind, text)
    if key not in twin.records[kind]:
        raise KeyError(f"{kind} {text}")
    return key


def sow(twin: Twin, wish: Record) -> dict[str, int]:
    """Make invented records: `{"customers": n, ..., "start": first number, "webhooks": false, "fresh": false}`.

    Seeded records carry old stamps unless `fresh` (or `webhooks`) is true. Answers the counts.
    """
    start = int(wish.get("start", 0))
    counts = {kind: int(wish[kind]) for kind in twin.kinds if kind in wish}
    strange = set(wish) - set(counts) - {"start", "webhooks", "fresh"}
    if strange:
        raise ValueError(f"cannot seed {sorted(strange)}; this twin has {list(twin.kinds)}")
    twin.sowing_fresh = bool(wish.get("fresh") or wish.get("webhooks"))
    for kind, count in counts.items():
        for number in range(start, start + count):
            record = twin.invent(kind, number)
            if wish.get("webhooks"):
                twin.announce(kind, record)
    return counts


def _switches(board: Blueprint, twin: Twin) -> None:
    @board.get("/switches")
    def switches() -> Response:
        return twin.answer(twin.switches)

    @board.put("/switches")
    def turn() -> Response:
        wish = _wish()
        strange = set(wish) - set(twin.switches)
        if strange:
            raise ValueError(f"no switch {sorted(strange)}; there are {sorted(twin.switches)}")
        twin.switches.update(wish)
        return twin.answer(twin.switches)


def _faults(board: Blueprint, twin: Twin) -> None:
    @board.post("/faults")
    def order() -> Response:
        twin.faults.order(_wish())
        return twin.answer({"ordered": len(twin.faults.ordered)})

    @board.delete("/faults")
    def cancel() -> Response:
        twin.faults.ordered.clear()
        return twin.answer({"ordered": 0})


def _calls(board: Blueprint, twin: Twin) -> None:
    @board.get("/calls")
    def calls() -> Response:
        statuses = {str(status): count for status, count in twin.by_status.items()}
        figures = {"total": sum(twin.by_route.values()), "by_route": dict(twin.by_route), "by_status": statuses}
        return twin.answer({**figures, "throttled": twin.by_status[429], "last": list(twin.calls)})

    @board.delete("/calls")
    def forget() -> Response:
        twin.forget_calls()
        return twin.answer({"total": 0})


def _webhooks(board: Blueprint, twin: Twin) -> None:
    @board.get("/webhooks")
    def webhooks() -> Response:
        return twin.answer(twin.outbox.report())

    @board.post("/webhooks/repeat")
    def repeat() -> Response:
        return twin.answer({"repeated": twin.outbox.repeat(int(_wish().get("count", 1)))})

    @board.put("/webhooks/target")
    def target() -> Response:
        return twin.answer(twin.set_target(_wish()))
