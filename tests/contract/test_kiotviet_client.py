"""KiotViet's client against its twin: the Source contract, tokens, paging while records vanish, registrations."""

import json
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from retailhub.domain.errors import Rejected, Throttled, Unwanted
from retailhub.domain.records import RecordType
from retailhub.platforms.kiotviet.client import KiotViet
from retailhub.platforms.kiotviet.lists import wall_clock
from retailhub.platforms.webhooks import parse_json
from tests.contract.kiotviet_shop import CREDENTIALS, client
from tests.contract.source_tests import SourceTests, control, ids, paged, walked
from tests.twins.base import Twin
from tests.twins.kiotviet import RETAILER, KiotVietTwin
from tests.twins.kiotviet.shapes import webhook_item


class TestKiotVietSource(SourceTests):
    """KiotViet keeps the contract of a Source."""

    kinds: ClassVar[dict[RecordType, str]] = {"customer": "customers", "product": "products", "contract": "invoices"}
    seeded: ClassVar[dict[str, int]] = {"customers": 230, "products": 120, "invoices": 205}
    touch: ClassVar[dict[RecordType, dict[str, Any]]] = {
        "customer": {"comments": "Gọi lại"},
        "product": {"basePrice": 99000.0},
        "contract": {"status": 1},
    }

    @pytest.fixture
    def twin(self) -> Twin:
        """A fresh KiotViet shop."""
        return KiotVietTwin()

    def make(self, url: str) -> KiotViet:
        """A client of that shop."""
        return client(url)


@pytest.fixture
def twin() -> KiotVietTwin:
    """A fresh KiotViet shop."""
    return KiotVietTwin()


@pytest.fixture
def url(twin: KiotVietTwin) -> Iterator[str]:
    """Its address."""
    with twin.serve() as address:
        yield address


def test_one_token_serves_many_calls_and_a_dead_one_is_replaced_once(url: str, twin: KiotVietTwin) -> None:
    """A token is asked for with the first call and again after a 401 (kiotviet.md §1)."""
    source = client(url)
    source.pages("customer", None, None)
    source.pages("customer", None, None)
    assert twin.by_route["POST /connect/token"] == 1

    control(url, "DELETE", "/tokens")
    source.pages("customer", None, None)

    assert twin.by_route["POST /connect/token"] == 2


def test_wrong_keys_are_refused_without_repeating_them(url: str) -> None:
    """A wrong client secret is a refusal, and the secret is in no message."""
    source = client(url, {**CREDENTIALS, "client_secret": "wrong-and-secret"})

    with pytest.raises(Rejected) as refusal:
        source.test()

    assert "invalid_client" in str(refusal.value)
    assert "wrong-and-secret" not in str(refusal.value)


def test_a_wrong_shop_is_refused_after_one_new_token(url: str, twin: KiotVietTwin) -> None:
    """A 401 that a fresh token does not cure is not asked about for ever."""
    with pytest.raises(Rejected) as refusal:
        client(url, {**CREDENTIALS, "retailer": "cuahangkhac"}).test()

    assert refusal.value.status == 401
    assert twin.by_route["POST /connect/token"] == 2


def test_the_connection_test_names_shop_and_branches(url: str) -> None:
    """A-KV-1: the test shows what the branch setting chooses from."""
    found = client(url).test()

    assert found["shop"] == RETAILER
    assert {"id": 41001, "name": "Chi nhánh trung tâm"} in found["branches"]


def test_a_throttle_under_another_status_is_a_throttle(url: str) -> None:
    """`RateLimited` in the body means 429, whatever the status (kiotviet.md §3.3)."""
    body = {"responseStatus": {"errorCode": "RateLimited", "message": "chậm lại", "errors": []}}
    source = client(url)
    control(url, "POST", "/faults", {"status": 420, "times": -1, "path": "/customers", "body": body})

    with pytest.raises(Throttled):
        source.read("customer", "90210001")


@pytest.mark.parametrize("status", [404, 420])
def test_a_missing_record_is_gone_under_both_statuses(url: str, twin: KiotVietTwin, status: int) -> None:
    """A missing id may be a business error (kiotviet.md §3.3)."""
    twin.switches["missing_status"] = status

    assert client(url).read("customer", "90219999") is None


def test_no_row_is_passed_over_when_records_vanish_between_pages(url: str, twin: KiotVietTwin) -> None:
    """Removals move later rows up, across the page's edge (kiotviet.md §3.1)."""
    control(url, "POST", "/seed", {"customers": 350})
    source, seen = client(url), []
    doomed = sorted(ids(url, "customers"))[:150]
    for page in paged(source, "customer"):
        seen += [row.source_id for row in page.rows]
        for key in doomed[:75]:
            twin.remove("customers", int(key))
        doomed = doomed[75:]

    assert set(seen) >= ids(url, "customers")


def test_a_summary_row_is_no_customer(url: str, twin: KiotVietTwin) -> None:
    """A row with id -1 may head the first page (kiotviet.md §4)."""
    twin.switches["summary_row"] = True
    control(url, "POST", "/seed", {"customers": 130})

    assert set(walked(client(url), "customer")) == ids(url, "customers")


@pytest.mark.parametrize("spelling", ["documented", "removeId", "removedIds", "RemoveIds"])
def test_removed_ids_come_with_a_catch_up(url: str, twin: KiotVietTwin, spelling: str) -> None:
    """The member's spelling varies (kiotviet.md §3.1)."""
    twin.switches["removed_ids_key"] = spelling
    control(url, "POST", "/seed", {"customers": 3, "products": 3})
    twin.remove("customers", 90210002)
    twin.remove("products", 31000001)
    since = "2025-01-01T00:00:00.000000Z"

    assert client(url).pages("customer", since, None).removed == ["90210002"]
    assert client(url).pages("product", since, None).removed == ["31000001"]
    assert client(url).pages("customer", None, None).removed == []


def test_the_window_is_told_in_vietnamese_wall_time() -> None:
    """`lastModifiedFrom` carries no offset; it is taken as local time (kiotviet.md §3.1)."""
    assert wall_clock("2026-05-14T18:30:59.999000Z") == "2026-05-15T01:30:59"


def test_a_catch_up_can_look_back_further(url: str, twin: KiotVietTwin) -> None:
    """The time zone of the window is not documented: a setting covers another one (kiotviet.md §3.1)."""
    client(url, overlap_hours=7).pages("product", "2026-05-14T18:30:00.000000Z", None)

    assert "lastModifiedFrom=2026-05-14T18%3A30%3A00" in twin.calls[-1]["path"]


def test_only_the_chosen_branches_give_contracts(url: str) -> None:
    """A-KV-1: branches are optional; pages ask for them, a webhook of another branch is refused by name."""
    control(url, "POST", "/seed", {"customers": 5, "products": 5, "invoices": 30})
    source = client(url, branches=[41002])

    rows = [row.payload for page in paged(source, "contract") for row in page.rows]

    assert len(rows) == 10
    assert {row["branchId"] for row in rows} == {41002}
    assert len(walked(source, "customer")) == 5, "customers are the whole shop's"
    with pytest.raises(Unwanted) as refusal:
        source.snapshot("contract", {**rows[0], "branchId": 41001})
    assert refusal.value.code == "other_branch"


def test_webhook_and_page_mean_the_same(url: str, twin: KiotVietTwin) -> None:
    """The same version of a record says the same by webhook (PascalCase, +07:00) and in a page (camelCase, naive)."""
    control(url, "POST", "/seed", {"customers": 20, "products": 20, "invoices": 40})
    source = client(url)
    for record_type, kind in TestKiotVietSource.kinds.items():
        for page in paged(source, record_type):
            for row in page.rows:
                item = webhook_item(kind, twin.records[kind][int(row.source_id)], True)
                by_webhook = source.snapshot(record_type, parse_json(json.dumps(item).encode()))
                in_page = source.snapshot(record_type, row.payload)

                assert by_webhook == in_page
                assert by_webhook.heard == in_page.heard


def test_the_walk_in_customer_is_nobody_to_ask_for(url: str, twin: KiotVietTwin) -> None:
    """A-KV-6: the walk-in customer is ours; KiotViet is not asked for it."""
    assert client(url).read("customer", "walk-in") is None
    assert not twin.by_route
