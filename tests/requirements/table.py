"""The table of requirements and the tests that show them, made from the docstrings of all tests.

To write it anew: `python -m tests.requirements.table`.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.requirements.references import named

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent
TABLE = TESTS / "requirements.md"
AGAIN = "python -m tests.requirements.table"
NOT_HERE = ("CNV", "HRV", "KV")
"""Kinds that were shown before there was this table: they stand in it as far as tests name them."""

WHOLE = re.compile(r"R-[A-Z]+-\d{2}")

HEAD = f"""# Requirements and the tests that show them

Made by `{AGAIN}` from the docstrings of all tests; a test fails where it is out of date, or where a requirement has no
test. Kinds: B behaviour, D data, F formula, P parameter, S screen or step, X restriction, C context.
"""


@dataclass(frozen=True)
class Requirement:
    """One number of the catalogue (ids.txt). title: of its kind of requirement."""

    id: str
    kind: str
    title: str

    @property
    def area(self) -> str:
        """`OWN` of R-OWN-09."""
        return self.id.split("-")[1]


def requirements() -> list[Requirement]:
    """All numbers, in their order."""
    found, title = [], ""
    for line in (HERE / "ids.txt").read_text().splitlines():
        if line.startswith("# "):
            title = line.removeprefix("# ")
        elif line:
            number, kind = line.split()
            found.append(Requirement(number, kind, title))
    return found


def exempt() -> dict[str, str]:
    """Number → why no test can show it."""
    lines = [line for line in (HERE / "exempt.txt").read_text().splitlines() if line and not line.startswith("#")]
    return {number: reason for number, _, reason in (line.partition(" ") for line in lines)}


def tests(root: Path) -> Iterator[tuple[str, str]]:
    """(number, `path::test`) for every number in the docstring of a test, or that is one of its parameters."""
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for number in dict.fromkeys(named("\n".join(_texts(node)))):
                    yield number, f"{path.relative_to(root).as_posix()}::{node.name}"


def _texts(test: ast.FunctionDef) -> Iterator[str]:
    yield ast.get_docstring(test) or ""
    for decorator in test.decorator_list:
        strings = (node.value for node in ast.walk(decorator) if isinstance(node, ast.Constant))
        yield from (text for text in strings if isinstance(text, str) and WHOLE.fullmatch(text))


def shown() -> dict[str, list[str]]:
    """Number → the tests that name it."""
    found: dict[str, list[str]] = defaultdict(list)
    for number, test in tests(TESTS):
        found[number].append(test)
    return dict(found)


def missing(found: dict[str, list[str]]) -> list[Requirement]:
    """The requirements that need a test and have none."""
    excused = exempt()
    return [one for one in requirements() if one.area not in NOT_HERE and one.id not in found and one.id not in excused]


def written(found: dict[str, list[str]]) -> str:
    """The table as it is to be committed."""
    lines, title, excused = [HEAD], "", exempt()
    for one in requirements():
        if one.title != title:
            title = one.title
            lines.append(f"\n## {title}\n\n| number | kind | shown by |\n| --- | --- | --- |")
        told = "<br>".join(f"`{test}`" for test in sorted(found.get(one.id, ())))
        lines.append(f"| {one.id} | {one.kind} | {told or excused.get(one.id, '–')} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    present = shown()
    TABLE.write_text(written(present))
    print(f"{TABLE.name} written")
    for absent in missing(present):
        print(f"no test names {absent.id} ({absent.kind}, {absent.title})")
