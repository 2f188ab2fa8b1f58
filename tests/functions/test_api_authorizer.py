"""The authorizer as Lambda runs it: whose key is it, and what role has it."""

import os
import subprocess
import sys
from typing import Any

import pytest

from functions.admin_api.app import handler as admin_api
from functions.api_authorizer.app import handler
from retailhub.crm import api_keys
from tests.functions.deployment import CHECKOUT, Context, Deployment, trigger

NOW = "2026-05-14T00:00:00.000000Z"


def given(aws: Deployment, role: api_keys.Role) -> str:
    """A key that was made for an employee."""
    named = {"key_id": "k1", "name": "quầy", "employee": "mai", "by": "lan", "at": NOW}
    return api_keys.create(aws.table, role=role, **named)[1]


def asked(authorization: str | None) -> dict[str, Any]:
    """The authorizer's answer to a call with this header."""
    event = trigger("api_authorizer", "without_a_key")
    event["headers"] |= {"authorization": authorization} if authorization is not None else {}
    return handler(event, Context())


@pytest.mark.parametrize("role", api_keys.ROLES)
def test_a_key_tells_role_and_employee(aws: Deployment, role: api_keys.Role) -> None:
    """api.md, Authentication."""
    answer = asked(f"Bearer {given(aws, role)}")

    assert answer == {"isAuthorized": True, "context": {"role": role, "employee": "mai", "key_id": "k1"}}


def test_a_wrong_key_has_no_role(aws: Deployment) -> None:
    given(aws, "admin")

    assert handler(trigger("api_authorizer", "wrong_key"), Context())["context"] == {"role": ""}


@pytest.mark.parametrize(
    "form", ["", "{}", "Basic {}", "Bearer", "Bearer ", "Bearer {}x", "Bearer é\ud800", "Bearer " + "x" * 9000]
)
def test_anything_but_a_bearer_key_has_no_role(aws: Deployment, form: str) -> None:
    """F20: odd text is no error."""
    assert asked(form.format(given(aws, "admin")))["context"] == {"role": ""}


def test_the_hash_of_a_key_is_no_key(aws: Deployment) -> None:
    """Who reads the table cannot call the API."""
    key = given(aws, "admin")

    assert asked(f"Bearer {api_keys.hashed(key)}")["context"] == {"role": ""}


def test_a_revoked_key_has_no_role_from_the_next_call_on(aws: Deployment) -> None:
    key = given(aws, "viewer")
    assert asked(f"Bearer {key}")["context"]["role"] == "viewer"

    api_keys.revoke(aws.table, "k1")

    assert asked(f"Bearer {key}")["context"] == {"role": ""}


def test_a_key_costs_one_read_and_no_key_costs_none(aws: Deployment) -> None:
    key = given(aws, "viewer")
    aws.calls.clear()

    asked(f"Bearer {key}")
    asked(None)

    assert aws.calls == {"dynamodb.GetItem": 1}


def test_what_the_authorizer_says_opens_the_admin_api(aws: Deployment) -> None:
    """The two belong together: an empty role is turned away there, in the hub's own form."""
    event = trigger("admin_api", "list_customers")
    statuses = []
    for header in (f"Bearer {given(aws, 'viewer')}", "Bearer guessed"):
        event["requestContext"]["authorizer"] = {"lambda": asked(header)["context"]}
        statuses.append(admin_api(event, Context())["statusCode"])

    assert statuses == [200, 401]


def test_it_loads_nothing_heavy() -> None:
    """It runs before every call."""
    code = "import sys, app; print(*sys.modules)"
    paths = os.pathsep.join(str(CHECKOUT / place) for place in ("functions/api_authorizer", "layers/retailhub"))
    surroundings = {"PATH": os.environ["PATH"], "PYTHONPATH": paths}
    ran = subprocess.run([sys.executable, "-c", code], env=surroundings, capture_output=True, text=True, check=True)

    assert not {"pydantic", "requests", "aws_lambda_powertools", "boto3", "phonenumbers"} & set(ran.stdout.split())
