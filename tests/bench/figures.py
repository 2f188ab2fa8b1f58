"""A figure of a bench: what was measured, what it was to be, and whether it is so; and the table of them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table. `ok` is None where there is no target and the number is only shown."""

    what: str
    measured: str
    target: str = ""
    ok: bool | None = None


def at_most(what: str, value: float, limit: float, unit: str = "") -> Figure:
    """A value that must not be above its limit."""
    return Figure(what, written(value, unit), f"≤ {written(limit, unit)}", value <= limit)


def at_least(what: str, value: float, limit: float, unit: str = "") -> Figure:
    """A value that must not be below its limit."""
    return Figure(what, written(value, unit), f"≥ {written(limit, unit)}", value >= limit)


def exactly(what: str, value: object, wanted: object) -> Figure:
    """A value that must be as wanted."""
    return Figure(what, str(value), str(wanted), value == wanted)


def shown(what: str, value: float | str, unit: str = "") -> Figure:
    """A value without a target."""
    return Figure(what, value if isinstance(value, str) else written(value, unit))


def written(value: float, unit: str = "") -> str:
    """A number as people read it: three digits that matter, no blank fractions."""
    digits = 0 if abs(value) >= 100 or value == int(value) else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()


def table(figures: Iterable[tuple[str, Figure]]) -> str:
    """The figures with the name of their bench, in columns."""
    rows = [("bench", "figure", "measured", "target", "ok?")]
    rows += [(bench, f.what, f.measured, f.target or "–", _verdict(f)) for bench, f in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "─" * len(lines[0]), *lines[1:]])


def _verdict(figure: Figure) -> str:
    return {True: "yes", False: "NO", None: ""}[figure.ok]
