"""The table in memory keeps the contract, so that what is tested on it holds."""

from collections.abc import Callable

import pytest

from retailhub.store.table import Table
from tests.contract.table_tests import TableTests
from tests.fakes.memory_table import MemoryTable


class TestMemoryTable(TableTests):
    @pytest.fixture
    def table(self) -> Table:
        return MemoryTable()

    @pytest.fixture
    def other(self, table: Table) -> Callable[[], Table]:
        return lambda: table
