"""Customers in the office: whom a filter finds, what may be edited by hand, and the push to Haravan."""

from dataclasses import dataclass
from typing import Any

from retailhub.crm import audit, listings, records
from retailhub.crm.lists import Found, contains
from retailhub.crm.office import Office
from retailhub.domain.connections import Connection
from retailhub.domain.deliveries import Delivery, wish
from retailhub.domain.merging import with_fields
from retailhub.domain.phones import e164, local
from retailhub.domain.records import Customer, Record, RecordType
from retailhub.domain.refusals import Clash, Wrong
from retailhub.domain.totals import funnel
from retailhub.store import connections, links
from retailhub.store import records as record_store
from retailhub.store.table import remote_key

PUSHED_TO = "haravan"


@dataclass(frozen=True)
class Filter:
    """What a list of customers is narrowed to; None leaves a field open."""

    phone: str | None = None
    email: str | None = None
    vendor_id: str | None = None
    owner: str | None = None
    source: str | None = None
    group: str | None = None
    is_buyer: bool | None = None
    q: str | None = None

    @property
    def open(self) -> bool:
        """True if everything is wanted."""
        return self == Filter()

    def only(self, value: str) -> bool:
        """True if this value is all that is asked for."""
        return [given for given in vars(self).values() if given is not None] == [value]

    def keeps(self, record: Record) -> bool:
        """Whether a customer is wanted; every given field must agree."""
        customer: Customer = record.fields
        wanted = {"owner": self.owner, "source": self.source, "vendor_id": self.vendor_id, "is_buyer": self.is_buyer}
        return (
            all(value is None or getattr(customer, name) == value for name, value in wanted.items())
            and (self.phone is None or customer.phone == (e164(self.phone) or self.phone))
            and (self.email is None or (customer.email or "").casefold() == self.email.casefold())
            and (self.group is None or self.group in customer.groups)
            and (not self.q or self._mentions(customer))
        )

    def _mentions(self, customer: Customer) -> bool:
        phones = customer.phone, local(customer.phone)
        return contains(self.q or "", customer.name, customer.email, *phones, customer.code, customer.tax_code)


def listed(office: Office, wanted: Filter, *, limit: int, cursor: str | None, sort: str) -> Found[Record]:
    """A page of customers. A phone or a vendor id is looked up, so are those who name a group, an owner or a source;
    everything else is looked through."""
    page: dict[str, Any] = {"limit": limit, "cursor": cursor, "sort": sort}
    if wanted.vendor_id:
        return Found([record for record in _with_vendor_id(office, wanted.vendor_id) if wanted.keeps(record)])
    if wanted.phone:
        return listings.with_number(office, wanted.phone, wanted.keeps, **page)
    named: dict[RecordType, str | None]
    named = {"customer_group": wanted.group, "employee": wanted.owner, "source": wanted.source}
    for kind, named_id in named.items():
        if named_id:
            rest = None if wanted.only(named_id) else wanted.keeps
            return listings.named_by(office, kind, named_id, "customer", keep=rest, **page)
    return listings.listed(office, "customer", None if wanted.open else wanted.keeps, **page)


def _with_vendor_id(office: Office, vendor_id: str) -> list[Record]:
    """Id Vendor is Haravan's id (R-HRV-07): one look-up per shop."""
    shops = [c.id for c in connections.every(office.table) if c.platform == PUSHED_TO]
    pointers = office.table.get_many(remote_key(shop, "customer", vendor_id) for shop in shops) if shops else {}
    found = [record_store.load(office.table, "customer", item["record"]) for item in pointers.values()]
    return [record for record in found if record]


def edited(customer: Customer, spoken: dict[str, Any]) -> Customer:
    """The fields after a person's edit. A chosen funnel stays until somebody takes it back with null (A-HRV-10)."""
    told = dict(spoken)
    if "funnel" in told:
        told["funnel_override"] = told.pop("funnel")
    if told.get("phone"):
        told |= {"phone": _phone(told["phone"]), "phone_source": "contact"}
    elif "phone" in told:
        told |= {"phone": None, "phone_source": None}
    fields: Customer = with_fields("customer", customer, told)
    present = funnel(fields.funnel_override, fields.is_buyer, fields.total_orders)
    return fields.model_copy(update={"funnel": present})


def create(office: Office, spoken: dict[str, Any]) -> Record:
    """A customer entered by hand. Raises Wrong and Clash as the settings of required and unique fields ask: where two
    enter the same value at once, the second one's next try finds it taken."""
    return records.create(office, "customer", edited(Customer(), spoken))


def _phone(text: str) -> str:
    number = e164(text)
    if number is None:
        raise Wrong("invalid_phone", "phone")
    return number


def push(office: Office, customer_id: str) -> list[Connection]:
    """Send name, mobile and e-mail to every Haravan shop now, whatever the flows say (R-HRV-38…41, A-HRV-15).

    Raises Clash where there is no shop, and for recipients and removed customers, who are never sent.
    """
    customer = records.find(office, "customer", customer_id)
    if customer.fields.recipient_of or customer.deleted or customer.fields.guest:
        raise Clash("not_to_be_pushed")
    shops = [c for c in connections.every(office.table) if c.platform == PUSHED_TO]
    if not shops:
        raise Clash("no_haravan_connection")
    office.queues.send_deliveries(_asked(office, customer, shop) for shop in shops)
    office.table.write(audit.act(office, "customer", customer.id, "pushed"))
    return shops


def _asked(office: Office, customer: Record, shop: Connection) -> Delivery:
    """Two clicks are one wish, but a push after the last one has come to something is a new one: that is what counting
    by the link's rev does."""
    link = links.load(office.table, "customer", customer.id, shop.id)
    return wish(customer, shop, asked=True, attempt=link.rev if link else 0)
