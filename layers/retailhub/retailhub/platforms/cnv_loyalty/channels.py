"""The channels on which CNV meets customers: Website, Mobile App, Zalo OA, Messenger Fanpage (R-CNV-12, A-CNV-9)."""

from retailhub.domain.phones import folded

CHANNELS = {
    "zalo": "Zalo OA",
    "zalo oa": "Zalo OA",
    "zalo-oa": "Zalo OA",
    "zalo_oa": "Zalo OA",
    "website": "Website",
    "web": "Website",
    "mobile app": "Mobile App",
    "mobile-app": "Mobile App",
    "mobile_app": "Mobile App",
    "app": "Mobile App",
    "messenger": "Messenger Fanpage",
    "messenger fanpage": "Messenger Fanpage",
    "fanpage": "Messenger Fanpage",
    "facebook": "Messenger Fanpage",
}
"""Words in `source` and `tags` → the channel; only "zalo,mini-app" was ever seen, the others follow the four names."""

KEY = "cnv"
"""The source of whom CNV names no channel for."""


def channel(source: str | None, tags: str | None, own: dict[str, str]) -> str | None:
    """The channel that `source` names, else the first tag that does; a source of its own is kept as it is written."""
    names = CHANNELS | {folded(word): name for word, name in own.items()}
    said = [source, *(tags or "").split(",")]
    return next((names[word] for text in said if (word := folded(text)) in names), None) or source


def as_source(name: str | None) -> str:
    """How hub and CRM show where somebody or an order came from: `CNV – Zalo OA` (A-CNV-9)."""
    return f"CNV – {name}" if name else KEY
