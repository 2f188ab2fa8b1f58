"""CNV's client against its twin: the contract of a Source, the cut at 10,000 rows, guests."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Malformed, Permanent, Rejected
from retailhub.domain.records import RecordType
from retailhub.platforms.cnv_loyalty import polling
from retailhub.platforms.cnv_loyalty.client import CnvLoyalty
from retailhub.platforms.http import Unpaced
from tests.contract.cnv_business import CREDENTIALS, client
from tests.contract.source_tests import SourceTests, control, walked
from tests.twins.base import Twin
from tests.twins.cnv_loyalty import CnvLoyaltyTwin
from tests.twins.cnv_loyalty.open_platform import TOKEN


class TestCnvLoyaltySource(SourceTests):
    """CNV keeps the contract of a Source."""

    kinds: ClassVar[dict[RecordType, str]] = {"customer": "customers", "order": "orders"}
    seeded: ClassVar[dict[str, int]] = {"customers": 230, "orders": 230}
    touch: ClassVar[dict[RecordType, dict[str, Any]]] = {
        "customer": {"email": "moi@example.vn"},
        "order": {"payment_status": "paid"},
    }

    @pytest.fixture
    def twin(self) -> Twin:
        """A fresh business."""
        return CnvLoyaltyTwin()

    def make(self, url: str) -> CnvLoyalty:
        """A client of that business."""
        return client(url)


@pytest.fixture
def twin() -> CnvLoyaltyTwin:
    """A fresh business."""
    return CnvLoyaltyTwin()


@pytest.fixture
def url(twin: CnvLoyaltyTwin) -> Iterator[str]:
    """Its address."""
    with twin.serve() as address:
        yield address


def test_both_families_are_proven_or_named_as_missing(url: str) -> None:
    """Either family may be missing (cnv_loyalty.md §0.1); without any there is nothing to test."""
    assert client(url).test() == {"open_platform": True, "partner_api": True}
    assert client(url, {"access_token": TOKEN}).test() == {"open_platform": True, "partner_api": False}
    with pytest.raises(Permanent) as refusal:
        client(url, {}).test()

    assert refusal.value.code == "no_credentials"


@pytest.mark.parametrize("name", ["client_secret", "access_token"])
def test_wrong_credentials_are_refused_without_being_repeated(url: str, name: str) -> None:
    """401 is permanent, and its text holds no secret."""
    with pytest.raises(Rejected) as refusal:
        client(url, {**CREDENTIALS, name: "wrong-invented-secret"}).test()

    assert refusal.value.status == 401
    assert "wrong-invented-secret" not in str(refusal.value)


@pytest.mark.parametrize(
    "switches, settings",
    [
        ({"envelope": "bare"}, {}),
        ({"envelope": "data", "has_more_key": "hasMore"}, {}),
        ({"max_limit": 30}, {}),
        ({"max_limit": 30, "envelope": "bare"}, {}),
        ({"path_prefix": "/loyalty"}, {"path_prefix": "/loyalty"}),
        ({"updated_from_inclusive": False}, {}),
        ({"stamp_step": 86_400, "updated_from_inclusive": False}, {}),
    ],
)
def test_every_row_comes_whatever_the_envelope(url: str, switches: dict[str, Any], settings: dict[str, Any]) -> None:
    """Bare list or envelope, smaller pages, shared stamps, exclusive bound: no row is left out (§B.2, §B.3.1)."""
    control(url, "POST", "/seed", {"customers": 250})
    control(url, "PUT", "/switches", switches)

    assert len(set(walked(client(url, **settings), "customer"))) == 250


@pytest.mark.parametrize("inclusive", [True, False])
def test_ties_at_the_cut_lose_nothing(url: str, monkeypatch: pytest.MonkeyPatch, inclusive: bool) -> None:
    """§B.3.1: 165 customers were once lost where a full query ended inside a shared stamp."""
    _smaller_cut(url, monkeypatch)
    control(url, "POST", "/seed", {"customers": 100})
    control(url, "PUT", "/switches", {"stamp_step": 600, "updated_from_inclusive": inclusive})

    assert len(set(walked(client(url), "customer"))) == 100


def test_rows_that_cnv_hides_leave_a_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows in one second than a query shows: what cannot be seen is reported, the rest still comes."""
    full_hour = 1_780_002_000.0  # rows are a minute apart: 60 share the first hour's stamp, 20 the second's
    with CnvLoyaltyTwin(clock=lambda: full_hour).serve() as url:
        _smaller_cut(url, monkeypatch)  # a query shows 40
        control(url, "POST", "/seed", {"customers": 80})
        control(url, "PUT", "/switches", {"stamp_step": 3600})
        _hidden_rows_are_told(url)


def _hidden_rows_are_told(url: str) -> None:
    source = client(url)

    rows = [row for page in _pages(source, "customer") for row in page.rows]
    cuts = [row for row in rows if row.source_id.startswith("cut:")]

    assert cuts
    with pytest.raises(Malformed) as refusal:
        source.snapshot("customer", cuts[0].payload)
    assert refusal.value.code == "rows_cut"
    assert str(max(twin_ids(url))) in {row.source_id for row in rows}


def test_orders_without_a_stamp_are_read_by_windows(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether orders show `updated_at` is unknown: windows of changes are walked, and halved when they are full."""
    _smaller_cut(url, monkeypatch)
    monkeypatch.setattr(polling, "FIRST_MOMENT", polling._spelt(datetime.now(UTC) - timedelta(days=100)))
    control(url, "POST", "/seed", {"orders": 150})
    source = Stampless(url)

    rows = [row for page in _pages(source, "order") for row in page.rows]

    assert {row.source_id for row in rows} >= {str(row["id"]) for row in control(url, "GET", "/state/orders")}
    assert not [row for row in rows if row.source_id.startswith("cut:")]


def test_a_row_that_changes_between_pages_is_not_lost(url: str) -> None:
    """A changed row moves to the end and the others move up; they are asked for by time, not by place (F62)."""
    control(url, "POST", "/seed", {"customers": 250})
    source = client(url)
    first = source.pages("customer", None, None)
    for row in first.rows[:30]:
        control(url, "PUT", f"/records/customers/{row.source_id}", {"email": "moi@example.vn"})

    seen = {row.source_id for row in first.rows}
    cursor = first.cursor
    while cursor:
        page = source.pages("customer", None, cursor)
        seen |= {row.source_id for row in page.rows}
        cursor = page.cursor

    assert len(seen) == 250


def test_the_seam_of_two_pages_is_told_once(url: str) -> None:
    """Rows at the seam are asked for twice but listed once."""
    control(url, "POST", "/seed", {"customers": 250})

    assert len(walked(client(url), "customer")) == 250


def test_a_guest_is_told_apart_by_phone(url: str) -> None:
    """A-CNV-10: an order by nobody CNV knows still has a buyer, made from its own words."""
    guest = {"last_name": "Lê Văn Khách", "phone": "0938 220 917"}
    control(url, "POST", "/records/orders", {**_placed(), "customer": guest})
    cnv = client(url)

    buyer = cnv.snapshot("order", cnv.pages("order", None, None).rows[0].payload).buyer

    assert buyer is not None
    assert buyer.source_id == "phone:+84938220917"
    assert buyer.stub == {"name": "Lê Văn Khách", "phone": "+84938220917", "source": "CNV – Zalo OA"}
    assert cnv.provisional(buyer.source_id)


@pytest.mark.parametrize("source_id", ["phone:+84938220917", "RH-C_ABC"])
def test_an_id_that_cnv_never_gave_is_not_taken_for_gone(url: str, source_id: str) -> None:
    """Reading it must not look like a deletion."""
    with pytest.raises(Rejected) as refusal:
        client(url).read("customer", source_id)

    assert refusal.value.code == "id_not_known_yet"


class Stampless(CnvLoyalty):
    """A client of a business whose lists show no `updated_at`."""

    def __init__(self, url: str) -> None:
        connection = Connection("cnv-mau", "cnv_loyalty", "Hội viên mẫu")
        super().__init__(connection, Secret(CREDENTIALS), url, Unpaced())
        inner = self._polling._list

        def stampless(record_type: RecordType, params: dict[str, Any]) -> Any:
            rows, more = inner(record_type, params)
            return [{name: value for name, value in row.items() if name != "updated_at"} for row in rows], more

        self._polling._list = stampless  # type: ignore[method-assign]


def twin_ids(url: str) -> list[int]:
    """The ids of all members."""
    return [row["id"] for row in control(url, "GET", "/state/customers")]


def _smaller_cut(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Queries that show 4 pages of 10 rows instead of 100 of 100."""
    control(url, "PUT", "/switches", {"max_limit": 10, "max_pages": 4})
    monkeypatch.setattr(polling, "PER_PAGE", 10)
    monkeypatch.setattr(polling, "MOST_PAGES", 4)


def _pages(source: CnvLoyalty, record_type: RecordType) -> Iterator[Any]:
    cursor: str | None = None
    for _ in range(1000):
        page = source.pages(record_type, None, cursor)
        yield page
        cursor = page.cursor
        if cursor is None:
            return
        assert json.loads(cursor)
    raise AssertionError("the listing never ends")


def _placed() -> dict[str, Any]:
    line = {"sku": "SON-03", "name": "Son dưỡng", "quantity": 3, "price": 150000}
    return {"customer": {"last_name": "Lê Ngọc Anh"}, "channel": "Zalo OA", "items": [line]}
