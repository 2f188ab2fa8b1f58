"""The requirement numbers that a sentence names: R-OWN-09, R-OWN-09..11, R-OWN-09…R-OWN-11, R-OWN-09, 10."""

import re
from collections.abc import Iterator

_RANGE = r"(?:\.{2,3}|…|–|\bto\b)"
_NUMBER = re.compile(r"\bR-([A-Z]+)-(\d{2})(?!\d)")
_UPTO = re.compile(rf"\s*{_RANGE}\s*(?:R-([A-Z]+)-)?(\d{{2}})(?!\d)")
_MORE = re.compile(r"\s*(?:,|/|&|\band\b)\s*(\d{2})(?!\d)(?=\s*(?:[,;:.)/…–&]|and\b|$))")


def named(text: str) -> Iterator[str]:
    """Every number named in the text, ranges and lists spelled out. Raises ValueError for a range that runs backwards
    or from one kind to another."""
    for found in _NUMBER.finditer(text):
        kind, last, place = found[1], int(found[2]), found.end()
        yield _spelled(kind, last)
        while True:
            if upto := _UPTO.match(text, place):
                if upto[1] not in (None, kind) or int(upto[2]) <= last:
                    raise ValueError(f"no range: {text[found.start() : upto.end()]}")
                yield from (_spelled(kind, number) for number in range(last + 1, int(upto[2]) + 1))
                last, place = int(upto[2]), upto.end()
            elif more := _MORE.match(text, place):
                last, place = int(more[1]), more.end()
                yield _spelled(kind, last)
            else:
                break


def _spelled(kind: str, number: int) -> str:
    return f"R-{kind}-{number:02}"
