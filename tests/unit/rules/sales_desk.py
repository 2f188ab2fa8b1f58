"""A sales desk for the tests: people enter customers in the office while shops and CRMs tell of theirs."""

from typing import Any

from retailhub.crm import customers, duplicates, records
from retailhub.crm.office import Office
from retailhub.domain.changes import Change
from retailhub.domain.records import Record
from retailhub.rules import claiming, rulebook
from retailhub.store import connections, events
from retailhub.store.events import Event
from retailhub.sync.apply import apply
from tests.fakes.memory_letters import MemoryLetters
from tests.fakes.memory_secrets import MemorySecrets
from tests.fakes.world import World

PLATFORMS: dict[str, Any] = {
    "kiotviet1": "kiotviet",
    "kiotviet2": "kiotviet",
    "haravan1": "haravan",
    "getfly1": "getfly",
    "cnv1": "cnv_loyalty",
    "cloud1": "crmviet_cloud",
}
BY_PHONE = ("getfly", "cnv_loyalty")
UNIQUE = {"unique": True}
REQUIRED = {"required": True}


class SalesDesk:
    """The office and the platforms over one table."""

    def __init__(self, **ticks: dict[str, bool]) -> None:
        self.world = World()
        for name, platform in PLATFORMS.items():
            types: Any = ("customer", "lead", "contract", "order", "product")
            self.world.connect(name, platform, types, phone_is_identity=platform in BY_PHONE)
            self.world.table.write(connections.put(self.world.directory.known[name]))
        self.office = Office(
            self.world.table,
            self.world.queues,
            MemorySecrets(),
            MemoryLetters(),
            None,  # type: ignore[arg-type]  # nothing here asks a platform
            self.world.clock,
            "https://hub.example.vn",
            "lan",
        )
        if ticks:
            self.tick(ticks)

    def tick(self, ticks: dict[str, dict[str, bool]], *, run: bool = True) -> None:
        """The administrator saves settings, and what is newly unique is claimed."""
        duplicates.save(self.office, ticks, None)
        if run:
            for field in ticks:
                self.claim(field)
        self.world.directory.book = rulebook.read(self.world.table)

    def claim(self, field: str) -> None:
        """The run over present values, to its end."""
        sent: list[str] = []
        claiming.step(self.world.table, self.world.clock, sent.append, claiming.run_of(field), lambda: True)
        assert not sent

    def enter(self, **spoken: Any) -> Record:
        """Somebody enters a customer."""
        return customers.create(self.office, spoken)

    def edit(self, customer: Record, **spoken: Any) -> Record:
        """Somebody edits a customer."""
        return records.change(
            self.office, "customer", customer.id, None, lambda fields: customers.edited(fields, spoken)
        )

    def remove(self, customer: Record) -> Record:
        """Somebody removes a customer."""
        return records.remove(self.office, "customer", customer.id, None)

    def told(self, connection: str, source_id: str, at: int = 0, record_type: str = "customer", **fields: Any) -> Event:
        """What a platform says of a record at a minute."""
        return self.apply(self.words(connection, source_id, at, record_type, **fields))

    def words(
        self, connection: str, source_id: str, at: int = 0, record_type: str = "customer", **fields: Any
    ) -> Change:
        buyer = fields.pop("buyer", None)
        row = {"id": source_id, "updated_at": f"2026-05-14T02:{at:02d}:00.000000Z", "fields": fields, "buyer": buyer}
        return Change(connection, record_type, source_id, payload=row)

    def apply(self, change: Change) -> Event:
        """Apply a change; answers its row, or what became of it where it left none."""
        event = apply(change, self.world.hub)
        return events.load(self.world.table, event.id) or event

    def queued(self) -> list[Event]:
        """Apply what lies in the queue of changes."""
        waiting = [message for message in self.world.queues.messages if message.queue == "changes"]
        self.world.queues.messages = [one for one in self.world.queues.messages if one.queue != "changes"]
        return [self.apply(self.world.queues.change_of(message)) for message in waiting]

    def living(self, record_type: Any = "customer") -> list[Record]:
        """The records that are not removed, oldest first."""
        found = [record for record in self.world.records(record_type) if not record.deleted]
        return sorted(found, key=lambda record: record.created_at)

    def fresh(self, record: Record) -> Record:
        """The record as it is now."""
        return records.find(self.office, record.type, record.id)
