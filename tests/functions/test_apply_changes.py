"""events/apply_changes: what lies on the queue becomes records and events, each with its own fate."""

from functions.apply_changes.app import handler
from retailhub.domain.changes import unpack
from retailhub.domain.errors import Contended, Unavailable
from retailhub.runtime import aws as clients
from retailhub.runtime.batch import LAST_RECEIVE
from retailhub.store import connections, events, records
from retailhub.store.events import Event
from retailhub.store.table import FAILED, remote_key
from retailhub.sync.apply import CONTENDED
from tests.functions.conftest import Lines
from tests.functions.deployment import Context, Deployment, trigger
from tests.functions.shop import Shelves

SHOP = "kv0example"


def known_as(aws: Deployment, source_id: str, record_type: str = "customer") -> str:
    pointer = aws.table.get(remote_key(SHOP, record_type, source_id))
    return pointer["record"] if pointer else ""


def event_of(aws: Deployment, case: str, at: int = 0) -> Event:
    change = unpack(trigger("apply_changes", case)["Records"][at]["body"])
    found = events.load(aws.table, change.event_id)
    assert found is not None
    return found


def test_a_customer_update_becomes_a_record_and_an_applied_event(aws: Deployment, lines: Lines) -> None:
    """R-KV-01; the log names ids and outcome, never the person."""
    aws.connect(SHOP, "kiotviet")

    answer = handler(trigger("apply_changes", "customer_updated"), Context())

    record = records.load(aws.table, "customer", known_as(aws, "1000042"))
    assert answer == {"batchItemFailures": []}
    assert record is not None
    assert record.fields.name == "Trần Thị Lan"
    assert event_of(aws, "customer_updated").outcome == "applied"
    told = lines()
    assert [line["outcome"] for line in told if line.get("message") == "change"] == ["applied"]
    assert [line["Changes"] for line in told if "Changes" in line and line["platform"] == "kiotviet"] == [1]
    assert "Lan" not in str(told)
    assert "0912000042" not in str(told)


def test_a_message_that_comes_again_changes_nothing(aws: Deployment) -> None:
    """F29: SQS delivers again after success."""
    aws.connect(SHOP, "kiotviet")
    handler(trigger("apply_changes", "customer_updated"), Context())
    before = aws.table.get(("REC#customer#" + known_as(aws, "1000042"), "REC"))
    aws.calls.clear()

    handler(trigger("apply_changes", "customer_updated"), Context())

    assert aws.table.get(("REC#customer#" + known_as(aws, "1000042"), "REC")) == before
    assert not [name for name in aws.calls if "Put" in name or "Transact" in name]


def test_older_words_after_newer_ones_are_stale(aws: Deployment) -> None:
    """F05, design §2: no older over newer."""
    aws.connect(SHOP, "kiotviet")

    handler(trigger("apply_changes", "older_after_newer"), Context())

    record = records.load(aws.table, "customer", known_as(aws, "1000042"))
    assert record is not None
    assert record.fields.name == "Trần Thị Lan"
    assert event_of(aws, "older_after_newer", 1).outcome == "stale"


def test_a_deleted_customer_is_marked_not_removed(aws: Deployment) -> None:
    aws.connect(SHOP, "kiotviet")

    handler(trigger("apply_changes", "customer_deleted"), Context())

    record = records.load(aws.table, "customer", known_as(aws, "1000043"))
    assert record is not None
    assert record.deleted


def test_one_unreadable_message_does_not_drop_its_siblings(aws: Deployment) -> None:
    """F11, F32: only the bad one comes again."""
    aws.connect(SHOP, "kiotviet")
    event = trigger("apply_changes", "one_unreadable_among_good")

    answer = handler(event, Context())

    assert answer == {"batchItemFailures": [{"itemIdentifier": event["Records"][1]["messageId"]}]}
    assert known_as(aws, "1000042")
    assert known_as(aws, "2000007", "product")


def test_the_same_processor_forgets_the_failures_of_the_last_batch(aws: Deployment) -> None:
    """F31: one warm function, two batches."""
    aws.connect(SHOP, "kiotviet")
    handler(trigger("apply_changes", "one_unreadable_among_good"), Context())

    assert handler(trigger("apply_changes", "customer_updated"), Context()) == {"batchItemFailures": []}


def test_a_change_of_an_unknown_connection_is_ignored_and_said_so(aws: Deployment, lines: Lines) -> None:
    """F76: the connection was removed while its changes were under way."""
    answer = handler(trigger("apply_changes", "customer_updated"), Context())

    assert answer == {"batchItemFailures": []}
    event = event_of(aws, "customer_updated")
    assert (event.outcome, event.reason) == ("ignored", "unknown_connection")
    assert [line["platform"] for line in lines() if "Changes" in line] == ["unknown"]


def test_what_was_set_aside_can_be_seen_and_is_not_applied(aws: Deployment) -> None:
    aws.connect(SHOP, "kiotviet")

    handler(trigger("apply_changes", "quarantined_and_ignored"), Context())

    forged, unknown = (event_of(aws, "quarantined_and_ignored", at) for at in (0, 1))
    assert (forged.outcome, forged.reason, bool(forged.message)) == ("parked", "bad_signature", True)
    assert (unknown.outcome, unknown.reason) == ("ignored", "unknown_topic")


def test_a_thin_notice_is_read_from_the_platform(aws: Deployment, shop: Shelves) -> None:
    aws.connect("gf0example", "getfly")
    shop.goods["77"] = {"id": "77", "name": "Lê Văn Ba", "at": "2026-05-14T03:00:00.000000Z"}

    handler(trigger("apply_changes", "thin_notice"), Context())

    pointer = aws.table.get(remote_key("gf0example", "customer", "77"))
    record = records.load(aws.table, "customer", pointer["record"])
    assert record is not None
    assert record.fields.name == "Lê Văn Ba"


def test_a_platform_that_is_down_parks_the_change_without_burning_receives(aws: Deployment, shop: Shelves) -> None:
    aws.connect("gf0example", "getfly")
    shop.trouble = Unavailable("unavailable")

    answer = handler(trigger("apply_changes", "thin_notice"), Context())

    assert answer == {"batchItemFailures": []}
    event = event_of(aws, "thin_notice")
    assert (event.outcome, event.reason) == ("parked", "unavailable")
    assert event.due_at > event.handled_at


def test_an_unexpected_error_comes_again_and_is_told_without_its_text(
    aws: Deployment, shop: Shelves, lines: Lines
) -> None:
    aws.connect("gf0example", "getfly")
    shop.broken.add("gf0example")
    event = trigger("apply_changes", "thin_notice")

    answer = handler(event, Context())

    assert answer == {"batchItemFailures": [{"itemIdentifier": event["Records"][0]["messageId"]}]}
    [line] = [line for line in lines() if line.get("message") == "failed, comes again"]
    assert (line["cause"], line["receive"]) == ("KeyError", 1)
    assert line["at"].startswith("shop.py:")
    assert "0912000042" not in str(line)


def test_on_the_last_receive_the_change_is_kept_as_failed_with_its_cause(aws: Deployment, shop: Shelves) -> None:
    """Design §2: nothing becomes a dead letter unseen."""
    aws.connect(SHOP, "kiotviet")
    event = trigger("apply_changes", "last_receive")

    answer = handler(event, Context())

    assert answer == {"batchItemFailures": []}
    kept = event_of(aws, "last_receive")
    assert (kept.outcome, kept.error["code"]) == ("failed", "KeyError")
    assert kept.change is not None
    assert kept.change.source_id == "1000042"
    assert aws.table.query(FAILED, index="due").items


def test_on_the_last_receive_a_change_that_only_lost_its_races_is_put_off_and_said_so(
    aws: Deployment, shop: Shelves, lines: Lines
) -> None:
    """F38, A-OWN-3: nothing is wrong with it, so nobody is called."""
    aws.connect("gf0example", "getfly")
    shop.trouble = Contended(CONTENDED)
    event = trigger("apply_changes", "thin_notice")
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = str(LAST_RECEIVE)

    assert handler(event, Context()) == {"batchItemFailures": []}

    kept = event_of(aws, "thin_notice")
    assert (kept.outcome, kept.reason) == ("parked", "contended")
    told = lines()
    [line] = [line for line in told if line.get("message") == "change put off"]
    assert (line["level"], line["until"]) == ("WARNING", kept.due_at)
    assert "change given up" not in [line.get("message") for line in told]


def test_the_reading_of_the_key_that_held_is_remembered_once(aws: Deployment) -> None:
    """kiotviet.md §2.4: tried until seen, then pinned by the watchdog."""
    aws.connect(SHOP, "kiotviet")

    handler(trigger("apply_changes", "customer_updated"), Context())

    connection = connections.load(aws.table, SHOP)
    assert connection is not None
    assert connection.proof_seen == "text"


def test_what_cannot_be_finished_in_time_is_not_begun_and_comes_again_soon(aws: Deployment) -> None:
    aws.connect(SHOP, "kiotviet")
    clients.client("sqs").send_message(QueueUrl=aws.urls["Changes"], MessageBody="x")
    [taken] = clients.client("sqs").receive_message(QueueUrl=aws.urls["Changes"])["Messages"]
    event = trigger("apply_changes", "customer_updated")
    event["Records"][0]["receiptHandle"] = taken["ReceiptHandle"]

    answer = handler(event, Context(seconds_left=3))

    assert [item["itemIdentifier"] for item in answer["batchItemFailures"]] == [event["Records"][0]["messageId"]]
    assert known_as(aws, "1000042") == ""
    assert aws.calls["sqs.ChangeMessageVisibility"] == 1


def test_on_its_last_receive_a_change_is_tried_however_late_it_is(aws: Deployment) -> None:
    aws.connect(SHOP, "kiotviet")

    handler(trigger("apply_changes", "last_receive"), Context(seconds_left=3))

    assert known_as(aws, "1000042")
