"""KiotViet's webhook registrations, kept by its client against its twin."""

from collections.abc import Iterator

import pytest

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Rejected
from retailhub.platforms.http import Unpaced
from retailhub.platforms.kiotviet.client import KiotViet
from tests.contract.kiotviet_shop import CREDENTIALS, HOOK, WEBHOOK_SECRET, client
from tests.contract.source_tests import control
from tests.twins.kiotviet import KiotVietTwin


@pytest.fixture
def twin() -> KiotVietTwin:
    """A fresh KiotViet shop."""
    return KiotVietTwin()


@pytest.fixture
def url(twin: KiotVietTwin) -> Iterator[str]:
    """Its address."""
    with twin.serve() as address:
        yield address


class TestRegistrations:
    """KiotViet's webhooks vanish now and then (kiotviet.md §0.3)."""

    def test_all_types_are_missing_at_first_and_none_after_registering(self, url: str) -> None:
        """One registration per type, each at its own address."""
        source = client(url)
        missing = source.missing_webhooks(HOOK)
        assert missing == ["customer.update", "customer.delete", "product.update", "product.delete", "invoice.update"]

        source.register_webhooks(HOOK, missing, WEBHOOK_SECRET)

        assert source.missing_webhooks(HOOK) == []

    def test_types_that_nobody_wants_are_not_missed(self, url: str) -> None:
        """R-KV-09: a store may send customers only."""
        connection = Connection("kv-mau", "kiotviet", "Cửa hàng mẫu", ("customer",))
        source = KiotViet(connection, Secret(CREDENTIALS), url, Unpaced())

        assert source.missing_webhooks(HOOK) == ["customer.update", "customer.delete"]

    def test_what_a_plugin_deleted_is_missed(self, url: str, twin: KiotVietTwin) -> None:
        """KiotViet's own website plugin deletes every hook of its types."""
        source = client(url)
        source.register_webhooks(HOOK, source.missing_webhooks(HOOK), WEBHOOK_SECRET)

        control(url, "POST", "/plugin")

        assert source.missing_webhooks(HOOK) == ["product.update", "product.delete"]

    def test_a_stopped_registration_is_missed_and_replaced(self, url: str, twin: KiotVietTwin) -> None:
        """After a 4xx KiotViet stops; there is no update, only delete and create (kiotviet.md §2.1)."""
        source = client(url)
        source.register_webhooks(HOOK, ["invoice.update"], WEBHOOK_SECRET)
        for hook in twin.hooks.registered.values():
            hook["isActive"] = False
        assert "invoice.update" in source.missing_webhooks(HOOK)

        source.register_webhooks(HOOK, ["invoice.update"], WEBHOOK_SECRET)

        hooks = list(twin.hooks.registered.values())
        assert [(hook["type"], hook["isActive"]) for hook in hooks] == [("invoice.update", True)]

    def test_another_systems_registration_stays(self, url: str, twin: KiotVietTwin) -> None:
        """The list is shop-wide; a foreign hook is never removed silently (kiotviet.md §2.1)."""
        source = client(url)
        source.register_webhooks("https://other.example.vn/kv", ["customer.update"], WEBHOOK_SECRET)

        source.register_webhooks(HOOK, ["customer.update"], WEBHOOK_SECRET)

        assert len(twin.hooks.registered) == 2

    def test_a_refusal_of_one_type_does_not_keep_the_others_out(self, url: str, twin: KiotVietTwin) -> None:
        """Where only one hook of a type may exist, the other types are registered and the refusal is told."""
        twin.switches["one_hook_per_type"] = True
        source = client(url)
        source.register_webhooks("https://other.example.vn/kv", ["customer.update"], WEBHOOK_SECRET)

        with pytest.raises(Rejected) as refusal:
            source.register_webhooks(HOOK, ["customer.update", "product.update"], WEBHOOK_SECRET)

        assert "đã tồn tại" in str(refusal.value)
        assert "product.update" not in source.missing_webhooks(HOOK)

    def test_the_handshake_is_asked_not_to_happen(self, url: str, twin: KiotVietTwin) -> None:
        """`?noecho` in the registered address (kiotviet.md §2.1)."""
        twin.switches["echo_handshake"] = True

        client(url).register_webhooks("http://127.0.0.1:9/nobody", ["customer.update"], WEBHOOK_SECRET)

        assert [hook["url"] for hook in twin.hooks.registered.values()] == [
            "http://127.0.0.1:9/nobody/customer.update?noecho"
        ]
