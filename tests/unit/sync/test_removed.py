"""What is removed on a platform is marked here, in whatever order one hears of it (F05, F15, A-KV-3)."""

from retailhub.domain.changes import Change
from retailhub.sync.apply import apply
from tests.unit.sync.shop import SHOP, customer, shop, stamp, told


def test_a_thin_notice_of_what_is_gone_already_is_ignored() -> None:
    """F15: nothing was ever known of it, so nothing is kept but the event."""
    world, notice = shop(thin=True), Change(SHOP, "customer", "404", uid="u")
    event = apply(notice, world.hub)
    assert (event.outcome, event.reason) == ("ignored", "gone")
    assert not world.records("customer")


def test_a_thin_notice_of_a_known_record_that_is_gone_marks_it() -> None:
    """F15, A-KV-3: a soft mark."""
    world = shop(thin=True)
    platform = world.platforms[SHOP]
    source_id = platform.make("customer", name="An")
    told(world, Change(SHOP, "customer", source_id, uid="u1"))
    platform.remove("customer", source_id)
    assert told(world, Change(SHOP, "customer", source_id, uid="u2")) == ["applied"]
    record = world.record(SHOP, "customer", source_id)
    assert record
    assert record.deleted
    assert record.fields.name == "An"


def test_a_late_update_does_not_bring_the_deleted_back() -> None:
    """F05: delete, then the update that was sent before it. The platform is asked, and has nothing."""
    world = shop()
    delete = Change(SHOP, "customer", "7", "delete", {"removed": "7"})
    assert told(world, customer(at=1), delete, customer(at=2, name="Bình")) == ["applied", "applied", "applied"]
    record = world.record(SHOP, "customer", "7")
    assert record
    assert (record.deleted, record.fields.name) == (True, "Bình")


def test_delete_before_its_create_ends_like_create_before_delete() -> None:
    """I12: a delete that overtakes leaves a mark, and the last words complete it."""
    delete = Change(SHOP, "customer", "7", "delete", {"removed": "7"})
    ends = []
    for changes in ((customer(at=1), delete), (delete, customer(at=1)), (delete, customer(at=1), delete)):
        world = shop()
        told(world, *changes)
        record = world.record(SHOP, "customer", "7")
        assert record
        ends.append((record.deleted, record.fields))
    assert ends[0] == ends[1] == ends[2]
    assert ends[0][0]


def test_what_was_removed_and_is_there_again_lives_again() -> None:
    """The platform decides: a restored record is restored."""
    world = shop()
    world.platforms[SHOP].rows["customer", "7"] = {"id": "7", "updated_at": stamp(9), "fields": {"name": "An"}}
    told(world, customer(at=1), Change(SHOP, "customer", "7", "delete", {"removed": "7"}), customer(at=9))
    record = world.record(SHOP, "customer", "7")
    assert record
    assert not record.deleted
