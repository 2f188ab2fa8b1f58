"""events/deliver_haravan: the shared steps of a delivery (see test_deliver_getfly), on this platform's queue."""

from dataclasses import replace

from functions.deliver_haravan.app import handler
from retailhub.domain.identity import record_id, remote_code
from retailhub.domain.records import Customer
from retailhub.runtime import wiring
from retailhub.store import links, records
from tests.functions.deployment import Context, Deployment, trigger
from tests.functions.shop import Shelves

LAN = record_id("customer", "kv0example", "1000042")


def known(aws: Deployment) -> None:
    """A customer of a KiotViet shop, whom no flow leads here."""
    aws.connect("hrv0example", "haravan")
    born = records.born("customer", LAN, origin="kv0example", by="kv0example", at=wiring.now())
    aws.table.write(records.put(replace(born, fields=Customer(name="Trần Thị Lan"), version=1)))


def test_a_person_s_push_is_delivered_without_a_flow(aws: Deployment, shop: Shelves) -> None:
    """R-HRV-38, A-HRV-15: on demand always."""
    known(aws)

    answer = handler(trigger("deliver_haravan", "customer_asked_for"), Context())

    assert answer == {"batchItemFailures": []}
    assert shop.goods == {remote_code(LAN): {"name": "Trần Thị Lan"}}


def test_without_a_flow_or_a_push_nothing_is_delivered(aws: Deployment, shop: Shelves) -> None:
    known(aws)

    handler(trigger("deliver_haravan", "customer"), Context())

    assert shop.goods == {}


def test_on_the_last_receive_the_link_is_failed_with_the_cause(aws: Deployment, shop: Shelves) -> None:
    known(aws)
    aws.flow("kv0example", "hrv0example", "created")
    shop.broken.add("hrv0example")

    answer = handler(trigger("deliver_haravan", "last_receive"), Context())

    link = links.load(aws.table, "customer", LAN, "hrv0example")
    assert answer == {"batchItemFailures": []}
    assert link is not None
    assert (link.status, link.error["code"]) == ("failed", "KeyError")
