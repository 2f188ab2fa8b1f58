"""The environment of a function, read when it is first needed, never at import."""

import json
import os
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Settings:
    """What template.yaml tells every function.

    dead_letter_queues: name of a queue → its dead letters' URL, for the admin API and the console alone.
    console_key: name of the parameter that holds what the console signs its sessions with.
    platform_urls: platform → base address, only where twins stand in for the real hosts; empty in production.
    """

    table: str
    changes_queue: str
    pulls_queue: str
    resumptions_queue: str
    delivery_queues: dict[str, str]
    dead_letter_queues: dict[str, str]
    secrets_prefix: str
    console_key: str
    public_url: str
    platform_urls: dict[str, str]


@cache
def settings() -> Settings:
    """The settings of this process; `settings.cache_clear()` in tests."""
    env = os.environ
    return Settings(
        table=env.get("TABLE_NAME", ""),
        changes_queue=env.get("CHANGES_QUEUE_URL", ""),
        pulls_queue=env.get("PULLS_QUEUE_URL", ""),
        resumptions_queue=env.get("RESUMPTIONS_QUEUE_URL", ""),
        delivery_queues={
            "getfly": env.get("GETFLY_DELIVERIES_QUEUE_URL", ""),
            "cnv_loyalty": env.get("CNV_LOYALTY_DELIVERIES_QUEUE_URL", ""),
            "haravan": env.get("HARAVAN_DELIVERIES_QUEUE_URL", ""),
        },
        dead_letter_queues=json.loads(env.get("DEAD_LETTER_QUEUES") or "{}"),
        secrets_prefix=env.get("SECRETS_PREFIX", ""),
        console_key=env.get("CONSOLE_KEY", ""),
        public_url=env.get("PUBLIC_URL", "").rstrip("/"),
        platform_urls=json.loads(env.get("PLATFORM_URLS") or "{}"),
    )
