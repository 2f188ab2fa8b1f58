"""A delivery: the wish that one platform gets the present state of one record. It names the record, not its content."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from retailhub.domain.stored import members

if TYPE_CHECKING:  # records bring pydantic, which a webhook function must not load
    from retailhub.domain.connections import Connection
    from retailhub.domain.records import Record, RecordType


@dataclass(frozen=True)
class Delivery:
    """One wish.

    group: the customer whom the record belongs to (or the record itself); one delivery at a time per group, so an
    order never overtakes its customer. asked: a person pushed the button. attempt: tells repeats apart for the queue.
    """

    platform: str
    connection: str
    type: RecordType
    id: str
    group: str
    version: int = 0
    asked: bool = False
    attempt: int = 0

    @property
    def once(self) -> str:
        """Equal for wishes that are one within the queue's five minutes."""
        return f"{self.connection}.{self.id}.{self.version}.{int(self.asked)}.{self.attempt}"

    def to_json(self) -> str:
        """The queue message."""
        return json.dumps(asdict(self))


def wish(record: Record, connection: Connection, *, asked: bool = False, attempt: int = 0) -> Delivery:
    """The delivery of a record to a connection."""
    place = connection.platform, connection.id
    return Delivery(*place, record.type, record.id, record.group, record.version, asked, attempt)


def queue_name(platform: str) -> str:
    """The name of a platform's delivery queue: `cnv_loyalty` → `CnvLoyaltyDeliveries`."""
    return f"{platform.title().replace('_', '')}Deliveries"


def delivery_from(message: str) -> Delivery:
    """The delivery in a queue message."""
    return Delivery(**members(Delivery, json.loads(message)))
