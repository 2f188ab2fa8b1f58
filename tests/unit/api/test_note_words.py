"""Every decision that the code notes has words in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from retailhub.api.messages import MESSAGES
from retailhub.api.wording.stories import WORDS

PACKAGE = Path(__file__).resolve().parents[3] / "layers/retailhub/retailhub"
PLACES = ("rules", "sync", "crm")


def noted() -> Iterator[tuple[str, str]]:
    """(pattern of the code, where it stands) of every `….note("code", …)`; an f-string's parts may be anything."""
    for path in sorted(file for place in PLACES for file in (PACKAGE / place).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "note":
                yield from ((code, f"{path.name}:{node.lineno}") for code in _codes(node))


def _codes(call: ast.Call) -> Iterator[str]:
    for one in _alternatives(call.args[0]) if call.args else ():
        if isinstance(one, ast.Constant):
            yield re.escape(str(one.value))
        elif isinstance(one, ast.JoinedStr):
            parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w+" for p in one.values]
            yield "".join(parts)


def _alternatives(node: ast.expr) -> list[ast.expr]:
    return [*_alternatives(node.body), *_alternatives(node.orelse)] if isinstance(node, ast.IfExp) else [node]


SAID = {**MESSAGES, **WORDS}
NOTED = sorted(set(noted()))


@pytest.mark.parametrize("pattern, where", NOTED, ids=[f"{where} {code}" for code, where in NOTED])
def test_every_noted_decision_has_words_in_both_languages(pattern: str, where: str) -> None:
    """Point 10: which rule or reading decided, in Vietnamese and English."""
    words = [both for code, both in SAID.items() if re.fullmatch(f"note\\.{pattern}", code)]

    assert words, f"{where}: put “note.{pattern}” into the words of its area (api/wording)"
    assert all(vietnamese and english for vietnamese, english in words)


def test_the_words_of_a_decision_name_the_same_facts_in_both_languages() -> None:
    """A fact that stands in one language only would be lost for the other's readers."""
    for code, (vietnamese, english) in SAID.items():
        if code.startswith("note."):
            assert set(re.findall(r"{(\w+)}", vietnamese)) == set(re.findall(r"{(\w+)}", english)), code


def test_something_is_noted() -> None:
    """The search itself works."""
    assert any("owner" in code for code, _ in NOTED)
