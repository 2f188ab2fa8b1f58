"""The Haraloyalty twin: profiles, listed as Haravan lists, behind the token of an app."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from flask import Response, request

from tests.twins.base import Record, Twin
from tests.twins.haraloyalty.profiles import BLANK, FIRST, TYPED, invented
from tests.twins.haravan.texts import OLD_DATA, digits, moment, written

TOKEN = "twin-haraloyalty-token"
LARGEST, DEFAULT = 50, 20
DAY = 86_400
SWITCHES: dict[str, Any] = {
    "scope": True,  # the app has `loy.read_profiles`; False: 403 (mini_crm_haraloyalty.md §2.1)
    "refless_every": 4,  # every n-th seeded profile does not tell Haravan's customer id; 0: all do [inferred]
}


class HaraloyaltyTwin(Twin):
    """The loyalty programme of one shop in memory."""

    name: ClassVar[str] = "haraloyalty"
    defaults: ClassVar[dict[str, Any]] = SWITCHES
    kinds: ClassVar[tuple[str, ...]] = ("profiles",)

    def clear(self) -> None:
        """No numbers given."""
        self.last_id = FIRST + TYPED

    def routes(self) -> None:
        """The calls under /loy; what they answer to a stranger."""
        self.app.before_request(self._admit)
        self.app.add_url_rule("/loy/profiles.json", "profiles", self.page)
        self.app.add_url_rule("/loy/profiles/<int:key>.json", "profile", lambda key: self.one(key, None))
        for part in ("tags", "attributes"):
            rule = f"/loy/profiles/<int:key>/{part}.json"
            self.app.add_url_rule(rule, part, lambda key, part=part: self.one(key, part))

    def page(self) -> Response:
        """One page; a larger `limit` silently gives 50, none gives 20."""
        try:
            rows = [row for row in self._sorted() if all(holds(row) for holds in _asked())]
        except ValueError as error:
            return self.answer({"errors": str(error)}, 400)
        size = min(max(request.args.get("limit", DEFAULT, int), 1), LARGEST)
        start = (max(request.args.get("page", 1, int), 1) - 1) * size
        fields = [name for name in request.args.get("fields", "").split(",") if name]
        shown = [{n: row[n] for n in fields or row if n in row} for row in rows[start : start + size]]
        return self.answer({"profiles": shown})

    def one(self, key: int, part: str | None) -> Response:
        """One profile, or a part of it; 404 for nobody's."""
        row = self.records["profiles"].get(key)
        if row is None:
            return self.answer({"errors": "Not Found"}, 404)
        return self.answer({part: row[part]} if part else {"profile": row})

    def invent(self, kind: str, number: int) -> Record:
        """Member `number`; the stamps are old unless the seed was asked to be fresh, last orders up to 60 days back."""
        n = int(self.switches["refless_every"])
        row = invented(number, not n or number % n != n - 1, written(self.clock() - number % 61 * DAY))
        return self._stored(FIRST + number, row, self.clock() if self.sowing_fresh else OLD_DATA + number * 41.007)

    def create(self, kind: str, record: Record) -> Record:
        """Somebody activated in the programme's own screen."""
        _refuse_strange(record)
        self.last_id += 1
        return self._stored(self.last_id, {**BLANK, **record}, self.clock())

    def change(self, kind: str, key: Any, changes: Record) -> Record:
        """Points, tier or contact changed in the programme."""
        _refuse_strange(changes)
        row = self.records[kind][key]
        row.update(changes, updated_at=written(max(self.clock(), moment(row["updated_at"]).timestamp() + 0.001), key))
        return row

    def remove(self, kind: str, key: Any) -> Record:
        """Gone for good."""
        row: Record = self.records[kind].pop(key)
        return row

    def _stored(self, key: int, row: Record, at: float) -> Record:
        stamp = written(at, key)
        self.records["profiles"][key] = {"id": key, **row, "created_at": stamp, "updated_at": stamp}
        stored: Record = self.records["profiles"][key]
        return stored

    def _sorted(self) -> list[Record]:
        """Upwards by id behind `since_id`, newest first otherwise, as Haravan's own lists [inferred]."""
        upwards = "since_id" in request.args
        return sorted(self.records["profiles"].values(), key=lambda row: row["id"], reverse=not upwards)

    def _admit(self) -> Response | None:
        if not request.path.startswith("/loy/"):
            return None
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self.answer({"errors": "[API] Invalid API key or access token"}, 401)
        return None if self.switches["scope"] else self.answer({"errors": "requires loy.read_profiles scope"}, 403)


def _asked() -> list[Callable[[Record], bool]]:
    """The filters of a list. ValueError: a filter that is no date or number."""
    given = request.args
    tests: list[Callable[[Record], bool]] = []
    if "since_id" in given:
        first = int(given["since_id"])
        tests.append(lambda row: row["id"] > first)
    if given.get("phone"):
        tests.append(lambda row: digits(row["phone"]) == digits(given["phone"]))
    for name, later in (("updated_at_min", True), ("updated_at_max", False)):
        if given.get(name):
            tests.append(_window(moment(given[name]), later))
    return tests


def _window(bound: datetime, later: bool) -> Callable[[Record], bool]:
    def holds(row: Record) -> bool:
        at = moment(row["updated_at"])
        return at >= bound if later else at <= bound

    return holds


def _refuse_strange(record: Record) -> None:
    strange = set(record) - set(BLANK)
    if strange:
        raise ValueError(f"a profile has no {sorted(strange)}; there are {sorted(BLANK)}")
