"""events/reconcile: at night every connection is compared, and what a destination lacks is queued."""

import json
from dataclasses import replace

from functions.reconcile.app import handler
from retailhub.domain.identity import record_id
from retailhub.domain.records import Customer
from retailhub.runtime import wiring
from retailhub.store import records
from tests.functions.conftest import Lines
from tests.functions.deployment import Context, Deployment, trigger
from tests.functions.shop import Shelves


def test_what_the_stream_lost_is_routed_again_and_every_connection_is_compared(
    aws: Deployment, shop: Shelves, lines: Lines
) -> None:
    """F06, design §1: the stream is a wake-up, not the truth."""
    aws.connect("kv0example", "kiotviet")
    aws.connect("gf0example", "getfly")
    aws.flow("kv0example", "gf0example", "created")
    lan = record_id("customer", "kv0example", "1000042")
    born = records.born("customer", lan, origin="kv0example", by="kv0example", at=wiring.now())
    aws.table.write(records.put(replace(born, fields=Customer(name="Trần Thị Lan"), version=1)))

    answer = handler(trigger("reconcile", "scheduled"), Context(900))

    assert (sorted(answer["compared"]), answer["checked"], answer["routed"]) == (["gf0example", "kv0example"], 1, 1)
    assert [json.loads(body)["id"] for body in aws.messages("GetflyDeliveries.fifo")] == [lan]
    assert sorted(aws.messages("Pulls")) == ["reconcile.gf0example", "reconcile.kv0example"]
    counted = {(line.get("platform"), line["outcome"]): line["Reconcile"] for line in lines() if "Reconcile" in line}
    assert counted == {("getfly", "compared"): 1, ("kiotviet", "compared"): 1, (None, "routed"): 1}


def test_a_second_night_s_call_while_the_first_runs_begins_nothing(aws: Deployment, shop: Shelves) -> None:
    """F42."""
    aws.connect("kv0example", "kiotviet")
    handler(trigger("reconcile", "scheduled"), Context(900))

    answer = handler(trigger("reconcile", "scheduled"), Context(900))

    assert answer["compared"] == []
