"""Getfly's client against its twin: the contract of a Destination, codes that are taken or deleted, managers."""

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Malformed, Rejected
from retailhub.domain.identity import remote_code
from retailhub.domain.records import RecordType
from retailhub.platforms.base import Remote
from retailhub.platforms.getfly.client import Getfly
from retailhub.platforms.http import Unpaced
from tests.contract.destination_tests import DestinationTests
from tests.contract.samples import changed, sample
from tests.contract.source_tests import control
from tests.twins.base import Twin
from tests.twins.getfly import API_KEY, GetflyTwin


def client(url: str, key: str = API_KEY, **settings: Any) -> Getfly:
    """A client of the twin's tenant."""
    given = {"tenant": "cuahangmau", **settings}
    connection = Connection("gf-mau", "getfly", "Cửa hàng mẫu", ("customer", "product", "order"), given)
    return Getfly(connection, Secret({"api_key": key}), url, Unpaced())


class TestGetflyDestination(DestinationTests):
    """Getfly keeps the contract of a Destination."""

    kinds: ClassVar[dict[RecordType, str]] = {"customer": "customers", "order": "orders"}
    found: ClassVar[tuple[RecordType, ...]] = ("customer", "order")
    by_phone: ClassVar[bool] = True

    @pytest.fixture
    def twin(self) -> Twin:
        """A fresh tenant."""
        return GetflyTwin()

    def make(self, url: str) -> Getfly:
        """A client of that tenant."""
        return client(url)


@pytest.fixture
def twin() -> GetflyTwin:
    """A fresh tenant."""
    return GetflyTwin()


@pytest.fixture
def url(twin: GetflyTwin) -> Iterator[str]:
    """Its address."""
    with twin.serve() as address:
        yield address


@pytest.mark.parametrize("switch", [{"account_answer": "integer", "order_answer": "integer"}, {"created_status": 200}])
def test_both_answers_to_a_create_are_understood(url: str, switch: dict[str, Any]) -> None:
    """`{message, order_id}` or the bare number (getfly.md §2)."""
    control(url, "PUT", "/switches", switch)
    getfly = client(url)
    customer, order = sample("customer"), sample("order")
    buyer = getfly.create("customer", remote_code(customer.id), getfly.view(customer, None))

    made = getfly.create("order", remote_code(order.id), getfly.view(order, (customer, buyer)))

    assert buyer == Remote("5001", remote_code(customer.id))
    assert made == Remote("40001", remote_code(order.id))


def test_the_channel_of_origin_is_kept(url: str) -> None:
    """A-CNV-9: customer source and order source name the channel."""
    getfly = client(url)
    customer, order = sample("customer"), sample("order")
    buyer = getfly.create("customer", remote_code(customer.id), getfly.view(customer, None))
    getfly.create("order", remote_code(order.id), getfly.view(order, (customer, buyer)))

    assert control(url, "GET", "/state/customers")[0]["account_source"] == "CNV – Zalo OA"
    assert control(url, "GET", "/state/orders")[0]["source_name"] == "CNV – Zalo OA"
    assert control(url, "GET", "/state/orders")[0]["account_id"] == 5001


def test_what_is_created_reads_back_as_ours(url: str) -> None:
    """The echo carries our code, so the hub knows its own record again (F58)."""
    getfly = client(url)
    customer, order = sample("customer"), sample("order")
    buyer = getfly.create("customer", remote_code(customer.id), getfly.view(customer, None))
    made = getfly.create("order", remote_code(order.id), getfly.view(order, (customer, buyer)))

    person = getfly.snapshot("customer", getfly.read("customer", buyer.id))
    sale = getfly.snapshot("order", getfly.read("order", made.id))

    assert person.code == remote_code(customer.id)
    kept = {name: person.fields[name] for name in ("name", "phone", "email", "gender", "birthday")}
    assert kept == {name: getattr(customer.fields, name) for name in kept}
    assert sale.code == remote_code(order.id)
    assert sale.buyer is not None
    assert (sale.buyer.source_id, sale.buyer.code) == (buyer.id, buyer.code)
    assert sale.fields["total_price"] == 455000


def test_an_order_is_never_sent_without_its_account(url: str, twin: GetflyTwin) -> None:
    """Leaving out account_code makes a new customer (getfly.md §6.1)."""
    getfly, order = client(url), sample("order")

    for buyer in (None, (sample("customer"), Remote("5001", None))):
        with pytest.raises(Malformed) as refusal:
            getfly.create("order", remote_code(order.id), getfly.view(order, buyer))

        assert refusal.value.field == "buyer"
    assert sum(twin.by_route.values()) == 0


def test_a_deleted_customer_who_holds_our_code_comes_back(url: str) -> None:
    """A soft-deleted customer still holds its code: restore, then update (getfly.md §2)."""
    getfly, customer = client(url), sample("customer")
    code, view = remote_code(customer.id), getfly.view(customer, None)
    made = getfly.create("customer", code, view)
    control(url, "DELETE", f"/records/customers/{made.id}")
    assert getfly.find("customer", code, view) is None

    newer = getfly.view(changed(customer, {"email": "thu.ha@example.vn"}), None)

    assert getfly.create("customer", code, newer) == made
    [row] = control(url, "GET", "/state/customers")
    assert (row["deleted"], row["email"]) == (False, "thu.ha@example.vn")


@pytest.mark.parametrize("key", ["message", "error", "msg", "errors"])
def test_a_phone_that_is_taken_is_refused_by_name(url: str, key: str) -> None:
    """The words "không cho phép trùng" name the field, under whichever of four keys the text comes (getfly.md §2)."""
    control(url, "PUT", "/switches", {"refuse_duplicates": ["phone"], "error_key": key})
    getfly = client(url)
    first, second = sample("customer", 1), sample("customer", 2)
    getfly.create("customer", remote_code(first.id), getfly.view(first, None))

    with pytest.raises(Rejected) as refusal:
        getfly.create("customer", remote_code(second.id), getfly.view(second, None))

    assert (refusal.value.code, refusal.value.field, refusal.value.status) == ("duplicate", "phone", 400)
    assert "0905550142" not in str(refusal.value)


def test_a_tenant_that_numbers_by_itself_is_served_too(url: str) -> None:
    """If v3 does not take our account_code, orders are given the code that Getfly chose (getfly.md §2, inferred)."""
    control(url, "PUT", "/switches", {"caller_chosen_codes": False, "account_answer": "integer"})
    getfly, customer = client(url), sample("customer")
    view = getfly.view(customer, None)

    made = getfly.create("customer", remote_code(customer.id), view)

    assert made == Remote("5001", "KH005001")
    assert getfly.find("customer", remote_code(customer.id), view) == made


@pytest.mark.parametrize("spelt", ["0905550142", "+84905550142", "84905550142"])
def test_of_several_with_the_phone_the_oldest_is_taken(url: str, spelt: str) -> None:
    """A-CNV-4; a number that merely contains ours is somebody else's."""
    control(url, "POST", "/records/customers", {"account_name": "Người khác", "phone": "09055501429"})
    for name in ("Hà cũ", "Hà mới"):
        control(url, "POST", "/records/customers", {"account_name": name, "phone": spelt})
    getfly, customer = client(url), sample("customer")

    assert getfly.find("customer", remote_code(customer.id), getfly.view(customer, None)) == Remote("5002", "KH005002")


@pytest.mark.parametrize("manager", ["nv.minh@example.vn", "12", "NV Minh", "nv.minh"])
def test_somebody_is_put_in_charge_of_a_customer(url: str, manager: str) -> None:
    """R-GA-06, by whichever name the rule knows the employee."""
    control(url, "POST", "/seed", {"customers": 1})
    getfly = client(url)

    getfly.change_account_manager(Remote("5001"), manager)

    read = getfly.snapshot("customer", getfly.read("customer", "5001"))
    assert read.fields["account_manager"] == "nv.minh"


def test_nobody_is_never_put_in_charge(url: str) -> None:
    """F64: an employee who left is no one to assign to."""
    control(url, "POST", "/seed", {"customers": 1})

    with pytest.raises(Rejected) as refusal:
        client(url).change_account_manager(Remote("5001"), "da.nghi@example.vn")

    assert refusal.value.field == "account_manager"
