"""The business behind the hub: its staff, rules and settings, and those who work in the office while all goes on."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from retailhub.crm import duplicates, points, records, reviews, rules
from retailhub.crm.office import Office, seeded_ids
from retailhub.domain.business import Department, Employee
from retailhub.domain.errors import Temporary
from retailhub.domain.refusals import Refusal
from retailhub.domain.rules import DuplicateSettings, FieldSetting
from retailhub.rules import rulebook
from retailhub.rules.rulebook import RuleBook
from retailhub.store import connections
from retailhub.store import reviews as review_store
from tests.fakes.chronicle import Chronicle
from tests.fakes.faults import Killed
from tests.fakes.memory_letters import MemoryLetters
from tests.fakes.memory_secrets import MemorySecrets
from tests.fakes.world import World

REMEMBERED = 20.0
"""Seconds for which warm workers remember the rules."""
WORKERS = 2
POINTS = {"amount_per_point": 100_000, "point_value": 1_000, "min_purchases": 2, "min_points_left": 5}
USERS = ("web", "kinhdoanh")
"""Whom Getfly knows: the webmaster, and somebody else."""
ONLINE, FAIR = "https://shop.example.vn/", "Hội chợ"
Wish = Callable[[Office], object]


@dataclass(frozen=True)
class Request:
    """What somebody asks of the hub; who sends it again, because no answer came, sends the same ids."""

    seed: str
    wish: Wish


class Company:
    """sales: the department's employees in turn order; `webmaster` gets the customers of the web shop's orders.

    remembering: worker → when the rules were read, and what they were. rate_moves: the points' rate was changed while
    all went on. refused: what people were told no for, by code.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.chronicle = Chronicle(
            world.table, min_points_left=POINTS["min_points_left"], min_purchases=POINTS["min_purchases"]
        )
        self.opened = Office(
            world.table,
            world.queues,
            MemorySecrets(),
            MemoryLetters(),
            None,  # type: ignore[arg-type]  # nothing here asks a platform
            world.clock,
            "https://hub.example.vn",
        )
        self.asked, self.unanswered, self.refused = 0, list[Request](), Counter[str]()
        self.rate_moves = False
        self.automations: list[str] = []
        self.rules: list[str] = []
        self.remembering: dict[int, tuple[float, RuleBook]] = {}
        healed, world.faults.healed = world.faults.healed, True
        self._begin()
        world.faults.healed = healed
        world.directory.reads = self.book
        world.left_open += [self.decide, self.answer]

    def office(self, seed: str) -> Office:
        """As one request finds it."""
        return replace(self.opened, by="lan", new_id=seeded_ids(seed))

    def book(self) -> RuleBook:
        """The rule book as the worker who asks remembers it."""
        at = self.world.dice.randrange(WORKERS)
        known = self.remembering.get(at)
        if known is None or self.world.now - known[0] > REMEMBERED:
            known = self.world.now, rulebook.read(self.world.table)
            self.remembering[at] = known
        return known[1]

    def ask(self, wish: Wish) -> None:
        """Somebody asks for this, now and then twice at once; without an answer it may be sent again later."""
        request = self._request(wish)
        if self.world.dice.random() < 0.1:
            self._send_at_once(request, request)
        else:
            self._send(request)

    def ask_at_once(self, first: Wish, second: Wish) -> None:
        """Two people ask at the same moment (F67, F70)."""
        self._send_at_once(self._request(first), self._request(second))

    def again(self, dice: random.Random) -> None:
        """Somebody sends once more what was not answered, or forgets about it."""
        if self.unanswered:
            request = self.unanswered.pop(dice.randrange(len(self.unanswered)))
            if dice.random() < 0.8:
                self._send(request)

    def absent(self, dice: random.Random) -> None:
        """The last of the sales people is away or does not work here any more, or is back again (F64)."""
        told = dice.choice(({"absent": True}, {"absent": True}, {"active": False}, {"absent": False, "active": True}))

        def wish(office: Office) -> object:
            return records.change(
                office, "employee", self.sales[-1], None, lambda fields: fields.model_copy(update=told)
            )

        self.ask(wish)

    def another_order(self, dice: random.Random) -> None:
        """The admin moves a rule, which makes a new version of those that make room (F65)."""
        rule, place = dice.choice(self.rules), dice.randrange(1, 4)
        self.ask(lambda office: rules.change(office, "ownership_rule", rule, None, {"position": place}))

    def unique_mail(self, dice: random.Random) -> None:
        """The admin asks for unique e-mails from now on; what is there is claimed by a run (A-DUP-6)."""

        def wish(office: Office) -> object:
            return duplicates.save(office, {"email": {"unique": True}}, None)

        if dice.random() < 0.5:
            self.ask(wish)

    def another_rate(self, dice: random.Random) -> None:
        """The admin changes how many đồng earn a point (F69)."""
        self.rate_moves = True
        rate = dice.choice((50_000, 100_000, 200_000))
        self.ask(lambda office: points.change_settings(office, None, {"amount_per_point": rate}))

    def decide(self) -> bool:
        """Somebody goes through the review list, and says who each one is."""
        office = self.office(f"review {self.world.now}")
        waiting = reviews.listed(office, limit=100, cursor=None).items
        for review in waiting:
            self._decided(office, review)
        return bool(waiting)

    def decide_one(self, dice: random.Random) -> None:
        """Somebody decides one case of the review list in the middle of everything."""
        known = [item for item in self.world.table.items.values() if item.get("listing_pk") == review_store.partition()]
        if known:
            review = review_store.from_item(dice.choice(known))
            chosen = review.linked or dice.choice([None, *review.candidates])
            self.ask(lambda office: reviews.resolve(office, review.id, chosen))

    def _decided(self, office: Office, review: Any) -> None:
        chosen = review.linked or self.world.dice.choice([None, *review.candidates])
        try:
            reviews.resolve(office, review.id, chosen)
        except Refusal:
            reviews.resolve(office, review.id, None)

    def answer(self) -> bool:
        """Whatever was not answered is sent once more, now that all is well."""
        waiting, self.unanswered = self.unanswered, []
        for request in waiting:
            self._send(request)
        return bool(waiting)

    def _request(self, wish: Wish) -> Request:
        self.asked += 1
        return Request(f"request {self.asked}", wish)

    def _send_at_once(self, first: Request, second: Request) -> None:
        """The second one is done between what the first one reads and what it writes."""
        undisturbed = self.world.table.before

        def meanwhile(operation: str) -> None:
            if operation == "transaction":
                self.world.table.before = undisturbed
                self._send(second)
            undisturbed(operation)

        self.world.table.before = meanwhile
        self._send(first)
        self.world.table.before = undisturbed

    def _send(self, request: Request) -> None:
        try:
            request.wish(self.office(request.seed))
        except (Killed, Temporary):
            self.unanswered.append(request)
        except Refusal as refused:
            self.refused[refused.code] += 1

    def _begin(self) -> None:
        office = self.office("first day")
        for connection in self.world.directory.connections():
            self.world.table.write(connections.put(connection))
        self.department = records.create(office, "department", Department(name="Kinh doanh")).id
        self.sales = [self._employee(office, n, self.department) for n in range(1, 5)]
        self.chronicle.always_there = self.sales[:-1]
        self.webmaster = self._employee(office, 5, None, users={"getfly1": USERS[0]})
        phone = DuplicateSettings(fields={"phone": FieldSetting(unique=True)})
        records.create(office, "duplicate_settings", phone, single=True)
        points.change_settings(office, None, POINTS)
        self._rules(office)

    def _employee(self, office: Office, place: int, department: str | None, **more: Any) -> str:
        fields = Employee(name=f"Nhân viên {place}", department=department, position=place, **more)
        return records.create(office, "employee", fields).id

    def _rules(self, office: Office) -> None:
        """Two rules deal out to one department, each with turns of its own; edits of the shop's customers, and all
        that nobody else takes."""
        team = {"department": self.department}
        for event, source, who in (
            ("customer_created", "kiotviet", team),
            ("customer_created", "haravan", team),
            ("customer_updated", "haravan", team),
            ("customer_created", "", {"employee": self.sales[0]}),
        ):
            lines = [{"field": "created_by", "op": "=", "value": source}] if source else []
            told = {"name": f"{event} {source}", "event": event, "assign_to": who, "conditions": lines}
            self.rules.append(rules.create(office, "ownership_rule", told).id)
        for name, branches in (("web", {ONLINE: self.webmaster}), ("fair", {FAIR: self.sales[1]})):
            lines = [{"order_source": source, "employee": who} for source, who in branches.items()]
            automation: dict[str, Any] = {"name": name, "branches": lines, "only_if_empty": name == "fair"}
            self.automations.append(rules.create(office, "order_automation", {**automation, "active": True}).id)
