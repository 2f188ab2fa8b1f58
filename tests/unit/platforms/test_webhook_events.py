"""The sample events of three webhook functions: what each one becomes, so that no sample can rot.

Their signatures are made with the invented secret KEY, which a local deployment may give its connections.
"""

import base64
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from retailhub.domain.connections import Secret
from retailhub.domain.records import MODELS
from retailhub.platforms.registry import receiver, settings_models
from retailhub.platforms.webhooks import Request, Verdict

KEY = "chia-khoa-cua-cua-hang"
EVENTS = Path(__file__).resolve().parents[3] / "events"
PLATFORMS = ("kiotviet", "haravan", "crmviet")
EXPECTED: dict[str, list[tuple[str, str, str]]] = {
    "kiotviet/customer_updated": [("upsert", "customer", "1000042")],
    "kiotviet/customers_imported_one_bad": [
        ("upsert", "customer", "1000043"),
        ("quarantine", "none", ""),
        ("upsert", "customer", "1000044"),
    ],
    "kiotviet/invoice_updated": [("upsert", "contract", "5500777")],
    "kiotviet/products_deleted": [("delete", "product", "31000451"), ("delete", "product", "31000452")],
    "kiotviet/order_updated": [("ignore", "none", "")],
    "kiotviet/forged": [("quarantine", "none", "")],
    "kiotviet/unreadable": [("quarantine", "none", "")],
    "kiotviet/address_check": [],
    "haravan/customer_updated": [("upsert", "customer", "1300000042")],
    "haravan/order_paid": [("upsert", "order", "1500000123")],
    "haravan/refund_created": [("upsert", "order", "1500000123")],
    "haravan/order_deleted": [("delete", "order", "1500000123")],
    "haravan/product_updated": [("ignore", "none", "")],
    "haravan/dashboard_test": [("ignore", "none", "")],
    "haravan/forged": [("quarantine", "none", "")],
    "haravan/handshake": [],
    "haravan/handshake_of_a_stranger": [],
    "crmviet/customer_added": [("upsert", "customer", "81207")],
    "crmviet/contract_status_changed": [("upsert", "contract", "5520")],
    "crmviet/customer_deleted": [("delete", "customer", "81207")],
    "crmviet/unknown_action": [("ignore", "none", "")],
    "crmviet/forged": [],
}
REFUSED = {"haravan/handshake_of_a_stranger", "crmviet/forged"}


def judged(case: str) -> Verdict:
    """The verdict on a sample event."""
    platform, _, name = case.partition("/")
    event: dict[str, Any] = json.loads((EVENTS / f"{platform}_webhook" / f"{name}.json").read_text())
    body = event.get("body", "")
    request = Request(
        event["pathParameters"]["connection_id"],
        event["requestContext"]["http"]["method"],
        event["headers"],
        event.get("queryStringParameters", {}),
        base64.b64decode(body, validate=True) if event["isBase64Encoded"] else body.encode(),
        event["pathParameters"].get("type", ""),
        "2026-05-14T03:30:00.000000Z",
    )
    verdict: Verdict = receiver(platform)(request, Secret(current=KEY))
    return verdict


def test_every_sample_is_told_of_here() -> None:
    """No sample without a test."""
    found = {f"{platform}/{path.stem}" for platform in PLATFORMS for path in (EVENTS / f"{platform}_webhook").iterdir()}

    assert found == set(EXPECTED)


@pytest.mark.parametrize("case", EXPECTED)
def test_a_sample_becomes_its_changes(case: str) -> None:
    """And is answered as the platform needs it."""
    verdict = judged(case)

    assert [(c.action, c.type, c.source_id) for c in verdict.changes] == EXPECTED[case]
    assert verdict.status == (401 if case in REFUSED else 200)


@pytest.mark.parametrize("case", [case for case, changes in EXPECTED.items() if changes and changes[0][0] == "upsert"])
def test_a_samples_records_can_be_read(case: str) -> None:
    """Each upsert with a payload fits its record."""
    platform = case.partition("/")[0]
    settings = settings_models(platform)[0]()
    for change in judged(case).changes:
        if change.action == "upsert" and change.payload is not None:
            assert MODELS[change.type].model_validate(_snapshot(platform, change.type, change.payload, settings).fields)  # type: ignore[index]


def _snapshot(platform: str, record_type: Any, payload: Any, settings: Any) -> Any:
    mapping = import_module(f"retailhub.platforms.{platform}.mapping")
    told = mapping.Store("Cửa hàng mẫu", settings) if platform == "kiotviet" else settings
    return mapping.snapshot(record_type, payload, told)


def test_the_answers_of_the_address_checks() -> None:
    """The token and the challenge come back."""
    assert judged("kiotviet/address_check").text == "b7d1c0ffee"
    assert judged("haravan/handshake").text == "c0ffee0123"
