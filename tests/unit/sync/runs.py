"""Runs through a shop's listings, for the tests of pull."""

from retailhub.store import pulls
from retailhub.sync import pull
from retailhub.sync.apply import apply
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, shop

TYPES = ("customer", "product", "order")


def stocked(customers: int = 23, **options: object) -> World:
    """A shop that had data before it was connected: its old webhooks never came."""
    world = shop(page_size=10, **options)
    platform = world.platforms[SHOP]
    platform.subscribed = False
    for n in range(customers):
        platform.make("customer", name=f"Khách {n}")
        world.now += 1
    return world


def run(world: World, pull_id: str = "b1", pages: int = 1000) -> pulls.Pull | None:
    """Steps of a run, each of a number of pages, until it ends; changes are applied as they come."""
    for _ in range(200):
        left = iter(range(pages))
        done = pull.step(world.hub, pull_id, lambda left=left: next(left, None) is not None)  # type: ignore[misc]
        apply_all(world)
        if done is None or done.status != "running":
            return done
    raise AssertionError("the run does not end")


def apply_all(world: World) -> int:
    """Apply what is queued; answers how many changes there were."""
    waiting = [m for m in world.queues.messages if m.queue == "changes"]
    for message in waiting:
        apply(world.queues.change_of(message), world.hub)
    world.queues.messages.clear()
    return len(waiting)


def backfill(world: World, types: tuple[str, ...] = TYPES) -> pulls.Pull | None:
    return pull.start(world.hub, world.directory.known[SHOP], "backfill", types, "b1")
