"""The table in DynamoDB keeps the contract: on moto in this process, and on the local emulator over HTTP."""

import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto import mock_aws

from retailhub.domain.errors import Permanent, Temporary
from retailhub.store.dynamo import DynamoTable
from retailhub.store.table import Conflict, Put, Table
from tests.contract.table_tests import TableTests, item
from tests.local.places import child_environment, free_ports, program

INVENTED: dict[str, Any] = {
    "aws_access_key_id": "test",
    "aws_secret_access_key": "test",
    "region_name": "ap-southeast-1",
}
INDEXES = ("listing", "related", "due")


def made(client: Any) -> str:
    """A new table with the template's keys and indexes; answers its name."""
    name = f"hub-{uuid.uuid4().hex[:8]}"
    keys = ["pk", "sk", *(f"{index}_{part}" for index in INDEXES for part in ("pk", "sk"))]
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
        KeySchema=schema(""),
        GlobalSecondaryIndexes=[
            {"IndexName": index, "KeySchema": schema(f"{index}_"), "Projection": {"ProjectionType": "ALL"}}
            for index in INDEXES
        ],
    )
    return name


def schema(prefix: str) -> list[dict[str, str]]:
    return [{"AttributeName": f"{prefix}{part}", "KeyType": kind} for part, kind in (("pk", "HASH"), ("sk", "RANGE"))]


class TestDynamoTableOnMoto(TableTests):
    """moto decides single calls rightly; its transactions know no conflicts between each other."""

    @pytest.fixture
    def table(self) -> Iterator[Table]:
        with mock_aws():
            client = boto3.client("dynamodb", **INVENTED)
            yield DynamoTable(client, made(client))

    @pytest.fixture
    def other(self, table: Table) -> Callable[[], Table]:
        return lambda: table

    @pytest.mark.parametrize(
        "answer, error",
        [
            ({"Error": {"Code": "TransactionConflictException"}}, Conflict),
            ({"Error": {"Code": "ThrottlingException"}}, Temporary),
            (
                {
                    "Error": {"Code": "TransactionCanceledException"},
                    "CancellationReasons": [{"Code": "None"}, {"Code": "TransactionConflict"}],
                },
                Conflict,
            ),
            (
                {
                    "Error": {"Code": "TransactionCanceledException"},
                    "CancellationReasons": [{"Code": "ThrottlingError"}],
                },
                Temporary,
            ),
            (
                {
                    "Error": {"Code": "TransactionCanceledException"},
                    "CancellationReasons": [{"Code": "ValidationError"}],
                },
                Permanent,
            ),
        ],
    )
    def test_dynamodb_s_refusals_are_told_apart(
        self, table: DynamoTable, answer: dict[str, Any], error: type[Exception]
    ) -> None:
        """F36, F38: what comes again at once, what comes later, what never will."""

        def refuse(**_: Any) -> tuple[Any, dict[str, Any]]:
            return type("Answer", (), {"status_code": 400})(), answer

        table._client.meta.events.register("before-call.dynamodb.PutItem", refuse)
        with pytest.raises(error) as refused:
            table.write(Put(item(), expect=0))
        assert type(refused.value) is error

    def test_a_cursor_of_another_list_is_refused(self, table: DynamoTable) -> None:
        answer = {"Error": {"Code": "ValidationException", "Message": "The provided starting key is invalid"}}

        def refuse(**_: Any) -> tuple[Any, dict[str, Any]]:
            return type("Answer", (), {"status_code": 400})(), answer

        table._client.meta.events.register("before-call.dynamodb.Query", refuse)
        with pytest.raises(Permanent, match="cursor"):
            table.query("A")

    def test_a_table_that_does_not_answer_is_trouble_of_now(self) -> None:
        """F36: nobody listens there; the queue tries later."""
        [port] = free_ports(1)
        config = Config(connect_timeout=1, retries={"max_attempts": 0})
        client = boto3.client("dynamodb", endpoint_url=f"http://127.0.0.1:{port}", config=config, **INVENTED)
        with pytest.raises(Temporary, match="EndpointConnectionError"):
            DynamoTable(client, "hub").get(("A", "1"))


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The local emulator on an address of its own, or a skip where it is not installed."""
    command = program("emulator", "ministack")
    if not Path(command).exists():
        pytest.skip("the emulator is not installed (make setup)")
    [port] = free_ports(1)
    scratch = tmp_path_factory.mktemp("emulator")
    place = {"GATEWAY_PORT": str(port), "TMPDIR": str(scratch)}
    settings = {"BIND_HOST": "127.0.0.1", "MINISTACK_HOST": "localhost"} | place
    with (scratch / "log").open("wb") as log:
        running = subprocess.Popen([command], env=child_environment(settings), cwd=scratch, stdout=log, stderr=log)
    endpoint = f"http://127.0.0.1:{port}"
    try:
        wait(endpoint, running)
        yield endpoint
    finally:
        running.terminate()
        running.wait(timeout=10)
        shutil.rmtree(scratch, ignore_errors=True)


def wait(endpoint: str, running: subprocess.Popen[bytes]) -> None:
    """Until it answers."""
    for _ in range(200):
        assert running.poll() is None, "the emulator ended"
        try:
            urllib.request.urlopen(f"{endpoint}/_ministack/health", timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the emulator does not answer")


class TestDynamoTableOnTheEmulator(TableTests):
    @pytest.fixture
    def client(self, emulator: str) -> Any:
        os.environ.pop("AWS_ENDPOINT_URL", None)
        return boto3.client("dynamodb", endpoint_url=emulator, **INVENTED)

    @pytest.fixture
    def table(self, client: Any) -> Table:
        return DynamoTable(client, made(client))

    @pytest.fixture
    def other(self, table: DynamoTable, emulator: str) -> Callable[[], Table]:
        return lambda: DynamoTable(boto3.client("dynamodb", endpoint_url=emulator, **INVENTED), table._name)
