"""What every Source must do; a platform's test says only how to make one and what its twin calls the records."""

import copy
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
import requests

from retailhub.domain.errors import Malformed, Throttled, Unavailable
from retailhub.domain.instants import parse, stamp
from retailhub.domain.records import MODELS, RecordType, Snapshot
from retailhub.platforms.base import PulledPage, Source
from tests.twins.base import Twin

SECRET_WORD = "Nguyễn-Bí-Mật-0912345678"


class SourceTests:
    """The contract of `platforms.base.Source`, kept against the platform's twin.

    kinds: hub's record type → the twin's kind. seeded: what is seeded before each test (more than one page of each
    type that the twin lists). unknown_id: an id that no record has. touch: a member that a change may set, by type.
    thin: types whose listing says too little, so that each row must be read. parts: see `listed`.
    """

    kinds: ClassVar[dict[RecordType, str]]
    seeded: ClassVar[dict[str, int]]
    unknown_id: ClassVar[str] = "987654321098"
    touch: ClassVar[dict[RecordType, dict[str, Any]]]
    listed_late: ClassVar[float] = 0.0

    @pytest.fixture
    def twin(self) -> Twin:
        """A fresh twin of the platform."""
        raise NotImplementedError

    def make(self, url: str) -> Source:
        """A client of the twin at this address."""
        raise NotImplementedError

    @pytest.fixture
    def url(self, twin: Twin) -> Iterator[str]:
        """The address of the twin, already seeded."""
        with twin.serve() as address:
            control(address, "POST", "/seed", dict(self.seeded))
            yield address

    @pytest.fixture
    def source(self, url: str) -> Source:
        """A client of the seeded twin."""
        return self.make(url)

    def test_every_record_is_in_the_pages(self, source: Source, url: str) -> None:
        """A backfill leaves out no row (base.Source.pages)."""
        for record_type in source.reads:
            listed = set(walked(source, record_type))

            assert listed >= ids(url, self.kinds[record_type]), record_type

    def test_cursors_survive_a_restart(self, url: str) -> None:
        """A listing goes on in another process, by the cursor's text alone (R-KV-07, A-KV-7)."""
        for record_type in self.make(url).reads:
            seen: list[str] = []
            cursor, steps = None, 0
            while steps == 0 or cursor:
                page = self.make(url).pages(record_type, None, cursor)
                seen += [row.source_id for row in page.rows]
                cursor, steps = page.cursor, steps + 1
                assert cursor is None or isinstance(cursor, str)
                assert steps < 100, "the listing never ends"

            assert set(seen) >= ids(url, self.kinds[record_type]), record_type

    def test_a_catch_up_lists_what_changed_since(self, source: Source, url: str) -> None:
        """Rows changed after the instant come, old ones stay away (kiotviet.md §3.1, haravan.md §3.1)."""
        since = stamp(datetime.now(UTC) - timedelta(minutes=5))
        for record_type in source.reads:
            kind = self.kinds[record_type]
            chosen = sorted(ids(url, kind))[3]
            control(url, "PUT", f"/records/{kind}/{chosen}", self.touch[record_type])

            listed = set(walked(source, record_type, since))

            assert chosen in listed, record_type
            assert len(listed) < len(ids(url, kind)), f"{record_type}: the window was not asked for"

    def test_a_row_and_the_record_read_mean_the_same(self, source: Source) -> None:
        """The same version of a record says the same in a listing and alone: otherwise each would undo the other."""
        for record_type in source.reads:
            for row in source.pages(record_type, None, None).rows[:25]:
                alone = source.read(record_type, row.source_id)
                assert alone is not None
                if row.payload is None:
                    assert row.row, "a row without its payload is told by its digest"
                    continue
                in_list = source.snapshot(record_type, row.payload)
                read = source.snapshot(record_type, alone)

                assert (in_list.version, in_list.fields) == (read.version, read.fields), record_type
                assert in_list.heard == read.heard

    def test_snapshots_fit_the_records(self, source: Source) -> None:
        """Fields are fields of the record, the version is an instant, the ids agree."""
        for record_type in source.reads:
            for row, snapshot in snapshots(source, record_type):
                MODELS[record_type].model_validate(snapshot.fields)
                MODELS["customer"].model_validate(snapshot.buyer.stub if snapshot.buyer else {})
                assert set(snapshot.first) <= set(MODELS[record_type].model_fields)
                assert (snapshot.type, snapshot.source_id) == (record_type, row)
                assert not snapshot.version or snapshot.version == stamp(parse(snapshot.version))

    def test_a_snapshot_is_pure(self, source: Source) -> None:
        """The same JSON always means the same, and is left as it was."""
        for record_type in source.reads:
            row = source.pages(record_type, None, None).rows[0]
            payload = row.payload if row.payload is not None else source.read(record_type, row.source_id)
            before = copy.deepcopy(payload)

            assert source.snapshot(record_type, payload) == source.snapshot(record_type, copy.deepcopy(payload))
            assert payload == before

    @pytest.mark.parametrize("rubbish", [None, [], "x", 7, {}, {"id": None}, {"id": {"a": SECRET_WORD}}])
    def test_rubbish_is_malformed_and_not_repeated(self, source: Source, rubbish: Any) -> None:
        """What has no shape is refused with the field's name and never with its value (it may be personal)."""
        for record_type in source.reads:
            with pytest.raises(Malformed) as refusal:
                source.snapshot(record_type, rubbish)

            assert refusal.value.code
            assert refusal.value.field
            assert SECRET_WORD not in f"{refusal.value} {refusal.value.__cause__} {refusal.value.field}"

    def test_an_unknown_record_reads_as_gone(self, source: Source) -> None:
        """A record that is not there is None, not an error (F15)."""
        for record_type in source.reads:
            assert source.read(record_type, self.unknown_id) is None, record_type

    def test_being_asked_to_slow_down_is_throttled(self, source: Source, url: str) -> None:
        """429 means wait: nothing is broken, and the platform says how long."""
        control(url, "POST", "/faults", {"status": 429, "times": -1, "headers": {"Retry-After": "7.0"}})
        for record_type in source.reads:
            with pytest.raises(Throttled) as refusal:
                source.pages(record_type, None, None)

            assert refusal.value.retry_after == 7.0

    @pytest.mark.parametrize("fault", [{"status": 503}, {"status": 0}, {"status": 500, "body": "<html>"}])
    def test_an_outage_is_temporary(self, source: Source, url: str, fault: dict[str, Any]) -> None:
        """5xx, rubbish and a closed connection may pass: the same attempt is made again later."""
        control(url, "POST", "/faults", {**fault, "times": -1})
        for record_type in source.reads:
            with pytest.raises(Unavailable):
                source.pages(record_type, None, None)


def control(url: str, method: str, path: str, body: Any = None) -> Any:
    """Tell the twin something; its answer."""
    answer = requests.request(method, f"{url}/_twin{path}", json=body, timeout=20)
    assert answer.ok, answer.text
    return answer.json()


def ids(url: str, kind: str) -> set[str]:
    """The ids of all records that the twin has."""
    return {str(row["id"]) for row in control(url, "GET", f"/state/{kind}")}


def paged(source: Source, record_type: RecordType, since: str | None = None) -> Iterator[PulledPage]:
    """All pages of a listing."""
    cursor: str | None = None
    for _ in range(100):
        page = source.pages(record_type, since, cursor)
        yield page
        cursor = page.cursor
        if cursor is None:
            return
    raise AssertionError("the listing never ends")


def walked(source: Source, record_type: RecordType, since: str | None = None) -> list[str]:
    """The ids of all rows of a listing, in order."""
    return [row.source_id for page in paged(source, record_type, since) for row in page.rows]


def snapshots(source: Source, record_type: RecordType) -> list[tuple[str, Snapshot]]:
    """The first page's ids with their snapshots."""
    rows = source.pages(record_type, None, None).rows
    told = [(row, row.payload if row.payload is not None else source.read(record_type, row.source_id)) for row in rows]
    return [(row.source_id, source.snapshot(record_type, payload)) for row, payload in told]
