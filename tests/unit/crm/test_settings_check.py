"""What an operator enters is held against the platform's own settings."""

import pytest

from retailhub.crm import settings_check
from retailhub.domain.connections import PLATFORMS
from retailhub.domain.refusals import Wrong


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_platform_says_what_it_needs(platform: str) -> None:
    """Each platform's settings and credentials can be entered; what it does not know is refused by name."""
    with pytest.raises(Wrong) as settings:
        settings_check.checked_settings(platform, {"no_such_setting": 1})
    with pytest.raises(Wrong) as credentials:
        settings_check.checked_credentials(platform, {"no_such_credential": "hush"})

    assert "settings.no_such_setting" in {fault.field for fault in settings.value.faults}
    assert "credentials.no_such_credential" in {fault.field for fault in credentials.value.faults}
    assert "hush" not in str(credentials.value.faults)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_platform_has_record_types(platform: str) -> None:
    every = settings_check.record_types(platform, None)

    assert every
    assert settings_check.record_types(platform, list(reversed(every))) == every, "in the platform's own order"


def test_a_platform_that_is_not_there_is_said_so() -> None:
    with pytest.raises(Wrong) as refused:
        settings_check.record_types("kiotviet", ["order"])

    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("record_types.0", "not_of_platform")]
