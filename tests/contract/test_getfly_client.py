"""Getfly's client against its twin: the contract of a Source, versions, codes, pages that shift."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Permanent, Rejected
from retailhub.domain.instants import stamp
from retailhub.domain.records import RecordType
from retailhub.platforms.getfly.client import Getfly
from retailhub.platforms.http import Unpaced
from tests.contract.source_tests import SourceTests, control, paged, walked
from tests.twins.base import Twin
from tests.twins.getfly import API_KEY, GetflyTwin

IDS = {"customers": "account_id", "products": "product_id", "orders": "order_id"}


class NumberedTwin(GetflyTwin):
    """The twin, whose control API also calls every record's number `id`, as the contract's tests do."""

    def state(self, kind: str) -> list[dict[str, Any]]:
        """See the base."""
        return [{**row, "id": row[IDS[kind]]} for row in super().state(kind)]


def client(url: str, key: str = API_KEY, **settings: Any) -> Getfly:
    """A client of the twin's tenant."""
    given = {"tenant": "cuahangmau", **settings}
    connection = Connection("gf-mau", "getfly", "Cửa hàng mẫu", ("customer", "product", "order"), given)
    return Getfly(connection, Secret({"api_key": key}), url, Unpaced())


class TestGetflySource(SourceTests):
    """Getfly keeps the contract of a Source."""

    kinds: ClassVar[dict[RecordType, str]] = {"customer": "customers", "product": "products", "order": "orders"}
    seeded: ClassVar[dict[str, int]] = {"customers": 120, "products": 45, "orders": 110}
    touch: ClassVar[dict[RecordType, dict[str, Any]]] = {"customer": {"description": "Gọi lại"}}

    @pytest.fixture
    def twin(self) -> Twin:
        """A fresh tenant."""
        return NumberedTwin()

    def make(self, url: str) -> Getfly:
        """A client of that tenant."""
        return client(url)

    def test_a_catch_up_lists_what_changed_since(self, source: Any, url: str) -> None:
        """Only customers have a feed of changes; products come whole, orders as far back as they may be open (§0.5)."""
        since = stamp(datetime.now(UTC) - timedelta(minutes=5))
        control(url, "PUT", "/records/customers/5003", self.touch["customer"])

        assert walked(source, "customer", since) == ["5003"]
        assert len(set(walked(source, "product", since))) == 45

    def test_a_row_says_when_the_status_of_an_order_moved(self, source: Any, url: str) -> None:
        """v3 has no "changed since" for orders: the digest of the row tells (R-CNV-15, getfly.md §0.5)."""
        made = control(url, "POST", "/records/orders", _typed_order())
        since = stamp(datetime.now(UTC))
        before = _rows(source, since)
        control(url, "PUT", f"/records/orders/{made['order_id']}", {"status": "approved"})

        after = _rows(source, since)

        assert {i for i in after if after[i] != before[i]} == {str(made["order_id"])}


@pytest.fixture
def twin() -> GetflyTwin:
    """A fresh tenant."""
    return GetflyTwin()


@pytest.fixture
def url(twin: GetflyTwin) -> Iterator[str]:
    """Its address."""
    with twin.serve() as address:
        yield address


def test_a_connection_is_proven_by_one_call(url: str, twin: GetflyTwin) -> None:
    """The list of users proves key and version (getfly.md §0.1)."""
    assert client(url).test() == {"tenant": "cuahangmau", "version": "v3", "users": 4}
    assert sum(twin.by_route.values()) == 1


def test_a_wrong_key_is_refused_without_being_repeated(url: str) -> None:
    """401 is permanent, and its text holds no key."""
    with pytest.raises(Rejected) as refusal:
        client(url, key="wrong-invented-key").test()

    assert refusal.value.status == 401
    assert "wrong-invented-key" not in str(refusal.value)


@pytest.mark.parametrize(
    "settings, code",
    [
        ({"api_version": "v6.1"}, "bad_settings"),
        ({"api_version": "v6.1", "allow_other_versions": True}, "version_not_built"),
        ({"tenant": "evil.example.vn/x"}, "bad_settings"),
    ],
)
def test_only_a_4_0_tenant_can_be_opened(settings: dict[str, Any], code: str) -> None:
    """R-CNV-20: the link works only on Getfly CRM 4.0; the host part is nothing but a host part."""
    with pytest.raises(Permanent) as refusal:
        client("http://127.0.0.1:9", **settings)

    assert refusal.value.code == code


@pytest.mark.parametrize("source_id", ["5001", "code:KH005001"])
def test_a_customer_is_read_by_number_and_by_code(url: str, source_id: str) -> None:
    """A notice may hold only the code; what is read tells the number."""
    control(url, "POST", "/seed", {"customers": 1})
    source = client(url)

    found = source.snapshot("customer", source.read("customer", source_id))

    assert (found.source_id, found.code) == ("5001", "KH005001")


def test_an_order_says_the_same_by_number_and_by_code(url: str) -> None:
    """Both v3 paths answer the detail (getfly.md §6.1)."""
    made = control(url, "POST", "/records/orders", _typed_order(order_code="HD/045 512"))
    source = client(url)

    by_number = source.read("order", str(made["order_id"]))

    assert by_number is not None
    assert source.read("order", "code:DH-khong-co") is None
    assert source.snapshot("order", by_number).code == "HD/045 512"


def test_rows_that_move_up_are_not_lost(url: str) -> None:
    """A customer deleted between two pages pulls the next ones forward; the page is read again (F62)."""
    control(url, "POST", "/seed", {"customers": 120})
    control(url, "PUT", "/switches", {"newest_first": False})
    source = client(url)
    first = source.pages("customer", None, None)
    control(url, "DELETE", "/records/customers/5001")

    seen = [row.source_id for row in first.rows]
    cursor = first.cursor
    while cursor:
        page = source.pages("customer", None, cursor)
        seen += [row.source_id for row in page.rows]
        cursor = page.cursor

    assert set(seen) >= {str(number) for number in range(5002, 5121)}


def test_pages_that_the_server_makes_smaller_are_all_read(url: str) -> None:
    """A limit above the largest is cut silently, so the length of a page says nothing about the end (getfly.md §3)."""
    control(url, "POST", "/seed", {"customers": 60, "orders": 60})
    control(url, "PUT", "/switches", {"max_limit": 20})
    source = client(url)

    assert len(set(walked(source, "customer"))) == 60
    assert len(set(walked(source, "order"))) == 60


def test_orders_too_old_to_be_open_are_left_alone(url: str) -> None:
    """The window of a catch-up reaches back `open_order_days`, a backfill's reaches back to the beginning."""
    control(url, "POST", "/seed", {"orders": 3})  # ninety days old
    source = client(url, open_order_days=30)
    since = stamp(datetime.now(UTC))

    assert walked(source, "order", since) == []
    assert len(set(walked(source, "order"))) == 3
    assert len(set(walked(client(url, open_order_days=120), "order", since))) == 3


def _rows(source: Any, since: str) -> dict[str, str]:
    return {row.source_id: row.row for page in paged(source, "order", since) for row in page.rows}


def _typed_order(**info: Any) -> dict[str, Any]:
    line = {"product_code": "AO-LINEN-M", "product_name": "Áo linen", "quantity": 2, "price": 385000}
    return {"account_name": "Trần Thu Hà", "account_phone": "0905550142", "products": [line], **info}
