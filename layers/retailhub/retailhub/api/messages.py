"""What the admin API says to people: Vietnamese, or English for those who ask for it (Accept-Language)."""

from typing import Literal

from retailhub.api.wording import base, catalogues, fields, lead_sync, leads, members, points, rules

Language = Literal["vi", "en"]
_LANGUAGES: dict[str, Language] = {"vi": "vi", "en": "en"}

MESSAGES: dict[str, tuple[str, str]] = {
    **base.WORDS,
    **catalogues.WORDS,
    **rules.WORDS,
    **fields.WORDS,
    **points.WORDS,
    **leads.WORDS,
    **lead_sync.WORDS,
    **members.WORDS,
}


def said(code: str, language: Language, fallback: str = "invalid") -> str:
    """The message for a code."""
    vietnamese, english = MESSAGES.get(code) or MESSAGES[fallback]
    return vietnamese if language == "vi" else english


def language_of(accept: str) -> Language:
    """The language that `Accept-Language` prefers among the two; Vietnamese if it names neither."""
    ranked: list[tuple[float, int, Language]] = []
    for place, part in enumerate(accept.lower().split(",")[:20]):
        tag, _, weight = part.strip().partition(";")
        if (language := _LANGUAGES.get(tag.strip().split("-")[0])) and _quality(weight) > 0:
            ranked.append((-_quality(weight), place, language))
    return min(ranked)[2] if ranked else "vi"


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
