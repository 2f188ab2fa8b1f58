"""Every sample of a webhook under events/ is signed here, as its platform would, and answered as it deserves."""

import base64
import hashlib
import hmac
import re
from typing import Any

import pytest

from retailhub.domain.connections import WITH_WEBHOOK, PlatformName
from tests.functions.deployment import CHECKOUT, KEY, Deployment, trigger
from tests.functions.gateway import CLIENT_ID, answered

SAMPLES = [
    (platform, sample.stem)
    for platform in WITH_WEBHOOK
    for sample in sorted((CHECKOUT / "events" / f"{platform}_webhook").glob("*.json"))
]


def signed(platform: str, event: dict[str, Any]) -> dict[str, Any]:
    """The event with its proof made anew; a body that carries the secret gets ours."""
    raw = event.get("body") or ""
    body = base64.b64decode(raw) if event.get("isBase64Encoded") else raw.encode()
    if platform == "getfly":
        body = re.sub(rb'(secret_key(?:"\s*:\s*"|=))[^"&]*', rb"\g<1>" + KEY.encode(), body)
    digest = hmac.new(KEY.encode(), body, hashlib.sha256)
    proofs = {
        "kiotviet": {"x-hub-signature": f"sha1={digest.hexdigest()}"},
        "haravan": {"x-haravan-hmacsha256": base64.b64encode(digest.digest()).decode()},
        "cnv_loyalty": {"x-client-id": CLIENT_ID, "x-client-secret": KEY},
        "crmviet": {"x-retailhub-secret": KEY},
    }
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    encoded = base64.b64encode(body).decode()
    return {**event, "headers": headers | proofs.get(platform, {}), "body": encoded, "isBase64Encoded": True}


@pytest.mark.parametrize("platform, case", SAMPLES)
def test_a_sample_that_is_signed_is_answered_and_what_it_says_is_queued(
    aws: Deployment, platform: PlatformName, case: str
) -> None:
    event = trigger(f"{platform}_webhook", case)
    aws.connect(event["pathParameters"]["connection_id"], platform)

    answer = answered(signed(platform, event), platform)

    posted = event["requestContext"]["http"]["method"] == "POST"
    assert answer["statusCode"] == 200 if posted else answer["statusCode"] in (200, 401), answer
    assert bool(aws.messages("Changes")) == posted
