"""What people do in the office while all goes on: customers, leads, chances, contracts by hand, redemptions."""

import random
from collections.abc import Callable
from typing import Any

from retailhub.crm import contracts, converting, customers, leads, opportunities, points, records
from retailhub.crm.converting import Wish
from retailhub.crm.office import Office
from retailhub.domain.records import Record, RecordType
from tests.fakes.company import Company

MAILS = tuple(f"khach{n}@example.vn" for n in range(6))
STATUSES = ("open", "won", "lost")


class OfficeWork:
    """One thing after the other, chosen by the dice; `phone` gives a phone that may be somebody's already, `rush`
    brings new customers to the store."""

    def __init__(
        self,
        company: Company,
        phone: Callable[[random.Random], str],
        rush: Callable[[random.Random], None],
    ) -> None:
        self.company, self.world, self.phone, self.rush = company, company.world, phone, rush

    def people(self, dice: random.Random) -> None:
        """One thing that somebody does in the office."""
        often = (self._redeem, self._redeem, self._customer, self._edited, self._contract, self._contract_moves)
        leads_too = (self._lead, self._opportunity, self._opportunity_moves, self._converted, self._lead_removed)
        admin = (self.company.absent, self.company.another_rate, self.company.another_order, self._unique_mail)
        seldom = (self._removed, self._transferred, self._reviewed, *admin)
        dice.choice((*often, *leads_too, dice.choice(seldom), self.company.again))(dice)

    def _customer(self, dice: random.Random) -> None:
        told = {"name": f"Khách {dice.randrange(1000)}", "phone": self.phone(dice), "email": _mail(dice)}
        if dice.random() < 0.2:
            self.company.ask_at_once(
                lambda office: customers.create(office, told), lambda office: leads.create(office, told)
            )
        else:
            self.company.ask(lambda office: customers.create(office, told))

    def _edited(self, dice: random.Random) -> None:
        """Of somebody whom a shop keeps only what shops do not speak of; who stands in the office alone, all."""
        record = self._some("customer", dice)
        if record:
            own = {"phone": self.phone(dice)} if not record.external_ids and dice.random() < 0.5 else {}
            own |= {"email": mail} if (mail := _mail(dice)) else {}
            told = {"note": f"gọi lại {dice.randrange(100)}", **own}
            self._change(record, lambda fields: customers.edited(fields, told))

    def _transferred(self, dice: random.Random) -> None:
        record, owner = self._some("customer", dice), dice.choice((*self.company.sales, None))
        if record:
            self._change(record, lambda fields: fields.model_copy(update={"owner": owner}))

    def _removed(self, dice: random.Random) -> None:
        record = self._some("customer", dice)
        if record and not record.external_ids:
            self.company.ask(lambda office: records.remove(office, "customer", record.id, record.version))

    def _contract(self, dice: random.Random) -> None:
        customer, value = self._some("customer", dice), dice.randrange(1, 40) * 50_000
        if customer:
            paid = value if dice.random() < 0.7 else 0
            told = {"customer": customer.id, "value": value, "paid": paid, "code": f"HĐ{dice.randrange(10**6)}"}
            self.company.ask(lambda office: contracts.create(office, told))

    def _contract_moves(self, dice: random.Random) -> None:
        """Of those that no shop keeps."""
        contract, customer = (
            self._some("contract", dice, lambda one: not one.external_ids),
            self._some("customer", dice),
        )
        value = dice.randrange(1, 40) * 50_000
        told = dice.choice((
            {"value": value}, {"paid": value}, {"value": value, "paid": value}, {"status": "cancelled"},
            {"status": "processing"}, {"customer": customer.id if customer else None}, None,
        ))  # fmt: skip
        if contract and told:
            self.company.ask(lambda office: contracts.change(office, contract.id, None, told))
        elif contract:
            self.company.ask(lambda office: contracts.remove(office, contract.id, None))

    def _redeem(self, dice: random.Random) -> None:
        """Most often for what is not paid yet, now and then two people at once."""
        first, second = (self._redemption(dice) for _ in range(2))
        if first and second and dice.random() < 0.4:
            self.company.ask_at_once(first, second)
        elif first:
            self.company.ask(first)

    def _redemption(self, dice: random.Random) -> Callable[[Office], object] | None:
        wanted, contract = dice.randrange(1, 15), self._some("contract", dice, lambda one: one.fields.debt > 0)
        return (lambda office: points.redeem(office, contract.id, None, wanted)) if contract else None

    def _lead(self, dice: random.Random) -> None:
        told = {"name": f"Lead {dice.randrange(1000)}", "phone": self.phone(dice)}
        self.company.ask(lambda office: leads.create(office, told))

    def _opportunity(self, dice: random.Random) -> None:
        lead = self._some("lead", dice)
        if lead:
            told = {"lead": lead.id, "status": dice.choice(STATUSES)}
            self.company.ask(lambda office: opportunities.create(office, told))

    def _opportunity_moves(self, dice: random.Random) -> None:
        one, lead = self._some("opportunity", dice), self._some("lead", dice)
        if one and lead:
            told: dict[str, Any] = dice.choice(({"status": dice.choice(STATUSES)}, {"lead": lead.id}))
            self.company.ask(lambda office: opportunities.change(office, one.id, None, told))
        elif one:
            self.company.ask(lambda office: opportunities.remove(office, one.id, None))

    def _converted(self, dice: random.Random) -> None:
        lead = self._some("lead", dice, lambda one: one.fields.status == "open")
        if lead:
            wish = Wish(opportunity={"status": dice.choice(STATUSES)} if dice.random() < 0.5 else None)
            self.company.ask(lambda office: converting.convert(office, lead.id, None, wish))

    def _lead_removed(self, dice: random.Random) -> None:
        lead = self._some("lead", dice)
        if lead and dice.random() < 0.4:
            self.company.ask(lambda office: leads.remove(office, lead.id, None))

    def _unique_mail(self, dice: random.Random) -> None:
        """The admin ticks a box, while some workers have still the settings of before in mind."""
        self.company.unique_mail(dice)
        self.rush(dice)

    def _reviewed(self, dice: random.Random) -> None:
        self.company.decide_one(dice)

    def _change(self, record: Record, edit: Callable[[Any], Any]) -> None:
        def wish(office: Office) -> object:
            return records.change(office, record.type, record.id, record.version, edit)

        self.company.ask(wish)

    def _some(self, kind: RecordType, dice: random.Random, wanted: Callable[[Record], bool] = bool) -> Record | None:
        """One of the living records, as somebody sees it on a screen."""
        found = [one for one in self.world.records(kind) if not one.deleted and wanted(one)]
        return dice.choice(found) if found else None


def _mail(dice: random.Random) -> str | None:
    return dice.choice(MAILS) if dice.random() < 0.3 else None
