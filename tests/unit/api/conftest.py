"""Every test of the API starts at an empty desk, and no test may leave an error behind that nobody foresaw."""

from collections.abc import Iterator

import pytest

from tests.unit.api.desk import Desk


@pytest.fixture
def desk() -> Iterator[Desk]:
    """The API over an empty hub."""
    made = Desk()
    yield made
    assert made.noted == []
