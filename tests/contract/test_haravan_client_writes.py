"""Haravan's client writes to its twin: customers that are pushed, and an app's subscription."""

from collections.abc import Iterator
from typing import Any

import pytest

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Rejected, Unavailable
from retailhub.domain.records import MODELS, Record
from retailhub.platforms.base import Remote, View
from retailhub.platforms.haravan.client import TOPICS, Haravan
from retailhub.platforms.http import Unpaced
from tests.contract.haravan_shop import APP, client, quick
from tests.contract.source_tests import control, ids
from tests.twins.haravan import HaravanTwin


@pytest.fixture
def twin() -> HaravanTwin:
    """A fresh Haravan shop."""
    return quick()


@pytest.fixture
def url(twin: HaravanTwin) -> Iterator[str]:
    """Its address."""
    with twin.serve() as address:
        yield address


def pushed(name: str = "Phạm Thu Hà", phone: str = "+84912000111", email: str = "ha.pham@example.vn") -> View:
    """What Haravan should have of an invented customer."""
    fields = MODELS["customer"].model_validate({"name": name, "phone": phone, "email": email})
    return Haravan(Connection("h", "haravan", "x"), Secret({"access_token": "t"}), None, Unpaced()).view(
        Record("customer", "c_1", fields), None
    )


class TestPushing:
    """Customers go to Haravan (R-HRV-38…41, A-HRV-15)."""

    def test_a_customer_is_created_and_found_again(self, url: str, twin: HaravanTwin) -> None:
        """Name, mobile and e-mail arrive; a second attempt finds the first."""
        shop = client(url)

        made = shop.create("customer", "RH-C_1", pushed())

        row = twin.records["customers"][int(made.id)]
        assert (row["first_name"], row["last_name"], row["phone"], row["email"]) == (
            "Hà",
            "Phạm Thu",
            "0912000111",
            "ha.pham@example.vn",
        )
        assert shop.find("customer", "RH-C_1", pushed()) == made
        assert shop.snapshot("customer", shop.read("customer", made.id)).fields["name"] == "Phạm Thu Hà"

    def test_a_lost_answer_does_not_make_two(self, url: str, twin: HaravanTwin) -> None:
        """Created, but the answer never came: look-up before the next attempt finds it."""
        shop = client(url)
        control(url, "POST", "/faults", {"status": 0, "after": True, "path": "customers.json", "method": "POST"})
        with pytest.raises(Unavailable):
            shop.create("customer", "RH-C_1", pushed())

        found = shop.find("customer", "RH-C_1", pushed())

        assert found is not None
        assert ids(url, "customers") == {found.id}

    @pytest.mark.parametrize(
        "theirs, found",
        [
            ({"first_name": "Hà", "last_name": "Phạm Thu", "phone": "84912000111"}, True),
            ({"first_name": "Phạm Thu Hà", "phone": "0912 000 111"}, True),
            ({"first_name": "Hà", "last_name": "Phạm Thu", "email": "Ha.Pham@example.vn"}, True),
            ({"first_name": "Nam", "last_name": "Phạm Văn", "phone": "0912000111"}, False),
            ({"first_name": "Hà", "last_name": "Phạm Thu", "phone": "0988000222"}, False),
        ],
    )
    def test_only_the_same_person_is_found(self, url: str, twin: HaravanTwin, theirs: Any, found: bool) -> None:
        """R-HRV-10: an equal phone under another name is somebody else."""
        twin.create("customers", theirs)
        view = pushed() if "phone" in theirs else pushed(phone="")

        assert (client(url).find("customer", "RH-C_1", view) is not None) is found

    @pytest.mark.parametrize("shape", ["fields", "text", "message"])
    def test_a_refused_phone_is_named(self, url: str, twin: HaravanTwin, shape: str) -> None:
        """Haravan keeps phones unique; the refusal's body has many shapes (haravan.md §3.2)."""
        twin.switches["duplicate_body"] = shape
        twin.create("customers", {"first_name": "Nam", "phone": "0912000111"})

        with pytest.raises(Rejected) as refusal:
            client(url).create("customer", "RH-C_1", pushed())

        assert (refusal.value.status, refusal.value.field) == (422, "phone")

    def test_without_phone_and_email_nothing_is_created(self, url: str, twin: HaravanTwin) -> None:
        """Such a customer could not be found again after a lost answer."""
        shop, view = client(url), pushed(phone="", email="")
        assert shop.find("customer", "RH-C_1", view) is None

        with pytest.raises(Rejected) as refusal:
            shop.create("customer", "RH-C_1", view)

        assert refusal.value.code == "phone_or_email_required"
        assert not twin.records["customers"]

    def test_an_update_leaves_the_rest_alone(self, url: str, twin: HaravanTwin) -> None:
        """Absolute and without blanks: twice is as once, and nothing there is emptied."""
        made = twin.create("customers", {"first_name": "Hà", "phone": "0912000111", "note": "khách quen"})
        shop, remote = client(url), Remote(str(made["id"]))

        for _ in range(2):
            shop.update("customer", remote, {"content"}, pushed(phone=""))

        row = twin.records["customers"][made["id"]]
        assert (row["last_name"], row["phone"], row["note"], row["email"]) == (
            "Phạm Thu",
            "0912000111",
            "khách quen",
            "ha.pham@example.vn",
        )

    def test_updating_somebody_who_is_gone_says_so(self, url: str) -> None:
        """404, so that the sync can decide anew."""
        with pytest.raises(Rejected) as refusal:
            client(url).update("customer", Remote("1300000099"), {"content"}, pushed())

        assert refusal.value.status == 404


class TestSubscription:
    """Webhooks of an app are subscribed by API, private ones by hand (haravan.md §2.1, §2.2)."""

    def test_private_webhooks_are_never_missed(self, url: str, twin: HaravanTwin) -> None:
        """Only a person can enter them; nothing is asked."""
        assert client(url).missing_webhooks(APP) == []
        assert not twin.by_route

    @pytest.mark.parametrize("shape", ["data", "list"])
    def test_an_app_is_subscribed_once(self, url: str, twin: HaravanTwin, shape: str) -> None:
        """Missing at first, live after subscribing, missing again after Haravan deleted it."""
        twin.switches["subscribe_shape"] = shape
        twin.hooks.app_callback = {"url": APP, "secret": "invented", "topics": None}
        shop = client(url, webhook_kind="app")
        assert shop.missing_webhooks(APP) == TOPICS

        shop.register_webhooks(APP, TOPICS, "")
        assert shop.missing_webhooks(APP) == []

        twin.hooks.subscribed.clear()
        assert shop.missing_webhooks(APP) == TOPICS

    def test_an_error_told_with_status_200_is_an_error(self, url: str) -> None:
        """`{"error": true}`: the callback is not set in the dashboard."""
        with pytest.raises(Rejected) as refusal:
            client(url, webhook_kind="app").register_webhooks(APP, TOPICS, "")

        assert "not configured" in str(refusal.value)
