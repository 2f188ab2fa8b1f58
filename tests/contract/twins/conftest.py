"""What the twins' contract tests share: an inbox, and each twin on an address of its own."""

from collections.abc import Iterator

import pytest

from tests.contract.twins.shops import HaravanShop, KiotVietShop
from tests.twins.haravan import HaravanTwin
from tests.twins.inbox import Inbox
from tests.twins.kiotviet import KiotVietTwin


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """An address that keeps the webhooks it is sent."""
    with Inbox().open() as opened:
        yield opened


@pytest.fixture
def kiotviet() -> Iterator[KiotVietShop]:
    """A KiotViet shop of its own."""
    twin = KiotVietTwin()
    with twin.serve() as url:
        yield KiotVietShop(twin, url)


@pytest.fixture
def haravan() -> Iterator[HaravanShop]:
    """A Haravan shop of its own."""
    twin = HaravanTwin()
    with twin.serve() as url:
        yield HaravanShop(twin, url)
