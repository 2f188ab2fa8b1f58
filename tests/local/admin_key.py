"""The first admin key of a freshly deployed hub, without which nobody could make another."""

from typing import Any

from retailhub.crm.api_keys import create_first_key
from retailhub.store.dynamo import DynamoTable
from tests.local.deployment import clients


def create(description: dict[str, Any]) -> str:
    """Creates the key in the deployed table and answers it; it is shown only this once."""
    return create_first_key(DynamoTable(clients(description["endpoint"], "dynamodb"), description["table"]))
