"""Haravan's client against its twin: the Source contract, paging while the shop sells, pushing customers, locations."""

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from retailhub.domain.errors import Rejected
from retailhub.domain.records import MODELS, Order, RecordType
from retailhub.domain.totals import contribution
from retailhub.platforms.haravan.client import Haravan
from retailhub.platforms.webhooks import parse_json
from tests.contract.haravan_shop import client, quick
from tests.contract.source_tests import SourceTests, control, ids, paged, walked
from tests.twins.base import Twin
from tests.twins.haravan import HaravanTwin


class TestHaravanSource(SourceTests):
    """Haravan keeps the contract of a Source."""

    kinds: ClassVar[dict[RecordType, str]] = {"customer": "customers", "order": "orders"}
    seeded: ClassVar[dict[str, int]] = {"customers": 120, "products": 30, "orders": 130}
    touch: ClassVar[dict[RecordType, dict[str, Any]]] = {"customer": {"note": "Gọi lại"}, "order": {"note": "Gấp"}}

    @pytest.fixture
    def twin(self) -> Twin:
        """A fresh Haravan shop."""
        return quick()

    def make(self, url: str) -> Haravan:
        """A client of that shop."""
        return client(url)


@pytest.fixture
def twin() -> HaravanTwin:
    """A fresh Haravan shop."""
    return quick()


@pytest.fixture
def url(twin: HaravanTwin) -> Iterator[str]:
    """Its address."""
    with twin.serve() as address:
        yield address


class TestReading:
    """Lists and single records (haravan.md §3)."""

    def test_no_order_is_passed_over_while_others_change(self, url: str, twin: HaravanTwin) -> None:
        """A changed order moves to the end of the list, and those behind it move up, across the page's edge."""
        control(url, "POST", "/seed", {"customers": 20, "products": 20, "orders": 160})
        busy = iter(sorted(ids(url, "orders")))
        seen: set[str] = set()
        for page in paged(client(url), "order"):
            seen |= {row.source_id for row in page.rows}
            for _ in range(10):
                twin.change("orders", int(next(busy)), {"note": "đổi"})

        assert seen >= ids(url, "orders")

    def test_no_customer_is_passed_over_when_others_vanish(self, url: str, twin: HaravanTwin) -> None:
        """A deleted customer moves the others up."""
        control(url, "POST", "/seed", {"customers": 160})
        doomed = iter(sorted(ids(url, "customers")))
        seen: set[str] = set()
        for page in paged(client(url), "customer"):
            seen |= {row.source_id for row in page.rows}
            for _ in range(20):
                twin.remove("customers", int(next(doomed)))

        assert seen >= ids(url, "customers")

    def test_more_orders_of_one_second_than_a_page_holds(self, url: str, twin: HaravanTwin) -> None:
        """An import stamps many orders alike: then page numbers go on where the stamp does not."""
        control(url, "POST", "/seed", {"customers": 5, "products": 5, "orders": 120})
        for order in twin.records["orders"].values():
            order["updated_at"] = "2026-05-14T03:30:01.5Z"

        assert set(walked(client(url), "order")) == ids(url, "orders")

    def test_cancelled_and_closed_orders_are_listed_too(self, url: str) -> None:
        """`status=any`: the default would leave them out (haravan.md §3.1)."""
        control(url, "POST", "/seed", {"customers": 5, "products": 5, "orders": 20})
        source = client(url)

        statuses = {
            source.snapshot("order", row.payload).fields["order_status"]
            for page in paged(source, "order")
            for row in page.rows
        }

        assert statuses >= {"open", "confirmed", "closed", "cancelled"}

    def test_a_backfill_knows_how_many_there_are(self, url: str) -> None:
        """The first page tells the total, for the progress bar."""
        control(url, "POST", "/seed", {"customers": 60, "products": 5, "orders": 20})
        source = client(url)

        assert source.pages("customer", None, None).total == len(ids(url, "customers"))
        assert source.pages("order", None, None).total == 20

    def test_a_refund_shows_when_the_order_is_read_again(self, url: str, twin: HaravanTwin) -> None:
        """refunds/create is thin: the order itself says what is left of its revenue (A-HRV-3)."""
        control(url, "POST", "/seed", {"customers": 5, "products": 5, "orders": 12})
        order = next(row for row in twin.records["orders"].values() if row["financial_status"] == "paid")
        twin.refund(order["id"], {"amount": 10000})
        source = client(url)

        fields = MODELS["order"].model_validate(source.snapshot("order", source.read("order", str(order["id"]))).fields)

        assert isinstance(fields, Order)
        assert fields.payment_status == "partially_refunded"
        assert contribution(fields, "c", "net_minus_shipping").revenue == order["subtotal_price"] - 10000

    def test_a_dead_token_is_refused(self, url: str) -> None:
        """A private token has no refresh; a person must enter another."""
        with pytest.raises(Rejected) as refusal:
            client(url, "wrong-token").test()

        assert refusal.value.status == 401

    def test_the_connection_test_names_the_shop(self, url: str) -> None:
        """One cheap call."""
        assert client(url).test()["shop"] == "Cửa hàng mẫu"


class TestLocations:
    """An order names its location by number only (A-HRV-12)."""

    def test_webhook_and_page_name_the_same_store(self, url: str, twin: HaravanTwin) -> None:
        """A webhook's order does not say the name: it is looked up, once for many orders."""
        control(url, "POST", "/seed", {"customers": 5, "products": 5, "orders": 10})
        source = client(url)
        for row in source.pages("order", None, None).rows:
            bare = parse_json(twin.dumps(twin.records["orders"][int(row.source_id)]).encode())
            by_webhook, in_page = source.snapshot("order", bare), source.snapshot("order", row.payload)

            assert by_webhook.fields["order_store"] == twin.locations()[0]["name"]
            assert by_webhook.heard == in_page.heard
        assert twin.by_route["GET /com/locations.json"] == 1

    def test_a_failed_look_up_does_not_fail_the_order(self, url: str, twin: HaravanTwin) -> None:
        """The shop's own name stands in, and the look-up is not repeated with every order."""
        control(url, "POST", "/seed", {"customers": 5, "products": 5, "orders": 3})
        control(url, "POST", "/faults", {"status": 503, "times": -1, "path": "locations"})
        source = client(url, shop_name="Cửa hàng Hà Nội")

        stores = [
            source.snapshot("order", row.payload).fields["order_store"]
            for row in source.pages("order", None, None).rows
        ]

        assert stores == ["Cửa hàng Hà Nội"] * 3
        assert twin.by_route["GET /com/locations.json"] == 1
