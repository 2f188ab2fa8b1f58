"""KiotViet's clock: Vietnam wall time, seven fractional digits, no offset in REST, +07:00 in webhooks."""

from datetime import UTC, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
OLD_DATA = datetime(2025, 1, 6, 1, 0, tzinfo=UTC).timestamp()


def wall(seconds: float) -> str:
    """Write POSIX seconds as REST does: 2026-05-14T10:22:31.4870000 (milliseconds, padded to seven digits)."""
    moment = datetime.fromtimestamp(seconds, VIETNAM)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}0000"


def later(stamp: str, than: str | None) -> str:
    """A stamp that is newer than `than`: `stamp` itself, or `than` and one millisecond."""
    if than is None or stamp > than:
        return stamp
    moment = datetime.fromisoformat(than[:23]) + timedelta(milliseconds=1)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}0000"


def asked(text: str) -> str:
    """A filter's date as a comparable stamp: wall time, an offset is not looked at. ValueError: not a date."""
    moment = datetime.fromisoformat(text.strip().replace(" ", "+")).replace(tzinfo=None)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06d}0"


def old_stamp(number: int) -> str:
    """When invented record `number` was made: 37 seconds after the one before, from 6 January 2025 on."""
    return wall(OLD_DATA + number * 37)
