"""Looking at an opening file before it is taken in: what the hub reads in it, and nothing is written (A-HL-6)."""

from dataclasses import dataclass

from retailhub.crm import opening_file
from retailhub.crm.opening_columns import Column, Entry, head
from retailhub.crm.opening_import import Line, entries

SHOWN = 20


@dataclass(frozen=True)
class Preview:
    """columns: those that are known, in the file's order. first: the first rows. refused: those that would be."""

    columns: tuple[Column, ...]
    ignored: tuple[str, ...]
    rows: int
    first: tuple[Entry | Line, ...]
    refused: tuple[Line, ...]


def read(kind: str, content: bytes, now: str) -> Preview:
    """The file as the import would read it. Raises Garbled, TooLarge and Wrong for one that cannot be taken at all."""
    found = opening_file.rows(kind, content)
    columns = head(found[0] if found else None)
    told = [one for _, one in entries(columns, found[1:], now)]
    refused = tuple(one for one in told if isinstance(one, Line))
    return Preview(tuple(columns.places.values()), columns.ignored, len(told), tuple(told[:SHOWN]), refused)
