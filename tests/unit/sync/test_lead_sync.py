"""The cloud's leads come down: when they are due, one run at a time, and never over what is known here (R-SYN)."""

from dataclasses import replace

from retailhub.domain.lead_sync import LEAD_SYNC
from retailhub.platforms.crmviet.cloud import Cloud
from retailhub.store import connections, pulls, records
from retailhub.store.table import list_of
from retailhub.sync import pull
from retailhub.sync.lead_sync import tick
from retailhub.sync.reconcile import reconcile
from tests.fakes.staffed import book, employee, rule
from tests.fakes.world import World
from tests.unit.sync.leads import begin, cloud, connection_of, finish, lead

AN = {"name": "Trần Thị An", "phone": "+84912000111", "source": "facebook", "social_page": "Mây Tre Phú"}


def edited(world: World, source_id: str, **fields: str) -> None:
    """Somebody here edits a lead."""
    before = lead(world, source_id)
    after = replace(before, fields=before.fields.model_copy(update=fields), edited_here=True)
    world.table.write(records.put(replace(after, version=before.version + 1)))


class TestDue:
    """Every 5, 10 or 15 minutes, or never (R-SYN-06, A-SYN-1)."""

    def test_runs_come_by_themselves(self) -> None:
        """R-SYN-06: at the first tick, then whenever the period is over."""
        world = cloud(every_minutes=10)
        told = []
        for _ in range(4):
            told.append(tick(world.hub))
            if told[-1] == "begun":
                finish(world)
            world.now += 300

        assert told == ["begun", "not_due", "begun", "not_due"]

    def test_automatic_can_be_off(self) -> None:
        """R-SYN-06, A-SYN-1."""
        assert tick(cloud(every_minutes=None).hub) == "off"

    def test_nothing_set_nothing_runs(self) -> None:
        assert tick(World().hub) == "not_set"

    def test_the_night_s_comparison_leaves_leads_alone(self) -> None:
        """A-SYN-1: what is switched off stays off; catch-ups know nothing of leads either."""
        world = cloud(every_minutes=None)

        assert reconcile(world.hub)["compared"] == []
        assert pull.catch_up(world.hub, "crmviet_cloud") == []


class TestOneAtATime:
    """The run's own item is the lock (A-SYN-6)."""

    def test_a_run_under_way_is_left_alone(self) -> None:
        """A-SYN-6: by the schedule as by hand."""
        world = cloud()
        assert tick(world.hub) == "begun"
        world.now += 300

        assert tick(world.hub) == "running"
        assert begin(world) is None

    def test_two_at_the_same_moment_begin_one(self) -> None:
        """A-SYN-6: whoever comes to write second finds the run begun, and leaves nothing behind."""
        world = cloud()
        begin(world, "lan")
        finish(world)
        world.now += 60
        first: list[pulls.Pull | None] = []

        def meanwhile(operation: str) -> None:
            if operation == "transaction" and not first:
                first.append(None)
                first[0] = begin(world, "minh")

        world.table.before = meanwhile
        second = begin(world, "lan")

        assert first[0]
        assert second is None
        assert [one.by for one in pulls.of_connection(world.table, LEAD_SYNC)] == ["minh", "lan"]
        assert len([m for m in world.queues.messages if m.queue == "pulls"]) == 1

    def test_a_run_that_died_is_taken_up_again(self) -> None:
        """F42: nobody is locked out for good."""
        world = cloud()
        tick(world.hub)
        world.now += pull.SILENCE + 1

        assert tick(world.hub) == "begun"
        assert finish(world).status == "done"


class TestHistory:
    """What runs came to."""

    def test_finished_runs_are_kept_beside_the_present_one(self) -> None:
        world = cloud()
        for by in ("lan", "", "minh"):
            begin(world, by)
            finish(world)
            world.now += 60

        kept = pulls.of_connection(world.table, LEAD_SYNC)
        assert [one.by for one in kept] == ["minh", "", "lan"]
        aged = [item for item in world.table.items.values() if item["pk"].startswith(f"PULL#{LEAD_SYNC}.")]
        assert len(aged) == 2
        assert all(item["expires_at"] for item in aged)

    def test_they_do_not_push_others_out_of_the_list_of_what_may_have_to_be_woken(self) -> None:
        world = cloud()
        for _ in range(3):
            begin(world)
            finish(world)
            world.now += 60

        listed = world.table.query(list_of("pull"), index="listing").items
        assert [pulls.from_item(item).id for item in listed] == [LEAD_SYNC]

    def test_a_run_counts_what_is_new_and_what_stayed(self) -> None:
        """R-SYN-12: by reason."""
        world = cloud()
        platform = world.platforms[LEAD_SYNC]
        for n in range(25):
            platform.make("lead", name=f"Lead {n}", converted=n % 5 == 0)
        begin(world)
        first = finish(world)
        platform.edit("lead", "102", note="Gọi lại")
        world.now += 60
        begin(world)
        second = finish(world)

        counts = {"done": 20, "total": 25, "removed": 0, "left_out": {"converted": 5}}
        assert first.counts["lead"] == {**counts, "changed": 20, "new": 20}
        assert second.counts["lead"] == {**counts, "changed": 1, "new": 0}

    def test_settings_that_open_nothing_fail_the_run_in_clear_words(self) -> None:
        world = cloud()
        begin(world)
        broken = replace(world.hub, open=lambda c: Cloud(c, None, None, None))  # type: ignore[arg-type]
        stored = connection_of(world)
        world.table.write(connections.put(replace(stored, settings={"every_minutes": 7})))

        done = pull.step(broken, LEAD_SYNC, lambda: True)

        assert done
        assert (done.status, done.error["code"]) == ("failed", "bad_settings")


class TestLeads:
    """What becomes of a lead."""

    def test_a_lead_comes_down_once(self) -> None:
        """R-SYN-01, A-SYN-3, A-SYN-8: its key is the cloud's id; source and social page are kept."""
        world = cloud()
        key = world.platforms[LEAD_SYNC].make("lead", **AN)
        for _ in range(2):
            begin(world)
            finish(world)
            world.now += 60

        assert len(world.records("lead")) == 1
        found = lead(world, key)
        assert (found.fields.source, found.fields.social_page) == ("facebook", "Mây Tre Phú")
        assert (found.origin, found.created_by, found.version) == (LEAD_SYNC, LEAD_SYNC, 1)
        assert [(e.outcome, e.via) for e in world.events()] == [("applied", "lead_sync")]

    def test_a_second_run_fills_only_blanks(self) -> None:
        """A-SYN-3: what was worked on here stays, whatever the cloud says later."""
        world = cloud()
        platform = world.platforms[LEAD_SYNC]
        key = platform.make("lead", **AN)
        begin(world)
        finish(world)
        edited(world, key, name="Chị An (khách quen)")
        world.now += 60

        platform.edit("lead", key, name="An", phone="+84999999999", email="an@example.vn", note="Hỏi bàn trà")
        begin(world)
        finish(world)

        fields = lead(world, key).fields
        assert (fields.name, fields.phone) == ("Chị An (khách quen)", "+84912000111")
        assert (fields.email, fields.note) == ("an@example.vn", "Hỏi bàn trà")

    def test_a_lead_that_goes_there_stays_here(self) -> None:
        """A-SYN-3: converted after it was brought down, or gone: it is not removed."""
        world = cloud()
        platform = world.platforms[LEAD_SYNC]
        first, second = (platform.make("lead", name=name) for name in ("Một", "Hai"))
        begin(world)
        finish(world)
        platform.edit("lead", first, converted=True)
        del platform.rows["lead", second]
        world.now += 60
        begin(world)
        finish(world)

        assert [lead(world, key).deleted for key in (first, second)] == [False, False]

    def test_one_that_was_removed_here_does_not_come_back(self) -> None:
        """A-SYN-3."""
        world = cloud()
        platform = world.platforms[LEAD_SYNC]
        key = platform.make("lead", **AN)
        begin(world)
        finish(world)
        before = lead(world, key)
        world.table.write(records.put(replace(before, deleted=True, version=2)))
        world.now += 60

        platform.edit("lead", key, note="Gọi lại")
        begin(world)
        finish(world)

        assert lead(world, key).deleted

    def test_ownership_rules_hear_of_it_as_added(self) -> None:
        """A-SYN-8, A-OWN-7: with its source, its social page and who brought it."""
        world = cloud()
        lines = [("source", "=", "facebook"), ("social_page", "=", "Mây Tre Phú"), ("created_by", "=", LEAD_SYNC)]
        world.directory.book = book(
            rule(*lines, assign_to={"employee": "employee_lan"}),
            staff=(employee("lan"),),
        )
        platform = world.platforms[LEAD_SYNC]
        mine, other = platform.make("lead", **AN), platform.make("lead", name="Bình", source="webform")
        begin(world)
        finish(world)

        assert (lead(world, mine).fields.owner, lead(world, other).fields.owner) == ("employee_lan", None)
        notes = [note["code"] for event in world.events() for note in event.notes]
        assert [code for code in notes if code.startswith("owner")]
