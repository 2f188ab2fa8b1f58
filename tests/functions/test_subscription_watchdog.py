"""events/subscription_watchdog: subscriptions that vanished are made anew, each connection for itself."""

from dataclasses import replace

import pytest

from functions.subscription_watchdog.app import handler
from retailhub.domain.connections import Secret
from retailhub.domain.errors import Unavailable
from retailhub.runtime import intake
from tests.functions.conftest import Lines
from tests.functions.deployment import KEY, Context, Deployment, trigger
from tests.functions.shop import Shelves


def test_a_subscription_that_vanished_is_made_anew_and_the_gap_is_closed(
    aws: Deployment, shop: Shelves, lines: Lines
) -> None:
    """F10: at the connection's public address; a catch-up follows at once."""
    aws.connect("cnv0example", "cnv_loyalty")

    answer = handler(trigger("subscription_watchdog", "scheduled"), Context())

    assert answer == {"cnv0example": "repaired"}
    assert shop.made == ["https://hub.example.vn/webhooks/cnv-loyalty/cnv0example"]
    assert aws.messages("Pulls") == ["catch_up.cnv0example"]
    assert [(line["platform"], line["outcome"]) for line in lines() if "Watchdog" in line] == [
        ("cnv_loyalty", "repaired")
    ]


def test_a_live_subscription_is_left_alone(aws: Deployment, shop: Shelves) -> None:
    aws.connect("kv0example", "kiotviet")
    shop.topics["kv0example"] = {"customer.update"}

    answer = handler(trigger("subscription_watchdog", "scheduled"), Context())

    assert answer == {"kv0example": "fine"}
    assert shop.made == []


def test_the_reading_that_was_seen_is_pinned_in_the_secret_as_it_is_now(aws: Deployment, shop: Shelves) -> None:
    """kiotviet.md §2.4; a rotation of a moment ago is not undone."""
    aws.connect("kv0example", "kiotviet", proof_seen="decoded")
    intake.secrets().get("kv0example")
    intake.fresh_secrets().put("kv0example", Secret({}, current="rotated", previous=KEY))

    handler(trigger("subscription_watchdog", "scheduled"), Context())

    assert intake.fresh_secrets().get("kv0example") == Secret({}, current="rotated", previous=KEY, proof="decoded")


def test_a_reading_that_is_pinned_already_is_not_written_again(aws: Deployment, shop: Shelves) -> None:
    connection = aws.connect("kv0example", "kiotviet", proof_seen="text")
    secret = intake.fresh_secrets().get(connection.id)
    assert secret is not None
    intake.fresh_secrets().put(connection.id, replace(secret, proof="text"))
    aws.calls.clear()

    handler(trigger("subscription_watchdog", "scheduled"), Context())

    assert aws.calls["ssm.PutParameter"] == 0


def test_one_connection_s_trouble_does_not_keep_the_others_from_being_looked_after(
    aws: Deployment, shop: Shelves, lines: Lines
) -> None:
    aws.connect("aabroken", "kiotviet")
    aws.connect("kv0example", "kiotviet")
    shop.broken.add("aabroken")

    with pytest.raises(RuntimeError, match="watchdog_failed"):  # so that the schedule's alarm tells of it
        handler(trigger("subscription_watchdog", "scheduled"), Context())

    assert shop.topics == {"kv0example": {"customer.update"}}
    told = lines()
    assert [line["connection"] for line in told if line.get("message") == "watchdog failed"] == ["aabroken"]
    assert "0912000042" not in str(told)


def test_a_platform_that_is_down_is_reported_by_its_code(aws: Deployment, shop: Shelves) -> None:
    aws.connect("kv0example", "kiotviet")
    shop.trouble = Unavailable("unavailable")

    answer = handler(trigger("subscription_watchdog", "scheduled"), Context())

    assert answer == {"kv0example": "unavailable"}


def test_a_connection_without_credentials_is_passed_over(aws: Deployment, shop: Shelves) -> None:
    aws.connect("kv0example", "kiotviet")
    intake.fresh_secrets().delete("kv0example")

    answer = handler(trigger("subscription_watchdog", "scheduled"), Context())

    assert answer == {"kv0example": "no_credentials"}


def test_without_a_public_address_nothing_is_registered(
    aws: Deployment, shop: Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "")
    aws.connect("kv0example", "kiotviet")

    answer = handler(trigger("subscription_watchdog", "scheduled"), Context())

    assert answer == {"kv0example": "no_public_url"}
    assert shop.made == []
