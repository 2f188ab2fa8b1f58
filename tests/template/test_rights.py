"""A function may do what it needs and nothing else."""

from typing import Any

import pytest

from tests.template.conftest import Resources, of_type

PARAMETERS = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/retailhub/${AWS::StackName}"
WRITES = {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"}


def statements(expanded: dict[str, Any], role: str) -> list[dict[str, Any]]:
    policies = expanded["Resources"][role]["Properties"].get("Policies", [])
    return [each for policy in policies for each in policy["PolicyDocument"]["Statement"]]


def actions(expanded: dict[str, Any], function: str) -> set[str]:
    return {action for each in statements(expanded, f"{function}Role") for action in as_list(each["Action"])}


def resources(expanded: dict[str, Any], function: str, action: str) -> list[Any]:
    found = [each["Resource"] for each in statements(expanded, f"{function}Role") if action in as_list(each["Action"])]
    return [each for resource in found for each in as_list(resource)]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_no_role_has_a_wildcard_action_or_everything_as_its_resource(expanded: dict[str, Any]) -> None:
    """Over the expanded template: the roles that SAM writes for schedules are among them."""
    roles = of_type(expanded, "AWS::IAM::Role")
    assert len(roles) >= 27
    for role in roles:
        for statement in statements(expanded, role):
            assert not [each for each in as_list(statement["Action"]) if "*" in each], role
            assert "*" not in as_list(statement["Resource"]), role
            assert "NotAction" not in statement, role


def test_no_role_uses_a_managed_policy(expanded: dict[str, Any]) -> None:
    """AWSLambdaBasicExecutionRole and its kin allow their actions on every resource."""
    for name, role in of_type(expanded, "AWS::IAM::Role").items():
        assert "ManagedPolicyArns" not in role["Properties"], name


def test_every_function_has_a_role_and_a_log_group_of_its_own(written: dict[str, Any], functions: Resources) -> None:
    for name, function in functions.items():
        assert function["Properties"]["Role"] == {"Fn::GetAtt": [f"{name}Role", "Arn"]}
        assert function["Properties"]["LoggingConfig"] == {"LogGroup": {"Ref": f"{name}Logs"}}
        assert written["Resources"][f"{name}Logs"]["Properties"]["RetentionInDays"] == 30, name


@pytest.mark.parametrize(
    "name", ["KiotvietWebhook", "HaravanWebhook", "GetflyWebhook", "CnvLoyaltyWebhook", "CrmvietWebhook"]
)
def test_a_webhook_can_only_read_secrets_and_queue_changes(expanded: dict[str, Any], name: str) -> None:
    """Promise "durable before 200": it could not write to the table even by mistake."""
    assert actions(expanded, name) == {
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "sqs:SendMessage",
        "ssm:GetParameter",
    }
    assert resources(expanded, name, "sqs:SendMessage") == [{"Fn::GetAtt": ["Changes", "Arn"]}]


def test_routing_and_authorizing_cannot_write_to_the_table(expanded: dict[str, Any]) -> None:
    assert not actions(expanded, "RouteChanges") & WRITES
    assert actions(expanded, "ApiAuthorizer") == {"logs:CreateLogStream", "logs:PutLogEvents", "dynamodb:GetItem"}


def test_only_people_and_the_watchdog_write_secrets(expanded: dict[str, Any], functions: Resources) -> None:
    assert {name for name in functions if "ssm:PutParameter" in actions(expanded, name)} == {
        "AdminApi",
        "Console",
        "SubscriptionWatchdog",
    }


def test_the_console_may_do_what_the_admin_api_may_and_sign_its_sessions(expanded: dict[str, Any]) -> None:
    own, shared = statements(expanded, "ConsoleRole"), statements(expanded, "AdminApiRole")
    signing = {"Fn::Sub": f"{PARAMETERS}/console/signing-key"}
    assert [each for each in own if each not in shared and "Logs" not in str(each)] == [
        {"Effect": "Allow", "Action": ["ssm:GetParameter", "ssm:PutParameter"], "Resource": signing}
    ]
    assert [each for each in shared if each not in own and "Logs" not in str(each)] == []


def test_secrets_are_reached_below_the_stacks_own_prefix_only(expanded: dict[str, Any], functions: Resources) -> None:
    for name in functions:
        for resource in resources(expanded, name, "ssm:GetParameter"):
            allowed = {f"{PARAMETERS}/connections/*"} | (
                {f"{PARAMETERS}/console/signing-key"} if name == "Console" else set()
            )
            assert resource["Fn::Sub"] in allowed, name


@pytest.mark.parametrize("platform", ["Getfly", "CnvLoyalty", "Haravan"])
def test_a_delivery_takes_from_its_own_queue_only(expanded: dict[str, Any], platform: str) -> None:
    own = [{"Fn::GetAtt": [f"{platform}Deliveries", "Arn"]}]
    assert resources(expanded, f"Deliver{platform}", "sqs:ReceiveMessage") == own
    portions = [{"Fn::GetAtt": ["Resumptions", "Arn"]}]
    assert resources(expanded, f"Deliver{platform}", "sqs:SendMessage") == portions


def test_nobody_scans_the_table(expanded: dict[str, Any], functions: Resources) -> None:
    assert not [name for name in functions if "dynamodb:Scan" in actions(expanded, name)]
