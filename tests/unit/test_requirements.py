"""Every requirement is shown by a test that names it, and the table of them is the present one."""

from collections import defaultdict

import pytest

from tests.requirements import table
from tests.requirements.references import named


@pytest.mark.parametrize(
    "text, numbers",
    [
        ("R-OWN-09, A-OWN-3: in turn.", ["09"]),
        ("R-OWN-09..11", ["09", "10", "11"]),
        ("R-OWN-09…11, R-OWN-20", ["09", "10", "11", "20"]),
        ("R-OWN-09 … R-OWN-11", ["09", "10", "11", "11"]),
        ("R-OWN-09 to R-OWN-11.", ["09", "10", "11", "11"]),
        ("R-OWN-09–11", ["09", "10", "11"]),
        ("R-OWN-09, 10: both", ["09", "10"]),
        ("R-OWN-09/10 and 12.", ["09", "10", "12"]),
        ("R-OWN-09, 12..14; F66", ["09", "12", "13", "14"]),
        ("R-OWN-09, 10 customers at once", ["09"]),
        ("R-OWN-09, 2026", ["09"]),
        ("R-OWN-1, PR-OWN-09, A-OWN-03", []),
    ],
)
def test_numbers_are_read_however_they_are_listed(text: str, numbers: list[str]) -> None:
    assert list(named(text)) == [f"R-OWN-{number}" for number in numbers]


@pytest.mark.parametrize("text", ["R-OWN-09..08", "R-OWN-09…R-SYN-11"])
def test_a_range_that_is_none_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="no range"):
        list(named(text))


def test_every_requirement_has_a_test() -> None:
    """Each test's docstring names the requirements that it shows."""
    areas: dict[str, list[str]] = defaultdict(list)
    for one in table.missing(table.shown()):
        areas[one.title].append(f"{one.id} ({one.kind})")

    told = "\n".join(f"  {title}: {', '.join(numbers)}" for title, numbers in areas.items())
    assert not areas, f"no test names these in its docstring:\n{told}"


def test_no_test_names_a_requirement_that_there_is_not() -> None:
    known = {one.id for one in table.requirements()}

    strange = {number: tests for number, tests in table.shown().items() if number not in known}
    assert strange == {}


def test_only_context_is_exempt() -> None:
    kinds = {one.id: one.kind for one in table.requirements()}
    excused = table.exempt()

    assert {number: kinds.get(number) for number in excused} == dict.fromkeys(excused, "C")
    assert all(excused.values())


def test_the_committed_table_is_the_present_one() -> None:
    """Point of the table: a reader finds the test of a requirement without searching."""
    assert table.TABLE.read_text() == table.written(table.shown()), f"write it anew: {table.AGAIN}"
