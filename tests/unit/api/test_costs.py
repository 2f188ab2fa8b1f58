"""What a call costs is counted, so that it stays."""

from tests.bench.api_calls import business, costs, counted


def test_no_call_takes_more_reads_and_writes_than_its_figure() -> None:
    """The figures of the bench `api_calls`; each write is one transaction."""
    desk = business()
    for call in costs():
        reads, writes = counted(desk, call)
        assert (reads <= call.reads, writes <= call.writes) == (True, True), f"{call.path}: {reads} reads, {writes}"
