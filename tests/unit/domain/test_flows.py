from dataclasses import replace

import pytest

from retailhub.domain.flows import HUB, Flow, default_flows, feeding, flow_from, wanted
from retailhub.domain.records import Customer, Order, Record

GETFLY_ORDERS = Flow("f", "getfly1", "cnv1", "order", ("created", "updated", "status"))
VIEW = {"content": "c2", "status": "s2"}


def order(**marks: object) -> Record:
    return replace(Record("order", "o1", Order(), version=1, origin="getfly1"), **marks)  # type: ignore[arg-type]


def test_connecting_getfly_and_cnv_brings_their_flows() -> None:
    """R-CNV-05…18: what flows between the two is there as soon as both are."""
    found = default_flows([("g", "getfly")], ("c", "cnv_loyalty"))
    flows = {(flow.from_connection, flow.to_connection, flow.record_type): flow.on for flow in found}
    assert flows == {
        ("g", "c", "customer"): ("created",),
        ("g", "c", "product"): ("created", "updated"),
        ("g", "c", "order"): ("created", "updated", "status"),
        ("c", "g", "customer"): ("created",),
        ("c", "g", "order"): ("created",),
    }


def test_the_push_to_haravan_waits_to_be_switched_on() -> None:
    """A-HRV-15: on demand always, on change only if somebody wants it."""
    [push] = default_flows([], ("h", "haravan"))
    assert (push.from_connection, push.to_connection, push.active) == (HUB, "h", False)


def test_a_flow_survives_its_item() -> None:
    assert flow_from({**GETFLY_ORDERS.__dict__, "on": ["created", "updated", "status"]}) == GETFLY_ORDERS


def test_nothing_flows_back_as_new_to_where_it_was_born() -> None:
    """A-CNV-6: a CNV order in Getfly is not a new order for CNV; its status still is news."""
    back = Flow("b", "getfly1", "cnv1", "order", ("created",))
    born_there = order(origin="cnv1", external_ids={"cnv1": "1", "getfly1": "2"})
    assert feeding([back, GETFLY_ORDERS], born_there) == [GETFLY_ORDERS]
    assert wanted([GETFLY_ORDERS], born_there, None, {}, {}) == set()
    assert wanted([GETFLY_ORDERS], born_there, "1", {}, VIEW) == {"status"}


@pytest.mark.parametrize("nobody", [Customer(recipient_of="c1"), Customer(guest=True)])
def test_recipients_and_walk_in_customers_stay_at_home(nobody: Customer) -> None:
    """A-HRV-15, A-KV-6."""
    flow = Flow("f", "getfly1", "cnv1", "customer", ("created",))
    somebody = Record("customer", "c", Customer(name="An"), origin="getfly1")
    assert feeding([flow], somebody) == [flow]
    assert feeding([flow], replace(somebody, fields=nobody)) == []


def test_people_s_edits_feed_only_what_they_touched() -> None:
    """R-HRV-38: the hub's own flow carries records that a person edited here."""
    push = Flow("p", HUB, "h", "customer", ("created", "updated"))
    untouched = Record("customer", "c", Customer(), origin="kiotviet1")
    assert feeding([push], untouched) == []
    assert feeding([push], replace(untouched, edited_here=True)) == [push]
    assert feeding([replace(push, active=False)], replace(untouched, edited_here=True)) == []


def test_only_what_differs_is_sent() -> None:
    """F58: what a platform has already needs no call."""
    assert wanted([GETFLY_ORDERS], order(), None, {}, {}) == {"create"}
    assert wanted([GETFLY_ORDERS], order(), "1", VIEW, VIEW) == set()
    assert wanted([GETFLY_ORDERS], order(), "1", {"content": "c1", "status": "s2"}, VIEW) == {"content"}


def test_amounts_are_settled_with_the_approval() -> None:
    """A-CNV-2: lines and amounts are sent again only before the order is approved; statuses always."""
    approved = order(fields=Order(order_status="confirmed"))
    assert wanted([GETFLY_ORDERS], approved, "1", {}, VIEW) == {"status"}


def test_what_is_removed_is_not_created_elsewhere() -> None:
    """A-X-8: deletes do not travel, and neither do the deleted."""
    assert wanted([GETFLY_ORDERS], order(deleted=True), None, {}, {}) == set()
