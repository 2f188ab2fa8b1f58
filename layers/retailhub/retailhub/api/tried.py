"""A rule tried out: the preview of ownership rules as the admin API answers it."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from retailhub.api.shapes.rules import ExampleAnswer, PreviewAnswer, PreviewWish, Share
from retailhub.api.visit import Visit
from retailhub.crm import previews, rules
from retailhub.crm.lists import Found
from retailhub.domain.records import Record
from retailhub.rules import rulebook

FIGURES = ("looked_at", "moved", "stayed", "nobody", "unmatched")


def tried(here: Visit, wish: PreviewWish) -> PreviewAnswer:
    """What the rule given, or all active ones, would do to the customers who are there. Raises Wrong, Garbled."""
    book = rulebook.read(here.office.table)
    chosen = [rules.unsaved(here.office, wish.rule.spoken())] if wish.rule else list(book.ownership)
    event = wish.rule.event if wish.rule else wish.event
    cursor = here.opened(wish.cursor)
    found = previews.preview(here.office, chosen, event, book, most=wish.limit, cursor=cursor)
    examples = [asdict(one) for one in found.examples]
    return PreviewAnswer(
        event=event,
        **{name: getattr(found, name) for name in FIGURES},
        by_employee=_shares(found.by_employee, book.staff),
        by_rule=_shares(found.by_rule, {rule.id: rule for rule in chosen}),
        examples=[ExampleAnswer(**one | {"rule": one["rule"] or None}) for one in examples],
        next_cursor=here.page(Found([], found.cursor), [])["next_cursor"],
    )


def _shares(counts: Counter[str], known: dict[str, Record]) -> list[Share]:
    """The largest first."""
    return [Share(id=one or None, name=_name(known.get(one)), customers=number) for one, number in counts.most_common()]


def _name(record: Record | None) -> Any:
    return record.fields.name if record else None
