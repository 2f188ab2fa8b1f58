"""Two more differences between the emulator and AWS, made good after the deploy on the emulator only.

It asks for rights to SQS's batch calls by names that AWS does not know: there `sqs:SendMessage` covers
`SendMessageBatch`, and so with deletes and visibilities. Each role therefore gets the batch forms of exactly what
template.yaml gives it. And it starts as many workers for a queue as MaximumConcurrency allows, each a process of this
machine: a jam on two cores.
"""

import json
import os
from typing import Any

from tests.local.deployment import clients
from tests.local.places import STACK_NAME

_BATCHES = ("sqs:SendMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility")


def add_batch_rights(endpoint: str) -> int:
    """Widens the deployed roles as described above; answers how many were touched."""
    iam, cloudformation = clients(endpoint, "iam"), clients(endpoint, "cloudformation")
    resources = cloudformation.describe_stack_resources(StackName=STACK_NAME)["StackResources"]
    roles = [each["PhysicalResourceId"] for each in resources if each["ResourceType"] == "AWS::IAM::Role"]
    return sum(_widen(iam, role) for role in roles)


def limit_workers(endpoint: str) -> int:
    """Lets each queue's consumer run at most once per core (AWS's least is two); answers how many were limited."""
    functions = clients(endpoint, "lambda")
    limit = {"MaximumConcurrency": max(2, os.cpu_count() or 2)}
    mappings = functions.list_event_source_mappings()["EventSourceMappings"]
    sources = [each for each in mappings if ":sqs:" in each["EventSourceArn"]]
    for source in sources:
        functions.update_event_source_mapping(UUID=source["UUID"], ScalingConfig=limit)
    return len(sources)


def _widen(iam: Any, role: str) -> int:
    policies = iam.list_role_policies(RoleName=role)["PolicyNames"]
    statements = [batch for name in policies for batch in _batches(iam, role, name)]
    if not statements:
        return 0
    document = {"Version": "2012-10-17", "Statement": statements}
    iam.put_role_policy(RoleName=role, PolicyName="emulated-batches", PolicyDocument=json.dumps(document))
    return 1


def _batches(iam: Any, role: str, policy: str) -> list[dict[str, Any]]:
    document = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
    statements = (json.loads(document) if isinstance(document, str) else document)["Statement"]
    widened = [
        {**each, "Action": [f"{name}Batch" for name in _BATCHES if name in each["Action"]]} for each in statements
    ]
    return [each for each in widened if each["Action"]]
