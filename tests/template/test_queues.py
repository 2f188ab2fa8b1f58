"""Nothing that was accepted may be lost between two functions."""

from typing import Any

from tests.template.conftest import Resources, of_type

FOURTEEN_DAYS = 14 * 24 * 3600


def dead_letters_of(queues: Resources) -> set[str]:
    return {target(each) for each in queues.values() if "RedrivePolicy" in each["Properties"]}


def target(queue: dict[str, Any]) -> str:
    return queue["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]


def last_resorts(queues: Resources) -> set[str]:
    """Queues that only take what failed elsewhere."""
    return dead_letters_of(queues) | {"RouteFailures", "ScheduleFailures"}


def consumers(functions: Resources) -> list[tuple[str, str, dict[str, Any]]]:
    """(function, queue, mapping) for every queue that a function reads."""
    return [
        (name, event["Properties"]["Queue"]["Fn::GetAtt"][0], event["Properties"])
        for name, function in functions.items()
        for event in function["Properties"].get("Events", {}).values()
        if event["Type"] == "SQS"
    ]


def timeout(written: dict[str, Any], function: str) -> int:
    default = written["Globals"]["Function"]["Timeout"]
    return written["Resources"][function]["Properties"].get("Timeout", default)


def test_every_queue_has_dead_letters_or_is_a_last_resort(queues: Resources) -> None:
    assert {name for name, each in queues.items() if "RedrivePolicy" not in each["Properties"]} == last_resorts(queues)


def test_every_last_resort_has_an_alarm_that_somebody_is_told_of(written: dict[str, Any], queues: Resources) -> None:
    watched = {
        alarm["Properties"]["Dimensions"][0]["Value"]["Fn::GetAtt"][0]
        for alarm in of_type(written, "AWS::CloudWatch::Alarm").values()
        if alarm["Properties"].get("Namespace") == "AWS/SQS"
        and alarm["Properties"]["AlarmActions"] == [{"Ref": "AlarmTopic"}]
    }
    assert watched == last_resorts(queues)


def test_a_message_gets_at_least_five_attempts(queues: Resources) -> None:
    for name, each in queues.items():
        if "RedrivePolicy" in each["Properties"]:
            assert each["Properties"]["RedrivePolicy"]["maxReceiveCount"] >= 5, name


def test_no_message_is_worked_on_twice_at_once(
    written: dict[str, Any], functions: Resources, queues: Resources
) -> None:
    """A message stays hidden for six times its consumer's timeout."""
    assert consumers(functions)
    for function, queue, _ in consumers(functions):
        assert queues[queue]["Properties"]["VisibilityTimeout"] >= 6 * timeout(written, function), queue


def test_every_consumer_reports_which_messages_failed(functions: Resources) -> None:
    for function, _, mapping in consumers(functions):
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"], function


def test_consumers_are_bounded_by_the_mapping_not_by_throttling(functions: Resources) -> None:
    """Reserved concurrency would burn receive counts."""
    for function, _, mapping in consumers(functions):
        assert mapping["ScalingConfig"]["MaximumConcurrency"] >= 2, function
        assert "ReservedConcurrentExecutions" not in functions[function]["Properties"], function


def test_every_queue_but_the_last_resorts_has_exactly_one_consumer(functions: Resources, queues: Resources) -> None:
    assert sorted(queue for _, queue, _ in consumers(functions)) == sorted(set(queues) - last_resorts(queues))


def test_messages_and_dead_letters_are_kept_for_fourteen_days_and_encrypted(queues: Resources) -> None:
    for name, each in queues.items():
        assert each["Properties"]["MessageRetentionPeriod"] == FOURTEEN_DAYS, name
        assert each["Properties"]["SqsManagedSseEnabled"] is True, name


def test_a_record_has_one_delivery_at_a_time_and_records_do_not_share_a_limit(queues: Resources) -> None:
    deliveries = {name: each["Properties"] for name, each in queues.items() if name.endswith("Deliveries")}
    assert set(deliveries) == {"GetflyDeliveries", "CnvLoyaltyDeliveries", "HaravanDeliveries"}
    for name, properties in deliveries.items():
        assert properties["FifoQueue"] is True, name
        assert properties["DeduplicationScope"] == "messageGroup", name
        assert properties["FifoThroughputLimit"] == "perMessageGroupId", name


def test_dead_letters_of_an_ordered_queue_are_ordered_too(queues: Resources) -> None:
    for name, each in queues.items():
        if "RedrivePolicy" in each["Properties"]:
            dead = queues[target(each)]["Properties"]
            assert dead.get("FifoQueue") == each["Properties"].get("FifoQueue"), name


def test_a_poison_record_does_not_block_the_stream(functions: Resources) -> None:
    stream = functions["RouteChanges"]["Properties"]["Events"]["Stream"]["Properties"]
    assert stream["BisectBatchOnFunctionError"] is True
    assert 0 < stream["MaximumRetryAttempts"] <= 10
    assert stream["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert stream["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": ["RouteFailures", "Arn"]}


def test_every_schedule_has_somewhere_to_fail_to(functions: Resources) -> None:
    """Both before the function is started (EventBridge) and after (Lambda's own attempts)."""
    dead = {"Fn::GetAtt": ["ScheduleFailures", "Arn"]}
    scheduled = {
        name: (function["Properties"], event["Properties"])
        for name, function in functions.items()
        for event in function["Properties"].get("Events", {}).values()
        if event["Type"] == "ScheduleV2"
    }
    assert len(scheduled) == 9
    for name, (function, schedule) in scheduled.items():
        assert schedule["DeadLetterConfig"]["Arn"] == dead, name
        assert schedule["RetryPolicy"]["MaximumRetryAttempts"] == 2, name
        assert function["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]["Destination"] == dead, name
