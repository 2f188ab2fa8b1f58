"""The template as it is written, and as SAM expands it for CloudFormation."""

import copy
from pathlib import Path
from typing import Any

import boto3
import pytest
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

CHECKOUT = Path(__file__).resolve().parents[2]

Resources = dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
def written() -> dict[str, Any]:
    return yaml_parse((CHECKOUT / "template.yaml").read_text())


@pytest.fixture(scope="session")
def expanded(written: dict[str, Any]) -> dict[str, Any]:
    """What CloudFormation gets; the built code is replaced by an address, because nothing is built here."""
    template = copy.deepcopy(written)
    for resource in template["Resources"].values():
        for code in ("CodeUri", "ContentUri"):
            if code in resource.get("Properties", {}):
                resource["Properties"][code] = "s3://bucket/key"
    session = boto3.Session(region_name="ap-southeast-1")
    return Translator({}, Parser(), boto_session=session).translate(template, {})


@pytest.fixture(scope="session")
def functions(written: dict[str, Any]) -> Resources:
    return of_type(written, "AWS::Serverless::Function")


@pytest.fixture(scope="session")
def queues(written: dict[str, Any]) -> Resources:
    return of_type(written, "AWS::SQS::Queue")


def of_type(template: dict[str, Any], kind: str) -> Resources:
    return {name: each for name, each in template["Resources"].items() if each["Type"] == kind}
