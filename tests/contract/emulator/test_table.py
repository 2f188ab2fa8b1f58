"""DynamoDB as the store relies on it."""

import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.template.conftest import CHECKOUT


@pytest.fixture(scope="module")
def table(dynamodb: Any) -> str:
    """The table of template.yaml."""
    from samtranslator.yaml_helper import yaml_parse

    template = yaml_parse((CHECKOUT / "template.yaml").read_text())
    wanted = {"AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode"}
    properties = template["Resources"]["HubTable"]["Properties"]
    dynamodb.create_table(TableName="hub", **{key: properties[key] for key in wanted})
    return "hub"


def row(pk: str, sk: str = "REC", **rest: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": sk}, **{name: {"S": value} for name, value in rest.items()}}


def put(table: str, item: dict[str, Any], **condition: Any) -> dict[str, Any]:
    return {"Put": {"TableName": table, "Item": item, **condition}}


ABSENT = {"ConditionExpression": "attribute_not_exists(pk)"}


def fresh() -> str:
    return uuid.uuid4().hex


def test_a_transaction_writes_everything_or_nothing_and_says_which_condition_failed(dynamodb: Any, table: str) -> None:
    taken, free = fresh(), fresh()
    dynamodb.put_item(TableName=table, Item=row(taken, name="first"))
    condition = {**ABSENT, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}

    with pytest.raises(ClientError) as refused:
        dynamodb.transact_write_items(
            TransactItems=[put(table, row(free), **ABSENT), put(table, row(taken), **condition)]
        )

    assert refused.value.response["Error"]["Code"] == "TransactionCanceledException"
    reasons: Any = refused.value.response["CancellationReasons"]
    assert [each["Code"] for each in reasons] == ["None", "ConditionalCheckFailed"]
    assert reasons[1]["Item"]["name"]["S"] == "first"
    assert "Item" not in dynamodb.get_item(TableName=table, Key=row(free))


def test_a_transaction_may_check_what_it_does_not_write(dynamodb: Any, table: str) -> None:
    watched, written = fresh(), fresh()
    check = {"TableName": table, "Key": row(watched), "ConditionExpression": "attribute_exists(pk)"}

    with pytest.raises(ClientError) as refused:
        dynamodb.transact_write_items(TransactItems=[{"ConditionCheck": check}, put(table, row(written))])

    assert refused.value.response["CancellationReasons"][0]["Code"] == "ConditionalCheckFailed"


def test_the_same_token_is_applied_once(dynamodb: Any, table: str) -> None:
    pk = fresh()
    counted = {"TableName": table, "Key": row(pk), "UpdateExpression": "ADD n :one"}
    update = {"Update": {**counted, "ExpressionAttributeValues": {":one": {"N": "1"}}}}

    for _ in range(2):
        dynamodb.transact_write_items(TransactItems=[update], ClientRequestToken=pk)

    assert dynamodb.get_item(TableName=table, Key=row(pk))["Item"]["n"] == {"N": "1"}


def test_a_hundred_items_fit_into_a_transaction_and_one_more_does_not(dynamodb: Any, table: str) -> None:
    items = [put(table, row(fresh())) for _ in range(101)]

    dynamodb.transact_write_items(TransactItems=items[:100])
    with pytest.raises(ClientError) as refused:
        dynamodb.transact_write_items(TransactItems=items)

    assert refused.value.response["Error"]["Code"] == "ValidationException"


def test_a_condition_on_the_version_lets_one_of_two_writers_win(dynamodb: Any, table: str) -> None:
    pk = fresh()
    dynamodb.put_item(TableName=table, Item=row(pk, version="1"))
    expected = {"ConditionExpression": "version = :v", "ExpressionAttributeValues": {":v": {"S": "1"}}}

    dynamodb.put_item(TableName=table, Item=row(pk, version="2"), **expected)
    with pytest.raises(ClientError) as refused:
        dynamodb.put_item(TableName=table, Item=row(pk, version="2b"), **expected)

    assert refused.value.response["Error"]["Code"] == "ConditionalCheckFailedException"


def test_many_rows_are_read_at_once_and_missing_ones_are_left_out(dynamodb: Any, table: str) -> None:
    there, gone = fresh(), fresh()
    dynamodb.put_item(TableName=table, Item=row(there))

    answer = dynamodb.batch_get_item(RequestItems={table: {"Keys": [row(there), row(gone)], "ConsistentRead": True}})

    assert [item["pk"]["S"] for item in answer["Responses"][table]] == [there]
    assert answer.get("UnprocessedKeys", {}) == {}


def test_an_index_lists_in_order_in_pages_and_only_what_carries_its_keys(dynamodb: Any, table: str) -> None:
    group = fresh()
    for number in (3, 1, 2):
        dynamodb.put_item(TableName=table, Item=row(fresh(), listing_pk=group, listing_sk=str(number)))
    dynamodb.put_item(TableName=table, Item=row(fresh(), related_pk=group, related_sk="9"))
    query = {
        "TableName": table,
        "IndexName": "listing",
        "KeyConditionExpression": "listing_pk = :g",
        "ExpressionAttributeValues": {":g": {"S": group}},
        "Limit": 2,
    }

    first = dynamodb.query(**query)
    second = dynamodb.query(**query, ExclusiveStartKey=first["LastEvaluatedKey"])

    assert [each["listing_sk"]["S"] for each in first["Items"] + second["Items"]] == ["1", "2", "3"]
    assert "LastEvaluatedKey" not in second


def test_an_item_above_400_kb_is_refused(dynamodb: Any, table: str) -> None:
    with pytest.raises(ClientError) as refused:
        dynamodb.put_item(TableName=table, Item=row(fresh(), text="x" * 401 * 1024))

    assert refused.value.response["Error"]["Code"] == "ValidationException"
