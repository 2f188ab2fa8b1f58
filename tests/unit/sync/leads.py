"""A cloud with leads in the world of the tests, set up as the admin would."""

from dataclasses import replace
from typing import Any

from retailhub.domain.connections import Connection
from retailhub.domain.lead_sync import CLOUD, LEAD_SYNC, TYPES
from retailhub.domain.records import Record, RecordType, Snapshot
from retailhub.platforms.base import PulledPage
from retailhub.store import connections, pulls
from retailhub.sync import pull
from tests.fakes.fake_platform import FakePlatform
from tests.fakes.world import World
from tests.unit.sync.runs import apply_all


class FakeCloud(FakePlatform):
    """It tells source and social page once, and leaves converted leads out of its list."""

    def snapshot(self, record_type: RecordType, payload: Any) -> Snapshot:
        told = super().snapshot(record_type, payload)
        first: dict[str, Any] = {
            name: told.fields.pop(name) for name in ("source", "social_page") if name in told.fields
        }
        told.fields.pop("converted", None)
        return replace(told, first=first)

    def pages(self, record_type: RecordType, since: str | None, cursor: str | None) -> PulledPage:
        page = super().pages(record_type, since, cursor)
        kept = [row for row in page.rows if not row.payload["fields"].get("converted")]
        gone = len(page.rows) - len(kept)
        return replace(page, rows=kept, left_out={"converted": gone} if gone else {})


def cloud(**settings: Any) -> World:
    """A world with the sync of leads; every five minutes unless told otherwise."""
    world = World()
    world.connect(LEAD_SYNC, CLOUD, TYPES)
    made = FakeCloud(LEAD_SYNC, world.clock, merge="blanks", reads=TYPES, subscribed=False, page_size=10)
    world.platforms[LEAD_SYNC] = made
    stored = replace(world.directory.known[LEAD_SYNC], settings={"every_minutes": 5, **settings}, version=1)
    world.table.write(connections.put(stored))
    return world


def connection_of(world: World) -> Connection:
    found = connections.load(world.table, LEAD_SYNC)
    assert found
    return found


def begin(world: World, by: str = "") -> pulls.Pull | None:
    """A run begun by hand."""
    return pull.start(world.hub, connection_of(world), LEAD_SYNC, TYPES, LEAD_SYNC, by)


def finish(world: World) -> pulls.Pull:
    """Everything that the run under way has to do; what it brings is applied."""
    done = pull.step(world.hub, LEAD_SYNC, lambda: True)
    apply_all(world)
    assert done
    return done


def lead(world: World, source_id: str) -> Record:
    found = world.record(LEAD_SYNC, "lead", source_id)
    assert found, f"no lead {source_id}"
    return found
