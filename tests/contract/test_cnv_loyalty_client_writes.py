"""CNV's client against its twin: the contract of a Destination, ids that come late, statuses, the right moment."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from retailhub.domain.errors import Rejected
from retailhub.domain.identity import remote_code
from retailhub.domain.records import Customer, Record, RecordType
from retailhub.platforms.base import Remote
from retailhub.platforms.cnv_loyalty.client import CnvLoyalty
from tests.contract.cnv_business import client
from tests.contract.destination_tests import DestinationTests
from tests.contract.samples import changed, sample
from tests.contract.source_tests import control
from tests.twins.base import Twin
from tests.twins.cnv_loyalty import CnvLoyaltyTwin


class TestCnvLoyaltyDestination(DestinationTests):
    """CNV keeps the contract of a Destination: customers are found by phone, everything else is an upsert."""

    kinds: ClassVar[dict[RecordType, str]] = {"customer": "customers", "product": "products", "order": "orders"}
    found: ClassVar[tuple[RecordType, ...]] = ("customer",)
    by_phone: ClassVar[bool] = True
    tells_gone: ClassVar[bool] = False

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


def test_an_order_that_we_pushed_is_known_again(url: str) -> None:
    """The partner API answers no id: our code is the order's name, by which the poll tells that it is ours (F58)."""
    cnv, order, remote = _pushed(url)

    [row] = cnv.pages("order", None, None).rows
    told = cnv.snapshot("order", row.payload)

    assert remote == Remote(remote_code(order.id), remote_code(order.id))
    assert cnv.provisional(remote.id)
    assert not cnv.provisional(row.source_id)
    assert told.code == remote_code(order.id)
    assert "order_number" not in told.fields


def test_statuses_go_to_an_order_that_we_pushed(url: str) -> None:
    """R-CNV-15, R-CNV-16: both statuses, each in its own field, before and after the poll showed CNV's own id."""
    cnv, order, remote = _pushed(url)
    shipped = changed(order, {"order_status": "confirmed", "shipping_status": "delivering"})
    shown = Remote(str(control(url, "GET", "/state/orders")[0]["id"]), remote_code(order.id))

    for target in (remote, shown):
        cnv.update("order", target, {"status"}, cnv.view(shipped, None))

    [row] = control(url, "GET", "/state/orders")
    assert (row["status"], row["payment_status"], row["shipping_status"]) == ("approved", "pending", "delivering")
    assert len(row["history"]) == 2  # purchase history: new, then on its way (R-CNV-18)


def test_statuses_go_to_an_order_born_at_cnv(url: str) -> None:
    """A-CNV-6: what is born there gets statuses only, under CNV's own name for it."""
    made = control(url, "POST", "/records/orders", _placed())
    cnv = client(url)
    [row] = cnv.pages("order", None, None).rows
    told = cnv.snapshot("order", row.payload)
    order = replace(sample("order"), origin="cnv-mau")

    cnv.update("order", Remote(told.source_id, told.code), {"status"}, cnv.view(_confirmed(order), None))

    [after] = control(url, "GET", "/state/orders")
    assert (after["id"], after["status"]) == (made["id"], "approved")
    assert after["total_price"] == made["total_price"]


def test_words_of_the_business_replace_ours(url: str) -> None:
    """§5: statuses that CNV accepts are unknown, so each connection has its own table."""
    control(url, "PUT", "/switches", {"order_statuses": ["moi", "da_duyet"]})
    cnv, order, remote = _pushed(url, words={"open": "?", "new": "moi", "approved": "da_duyet"})

    cnv.update("order", remote, {"status"}, cnv.view(_confirmed(order), None))

    assert control(url, "GET", "/state/orders")[0]["status"] == "da_duyet"


def test_points_are_left_to_cnv(url: str) -> None:
    """R-CNV-09: CNV accrues once it has the order; the hub neither sends nor reads points."""
    cnv, order, _ = _pushed(url)
    paid = changed(order, {"payment_status": "paid"})
    cnv.update("order", Remote(remote_code(order.id), remote_code(order.id)), {"status"}, cnv.view(paid, None))

    [member] = control(url, "GET", "/state/customers")
    told = cnv.snapshot("customer", cnv.pages("customer", None, None).rows[0].payload)

    assert member["membership"]["total_points"] == 45
    assert not [name for name in told.fields if "point" in name]


def test_a_customer_without_a_phone_waits(url: str, twin: CnvLoyaltyTwin) -> None:
    """CNV requires a phone (§A.2): not yet time, and never a call."""
    cnv, nobody = client(url), sample("customer", fields={"name": "Lê An"})

    assert not cnv.ready(nobody)
    with pytest.raises(Rejected) as refusal:
        cnv.create("customer", remote_code(nobody.id), cnv.view(nobody, None))
    assert refusal.value.field == "phone"
    assert sum(twin.by_route.values()) == 0


@pytest.mark.parametrize(
    "send_on, fields, ready",
    [
        ("created", {}, True),
        ("approved", {}, False),
        ("approved", {"order_status": "confirmed"}, True),
        ("approved", {"order_status": "cancelled"}, False),
        ("paid", {"order_status": "confirmed"}, False),
        ("paid", {"payment_status": "paid"}, True),
        ("paid", {"payment_status": "paid", "order_status": "cancelled"}, False),
        ("created", {"order_type": "purchase"}, False),
        ("created", {"buyer": None}, False),
    ],
)
def test_an_order_goes_when_cnv_counts(send_on: str, fields: dict[str, Any], ready: bool) -> None:
    """A-CNV-5: on creation, on approval, or when paid; purchases and sales to nobody never."""
    order = changed(sample("order"), fields)

    assert client("http://127.0.0.1:9", send_orders_on=send_on).ready(order) is ready


def test_what_cnv_has_is_always_kept_up_to_date() -> None:
    """A cancellation must reach CNV so that it takes points back, whatever the switch says (A-CNV-5, A-X-6)."""
    there = replace(changed(sample("order"), {"order_status": "cancelled"}), external_ids={"cnv-mau": "99120001"})

    assert client("http://127.0.0.1:9", send_orders_on="paid").ready(there)


def _pushed(url: str, **settings: Any) -> tuple[CnvLoyalty, Record, Remote]:
    """An order of ours that CNV took."""
    cnv, order = client(url, **settings), sample("order")
    buyer = sample("customer"), Remote("7300001")
    return cnv, order, cnv.create("order", remote_code(order.id), cnv.view(order, buyer))


def _placed() -> dict[str, Any]:
    line = {"sku": "SON-03", "name": "Son dưỡng", "quantity": 3, "price": 150000}
    return {"customer": {"last_name": "Lê Ngọc Anh"}, "channel": "Zalo OA", "items": [line]}


def _confirmed(order: Record) -> Record:
    assert not isinstance(order.fields, Customer)
    return changed(order, {"order_status": "confirmed"})
