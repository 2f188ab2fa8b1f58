"""The fields of the hub's records: customers, products, orders and contracts."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from retailhub.domain.membership import Loyalty, Membership, Opening
from retailhub.domain.money import Money
from retailhub.domain.shape import Shape

PaymentStatus = Literal[
    "pending", "authorized", "partially_paid", "paid", "partially_refunded", "refunded", "voided", "other"
]
OrderStatus = Literal["open", "confirmed", "closed", "cancelled", "other"]
ShippingStatus = Literal["none", "packing", "delivering", "delivered", "returned", "cancelled", "other"]
ContractStatus = Literal["processing", "completed", "cancelled", "undeliverable", "other"]

ZERO = Decimal(0)


class Address(Shape):
    """One postal address; `source_id` is the platform's id of it."""

    source_id: str | None = None
    name: str | None = None
    phone: str | None = None
    line: str | None = None
    ward: str | None = None
    district: str | None = None
    province: str | None = None
    country: str | None = None
    default: bool = False


class Purchase(Shape):
    """A successful order in a customer's log of last purchases."""

    order: str
    at: str


class Customer(Shape):
    """A person or company who buys, receives or may buy. Revenue and the fields after it are folds over orders."""

    name: str | None = None
    code: str | None = None
    phone: str | None = None
    phone_source: Literal["contact", "default_address", "order"] | None = None
    email: str | None = None
    birthday: str | None = None
    gender: Literal["male", "female"] | None = None
    tax_code: str | None = None
    website: str | None = None
    fax: str | None = None
    bank_account: str | None = None
    custom: dict[str, str] = Field(default_factory=dict)
    note: str | None = None
    addresses: tuple[Address, ...] = ()
    source: str | None = None
    groups: tuple[str, ...] = ()
    social_page: str | None = None
    owner: str | None = None
    account_manager: str | None = None
    recipient_of: str | None = None
    vendor_id: str | None = None
    incomplete: tuple[str, ...] = ()
    guest: bool = False
    funnel_override: str | None = None
    is_buyer: bool = False
    funnel: str = "lead"
    revenue: Money = ZERO
    total_orders: int = 0
    purchases: int = 0
    last_purchases: tuple[Purchase, ...] = ()
    membership: Membership | None = None
    opening: Opening | None = None
    loyalty: Loyalty | None = None

    @property
    def last_purchase_at(self) -> str | None:
        """When the newest successful order known was made: in the hub's own log, else as the loyalty programme or the
        opening file says (A-HL-4), or None."""
        if self.last_purchases:
            return self.last_purchases[0].at
        told = [part.last_order_at for part in (self.loyalty, self.opening) if part and part.last_order_at]
        return max(told, default=None)


CUSTOMER_FOLDS = frozenset(
    {"is_buyer", "funnel", "revenue", "total_orders", "purchases", "last_purchases", "incomplete"}
)
"""Fields of a customer that follow from elsewhere: a change of these alone is nothing to deliver."""


class Product(Shape):
    """Goods or a service for sale; `parent` is the source id of the product that this is a variant or unit of.

    category: what the shop calls its class of goods; category_code: that class as a product type's code (A-PT-6)."""

    code: str | None = None
    name: str | None = None
    price: Money | None = None
    unit: str | None = None
    product_type: str | None = None
    category: str | None = None
    category_code: str | None = None
    barcode: str | None = None
    active: bool = True
    parent: str | None = None


class Line(Shape):
    """One line of an order or contract; price per unit, `discount` for the whole line."""

    product_source_id: str | None = None
    sku: str | None = None
    name: str | None = None
    quantity: Money = ZERO
    price: Money = ZERO
    discount: Money = ZERO


class Party(Shape):
    """Buyer or recipient of an order as the order itself names them."""

    customer: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    address: Address | None = None


class Contribution(Shape):
    """What one order adds to its buyer's totals (A-HRV-1): moved, never added blindly."""

    buyer: str | None = None
    revenue: Money = ZERO
    counted: bool = False
    purchased_at: str | None = None


class Order(Shape):
    """A sale as a shop or CRM keeps it. `refunded_goods` excludes refunded shipping (A-HRV-3)."""

    order_number: str | None = None
    order_created: str | None = None
    payment_status: PaymentStatus = "pending"
    order_status: OrderStatus = "open"
    shipping_status: ShippingStatus = "none"
    raw_statuses: dict[str, str] = Field(default_factory=dict)
    subtotal: Money | None = None
    discount_total: Money = ZERO
    total_price: Money = ZERO
    paid_total: Money | None = None
    shipping_total: Money = ZERO
    refunded_total: Money = ZERO
    refunded_goods: Money = ZERO
    order_store: str | None = None
    order_source: str | None = None
    order_type: Literal["sale", "purchase"] = "sale"
    tracking_code: str | None = None
    note: str | None = None
    seller: str | None = None
    buyer: Party | None = None
    recipient: Party | None = None
    items: tuple[Line, ...] = ()
    contribution: Contribution = Contribution()


class PointsPosted(Shape):
    """What a contract has posted to its customer's points: moved by differences, like an order's contribution.

    customer: whose account, None while the contract is not valid. counted: it is one of their purchases. paid: it was
    fully paid when it was last written. earned: points, at `rate` đồng each (the rate of the time of earning; None:
    nothing was earned then), `net` of the points' discount or not. redeemed: points taken for it. redemptions: the
    requests that took them, the latest last, so that one that is sent again after a crash is known.
    """

    customer: str | None = None
    counted: bool = False
    paid: bool = False
    earned: int = 0
    rate: Money | None = None
    net: bool = False
    redeemed: int = 0
    redemptions: tuple[str, ...] = ()


class Contract(Shape):
    """A contract; made from KiotViet's invoices (R-KV-10) or entered by hand."""

    code: str | None = None
    contract_type: str | None = None
    customer: str | None = None
    value: Money = ZERO
    paid: Money = ZERO
    discount: Money = ZERO
    status: ContractStatus = "processing"
    raw_statuses: dict[str, str] = Field(default_factory=dict)
    start_date: str | None = None
    branch: str | None = None
    owner: str | None = None
    seller: str | None = None
    note: str | None = None
    recipient: Party | None = None
    items: tuple[Line, ...] = ()
    points_redeemed: int = 0
    points_discount: Money = ZERO
    points: PointsPosted = PointsPosted()

    @property
    def debt(self) -> Decimal:
        """What is left to pay: the value less what was paid and what points paid for (A-KV-5, R-RWD-02)."""
        return self.value - self.paid - self.points_discount
