"""Periods of days in Vietnam."""

import pytest

from retailhub.domain.periods import of_days
from retailhub.domain.refusals import Wrong


@pytest.mark.parametrize(
    "moment, within",
    [
        ("2026-05-13T16:59:59.999999Z", False),
        ("2026-05-13T17:00:00.000000Z", True),
        ("2026-05-15T16:59:59.999999Z", True),
        ("2026-05-15T17:00:00.000000Z", False),
        (None, False),
    ],
)
def test_a_period_has_its_first_and_its_last_day_whole(moment: str | None, within: bool) -> None:
    """A-CVR-5: from 00:00 to 23:59:59 in Vietnam, seven hours before UTC."""
    assert of_days("2026-05-14", "2026-05-15").has(moment) is within


def test_one_day_is_a_period() -> None:
    """R-CVR-10."""
    assert of_days("2026-05-14", "2026-05-14").has("2026-05-14T03:00:00.000000Z")


def test_an_open_end_has_no_bound() -> None:
    """A-CVR-8."""
    assert of_days(None, "2026-05-14").has("1999-01-01T00:00:00.000000Z")
    assert of_days("2026-05-14", None).has("2199-01-01T00:00:00.000000Z")
    assert of_days(None, None).has("2026-05-14T03:00:00.000000Z")


@pytest.mark.parametrize(
    "first, last, field, code",
    [
        ("2026-05-15", "2026-05-14", "from", "from_after_to"),
        ("2026-02-30", None, "from", "invalid_day"),
        (None, "soon", "to", "invalid_day"),
        (None, "9999-12-31", "to", "invalid_day"),
        ("0001-01-01", None, "from", "invalid_day"),
    ],
)
def test_a_period_that_cannot_be_is_refused(first: str | None, last: str | None, field: str, code: str) -> None:
    """A-CVR-8."""
    with pytest.raises(Wrong) as refused:
        of_days(first, last)

    assert (refused.value.field, refused.value.code) == (field, code)
