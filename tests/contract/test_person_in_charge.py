"""Who is in charge, carried out in Getfly: the hub's own way of the data against Getfly's twin (seed 004)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from retailhub.domain.errors import Unavailable
from retailhub.sync.reconcile import reconcile
from tests.contract.in_charge import BY_SOURCE, GF, LAN, MINH, PAGE, WEB, Tenant
from tests.fakes.staffed import automation, book, employee
from tests.twins.getfly import GetflyTwin


@pytest.fixture
def tenant() -> Iterator[Tenant]:
    """The tenant and the hub."""
    twin = GetflyTwin()
    with twin.serve() as url:
        yield Tenant(url, twin)


def after_its_update(tenant: Tenant, then: Callable[[], Any]) -> None:
    """What happens once, right after Getfly did what it was asked."""
    real = tenant.platform.update

    def update(*given: Any) -> None:
        real(*given)
        tenant.platform.update = real
        then()

    tenant.platform.update = update


def down() -> None:
    raise Unavailable("no_answer")


@pytest.mark.parametrize("source, user, owner", [(WEB, "nv.minh", MINH.id), (PAGE, "nv.lan", LAN.id)])
def test_an_order_s_source_puts_its_employee_in_charge_at_getfly(
    tenant: Tenant, source: str, user: str, owner: str
) -> None:
    """R-GA-06, R-GA-09, A-GA-4, A-GA-11: the two addresses, two employees; no flow is needed."""
    tenant.order(source)
    tenant.world.drain()
    assert (tenant.manager, tenant.record.fields.owner) == (user, owner)
    assert tenant.puts == 1
    assert tenant.link.history[-1]["parts"] == ["manager"]


def test_its_echo_comes_to_rest(tenant: Tenant) -> None:
    """A-GA-11, I9: Getfly tells of the change in its own words; nothing is sent back, however often it is told."""
    tenant.order(WEB)
    tenant.world.drain()
    for _ in range(3):
        tenant.told("customer", tenant.customer)
        tenant.world.drain()
    reconcile(tenant.world.hub)
    tenant.world.drain()
    assert (tenant.record.fields.account_manager, tenant.record.fields.owner) == ("nv.minh", MINH.id)
    assert tenant.puts == 1


def test_the_order_told_again_changes_nothing(tenant: Tenant) -> None:
    """A-GA-9: and so a change made in Getfly meanwhile stays."""
    number = tenant.order(WEB)
    tenant.world.drain()
    tenant.twin.change("customers", int(tenant.customer), {"manager_user_name": "nv.lan"})
    tenant.told("customer", tenant.customer)
    tenant.told("order", number)
    tenant.world.drain()
    assert (tenant.manager, tenant.record.fields.account_manager, tenant.puts) == ("nv.lan", "nv.lan", 1)


def test_a_lost_answer_is_asked_again_and_does_no_harm(tenant: Tenant) -> None:
    """F50: Getfly did it, we never heard; the same once more."""
    after_its_update(tenant, down)
    tenant.order(WEB)
    tenant.world.drain()
    assert (tenant.manager, tenant.puts, tenant.link.status) == ("nv.minh", 2, "settled")


def test_a_lost_answer_whose_echo_comes_first(tenant: Tenant) -> None:
    """F50: then Getfly's own words say that it is done."""

    def heard() -> None:
        tenant.told("customer", tenant.customer)
        while tenant.world.step():
            pass
        down()

    after_its_update(tenant, heard)
    tenant.order(WEB)
    tenant.world.drain()
    assert (tenant.manager, tenant.record.fields.account_manager) == ("nv.minh", "nv.minh")
    assert tenant.link.status == "settled"


def test_what_getfly_says_before_it_knows_does_not_undo_the_choice(tenant: Tenant) -> None:
    """R-GA-06, F38: the customer's webhook, fired by the very same order, still shows who was in charge before."""
    real, tenant.platform.update = tenant.platform.update, lambda *_: down()
    tenant.order(WEB)
    while tenant.world.step():
        pass
    assert tenant.link.status == "waiting"
    tenant.twin.change("customers", int(tenant.customer), {"email": "ha.tran@example.vn"})
    tenant.told("customer", tenant.customer)
    while tenant.world.step():
        pass
    assert (tenant.record.fields.email, tenant.record.fields.account_manager) == ("ha.tran@example.vn", "12")
    tenant.platform.update = real
    tenant.world.drain()
    assert tenant.manager == "nv.minh"


def test_a_change_in_getfly_that_is_newer_than_the_choice_stands(tenant: Tenant) -> None:
    """A-X-3: last one wins, whoever it is."""
    tenant.order(WEB)
    tenant.world.drain()
    tenant.twin.change("customers", int(tenant.customer), {"manager_user_name": "quan.tri"})
    tenant.told("customer", tenant.customer)
    tenant.world.drain()
    assert (tenant.manager, tenant.record.fields.account_manager, tenant.puts) == ("quan.tri", "quan.tri", 1)


def test_an_order_that_comes_before_its_customer(tenant: Tenant) -> None:
    """A-HRV-14: the customer's first own words, told before the choice is carried out, do not undo it."""
    tenant.customer = str(tenant.twin.create("customers", {"account_name": "Lê An"})["account_id"])
    real, tenant.platform.update = tenant.platform.update, lambda *_: down()
    tenant.order(WEB)
    while tenant.world.step():
        pass
    tenant.told("customer", tenant.customer)
    while tenant.world.step():
        pass
    tenant.platform.update = real
    tenant.world.drain()
    assert (tenant.manager, tenant.record.fields.owner) == ("nv.minh", MINH.id)


def test_a_wake_up_that_was_lost_is_made_up_for_by_night(tenant: Tenant) -> None:
    """Design §1: the stream is only a wake-up."""
    tenant.world.table.stream = lambda _old, _new: None
    tenant.order(WEB)
    tenant.world.drain()
    assert tenant.manager == "nv.phuc"
    reconcile(tenant.world.hub)
    tenant.world.drain()
    assert tenant.manager == "nv.minh"


def test_somebody_whom_getfly_does_not_know_is_told_as_a_failure(tenant: Tenant) -> None:
    """F64: an employee whose user was removed there; a person sees which field it is."""
    tenant.world.directory.book = book(
        automation((WEB, "employee_gone")), staff=(employee("gone", users={GF: "99"}),), platforms={GF: "getfly"}
    )
    tenant.order(WEB)
    tenant.world.drain()
    assert (tenant.link.status, tenant.link.error["field"]) == ("failed", "account_manager")
    assert tenant.manager == "nv.phuc"


def test_what_another_tenant_calls_its_people_is_not_sent(tenant: Tenant) -> None:
    """A-GA-11: user 12 of one Getfly is nobody in particular in another one."""
    tenant.world.directory.book = book(
        BY_SOURCE, staff=(employee("minh", users={"gf0other": "12"}),), platforms={GF: "getfly", "gf0other": "getfly"}
    )
    tenant.order(WEB)
    tenant.world.drain()
    assert (tenant.record.fields.account_manager, tenant.manager, tenant.puts) == ("12", "nv.phuc", 0)


def test_a_customer_whom_a_flow_makes_there_gets_the_person_in_charge_too(tenant: Tenant) -> None:
    """R-CNV-05, R-GA-06: after the create, in the same delivery."""
    tenant.world.connect("shop1", "kiotviet", ("customer",))
    tenant.world.flow("shop1", GF, "customer", "created")
    shop = tenant.world.platforms["shop1"]
    shop.make("customer", name="Võ Em", phone="+84912000333", account_manager="12")
    tenant.world.drain()
    [made] = [row for row in tenant.twin.accounts.alive() if row["account_name"] == "Võ Em"]
    assert made["manager_user_name"] == "nv.minh"


def test_what_getfly_tells_itself_is_never_sent_back(tenant: Tenant) -> None:
    """I9, A-CNV-6: also where the employee goes by the very name that Getfly shows."""
    staff = (employee("minh", users={GF: "nv.minh"}), employee("lan", users={GF: "nv.lan"}))
    tenant.world.directory.book = book(BY_SOURCE, staff=staff, platforms={GF: "getfly"})
    for user in ("nv.minh", "nv.lan", "nv.minh"):
        tenant.twin.change("customers", int(tenant.customer), {"manager_user_name": user})
        tenant.told("customer", tenant.customer)
        tenant.world.drain()
        reconcile(tenant.world.hub)
        tenant.world.drain()
        assert (tenant.record.fields.account_manager, tenant.manager) == (user, user)
    assert tenant.puts == 0
