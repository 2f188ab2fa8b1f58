"""The table's promises, the stream's filter, and the API's doors."""

import json
from typing import Any

import pytest

from tests.template.conftest import Resources, of_type


@pytest.fixture(scope="module")
def table(written: dict[str, Any]) -> dict[str, Any]:
    return written["Resources"]["HubTable"]["Properties"]


def test_the_table_outlives_its_stack_and_can_be_set_back(written: dict[str, Any], table: dict[str, Any]) -> None:
    assert written["Resources"]["HubTable"]["DeletionPolicy"] == "Retain"
    assert written["Resources"]["HubTable"]["UpdateReplacePolicy"] == "Retain"
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}


def test_what_ages_expires(table: dict[str, Any]) -> None:
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


def test_each_index_is_keyed_by_its_own_pair_and_holds_the_whole_item_where_that_is_read(table: dict[str, Any]) -> None:
    """The members' index is mostly counted: its items are read by key."""
    indexes = {each["IndexName"]: each for each in table["GlobalSecondaryIndexes"]}
    assert set(indexes) == {"listing", "related", "due", "members"}
    for name, index in indexes.items():
        assert [key["AttributeName"] for key in index["KeySchema"]] == [f"{name}_pk", f"{name}_sk"]
        assert index["Projection"] == {"ProjectionType": "KEYS_ONLY" if name == "members" else "ALL"}


def test_the_stream_tells_what_was_and_what_is(table: dict[str, Any]) -> None:
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}


def test_only_new_and_changed_records_wake_the_router(functions: Resources) -> None:
    """Links, totals, events and its own writes must not: a consumer that wakes itself never rests. Nor must what no
    other system takes: rules, leads, catalogues."""
    filters = functions["RouteChanges"]["Properties"]["Events"]["Stream"]["Properties"]["FilterCriteria"]["Filters"]
    shared = [{"prefix": f"REC#{kind}#"} for kind in ("customer", "product", "order", "contract")]
    assert [json.loads(each["Pattern"]) for each in filters] == [
        {"eventName": ["INSERT", "MODIFY"], "dynamodb": {"Keys": {"pk": {"S": shared}, "sk": {"S": ["REC"]}}}}
    ]


def test_the_routes_are_those_of_the_contract(expanded: dict[str, Any]) -> None:
    paths = expanded["Resources"]["HttpApi"]["Properties"]["Body"]["paths"]
    assert {path: set(methods) for path, methods in paths.items()} == {
        "/webhooks/kiotviet/{connection_id}/{type}": {"get", "post"},
        "/webhooks/haravan/{connection_id}": {"get", "post"},
        "/webhooks/getfly/{connection_id}": {"post"},
        "/webhooks/cnv-loyalty/{connection_id}": {"post"},
        "/webhooks/crmviet/{connection_id}": {"post"},
        "/api/health": {"get"},
        "/api/{proxy+}": {"x-amazon-apigateway-any-method"},
        "/": {"get"},
        "/console": {"get"},
        "/console/{proxy+}": {"get", "post"},
    }


def test_whatever_has_no_proof_of_its_own_needs_a_key(expanded: dict[str, Any]) -> None:
    paths = expanded["Resources"]["HttpApi"]["Properties"]["Body"]["paths"]
    # webhooks prove themselves, the console's pages have sessions, health tells nothing
    guarded = {path for path, methods in paths.items() for each in methods.values() if each.get("security")}
    assert guarded == {"/api/{proxy+}"}


def test_the_authorizer_is_asked_for_every_call_even_without_a_key(expanded: dict[str, Any]) -> None:
    """So that a missing key gets the hub's own error form, and a revoked key stops at once."""
    schemes = expanded["Resources"]["HttpApi"]["Properties"]["Body"]["components"]["securitySchemes"]
    authorizer = schemes["ApiAuthorizer"]["x-amazon-apigateway-authorizer"]
    assert authorizer["authorizerResultTtlInSeconds"] == 0
    assert authorizer.get("identitySource", []) == []


def test_the_gateway_does_not_throttle_platforms_before_the_hub_does(written: dict[str, Any]) -> None:
    """KiotViet stops sending after a 4xx."""
    api = written["Resources"]["HttpApi"]["Properties"]
    assert api["DefaultRouteSettings"]["ThrottlingBurstLimit"] >= 5000
    assert [route for route in api["RouteSettings"] if "webhooks" in route] == []


def test_access_logs_do_not_tell_webhook_addresses(written: dict[str, Any]) -> None:
    form = written["Resources"]["HttpApi"]["Properties"]["AccessLogSettings"]["Format"]
    assert "$context.path" not in form
    assert "$context.routeKey" in form


def test_every_alarm_tells_somebody_and_quarantine_and_routing_have_one(written: dict[str, Any]) -> None:
    alarms = of_type(written, "AWS::CloudWatch::Alarm")
    assert all(each["Properties"]["AlarmActions"] == [{"Ref": "AlarmTopic"}] for each in alarms.values())
    assert alarms["QuarantineAlarm"]["Properties"]["MetricName"] == "Quarantined"
    assert alarms["RouteChangesAlarm"]["Properties"]["MetricName"] == "IteratorAge"


def test_functions_carry_no_tracer_and_never_log_their_events(written: dict[str, Any]) -> None:
    """Cold starts; personal data."""
    everywhere = written["Globals"]["Function"]
    assert "Tracing" not in everywhere
    assert everywhere["Environment"]["Variables"]["POWERTOOLS_LOGGER_LOG_EVENT"] == "false"
