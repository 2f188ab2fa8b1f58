"""A connection: one configured shop or system, and the secret that belongs to it.

Only the standard library is imported here: webhook functions read secrets and must start quickly.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from retailhub.domain.stored import members

PlatformName = Literal["kiotviet", "haravan", "getfly", "cnv_loyalty", "crmviet", "haraloyalty"]
WITH_WEBHOOK: tuple[PlatformName, ...] = ("kiotviet", "haravan", "getfly", "cnv_loyalty", "crmviet")
"""Platforms that speak to us by themselves; the others are only asked."""
PLATFORMS: tuple[PlatformName, ...] = (*WITH_WEBHOOK, "haraloyalty")


@dataclass(frozen=True)
class Connection:
    """`settings` are the platform's own, without secrets (see each platform's `settings.py`). `id` is unguessable: it
    is part of the webhook URL."""

    id: str
    platform: PlatformName
    name: str
    record_types: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    status: Literal["active", "paused"] = "active"
    rev: int = 0
    version: int = 0
    created_at: str = ""
    updated_at: str = ""
    created_by: str = ""
    updated_by: str = ""
    proof_seen: str = ""

    @property
    def paused(self) -> bool:
        """A paused connection neither applies nor delivers; what comes meanwhile is parked."""
        return self.status == "paused"

    @property
    def webhook_path(self) -> str:
        """Where its platform's webhooks come in, under the hub's public address."""
        return f"/webhooks/{self.platform.replace('_', '-')}/{self.id}"


@dataclass(frozen=True)
class Secret:
    """What proves us to a platform and a webhook to us; kept only in the parameter store.

    current, previous: webhook secrets; the previous one is good until `previous_until` (ISO instant) after a rotation.
    proof: the reading of the signature key that has been seen to verify (KiotViet), "" while unknown.
    """

    credentials: dict[str, str] = field(default_factory=dict)
    current: str = ""
    previous: str = ""
    previous_until: str = ""
    proof: str = ""

    def live(self, now: str) -> list[str]:
        """The webhook secrets that are accepted at `now` (ISO instant)."""
        kept = self.previous if self.previous and now < self.previous_until else ""
        return [secret for secret in (self.current, kept) if secret]

    def to_json(self) -> str:
        """As it is kept in the parameter store."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> "Secret":
        """The secret kept as `to_json` wrote it."""
        return Secret(**members(Secret, json.loads(text)))
