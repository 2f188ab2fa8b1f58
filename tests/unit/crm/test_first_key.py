"""The first key of a deployed hub."""

import pytest

from retailhub.crm import first_key
from retailhub.crm.api_keys import create_first_key, every, known
from tests.fakes.memory_table import MemoryTable


def test_the_first_key_is_an_admins() -> None:
    table = MemoryTable()

    text = create_first_key(table, "2026-05-14T03:00:00.000000Z")

    found = known(table, text)
    assert found
    assert (found.role, found.created_at) == ("admin", "2026-05-14T03:00:00.000000Z")
    assert [key.id for key in every(table)] == [found.id]


def test_without_a_clock_it_is_now() -> None:
    table = MemoryTable()
    create_first_key(table)

    [key] = every(table)
    assert key.created_at > "2026"


def test_a_call_without_a_table_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert first_key.main([]) == 2
    assert "TableName" in capsys.readouterr().err
