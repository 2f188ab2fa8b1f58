"""CNV's members and orders in the hub's words."""

from typing import Any

import pytest

from retailhub.domain.errors import Malformed
from retailhub.domain.identity import record_id, remote_code
from retailhub.domain.merging import merged
from retailhub.domain.records import Order, Record, Snapshot
from retailhub.platforms.cnv_loyalty import mapping
from retailhub.platforms.cnv_loyalty.settings import Settings

BUSINESS = Settings()
MEMBER: dict[str, Any] = {
    "id": 7301155,
    "last_name": "Lê Ngọc Anh",
    "first_name": ".",
    "phone": "0938220917",
    "email": None,
    "gender": "female",
    "birthday_day": 2,
    "birthday_month": 11,
    "birthday_year": 1995,
    "tags": "zalo,mini-app",
    "points": 120,
    "total_points": 184,
    "created_at": "2024-03-02T04:10:55Z",
    "updated_at": "2024-06-18T08:20:10Z",
}
PURCHASE: dict[str, Any] = {
    "id": 99120034,
    "name": "#APP10233",
    "customer": {"id": 7301155, "first_name": ".", "last_name": "Lê Ngọc Anh", "phone": "0938220917"},
    "created_at": "2024-06-18T08:19:58Z",
    "financial_status": "pending",
    "location_id": 14,
    "subtotal_price": 450000,
    "total_discounts": 20000,
    "shipment_fee": 25000,
    "total_price": 455000,
    "line_items": [{"product_id": 551, "sku": "SON-03", "name": "Son dưỡng", "quantity": 3, "price": 150000}],
}
OURS = remote_code(record_id("order", "gf", "40217"))


def member(settings: Settings = BUSINESS, **changes: Any) -> Snapshot:
    """The sheet's member with some members changed."""
    return mapping.snapshot("customer", {**MEMBER, **changes}, settings)


def purchase(settings: Settings = BUSINESS, **changes: Any) -> Snapshot:
    """The sheet's order with some members changed."""
    return mapping.snapshot("order", {**PURCHASE, **changes}, settings)


class TestMembers:
    """`GET /customers.json` (cnv_loyalty.md §B.2)."""

    def test_the_sheets_member(self) -> None:
        """Name without the dot, birthday put together, and no points: those are CNV's (§0.4)."""
        told = member()

        assert (told.source_id, told.version) == ("7301155", "2024-06-18T08:20:10.000000Z")
        assert told.first == {"source": "CNV – Zalo OA"}
        assert told.fields == {
            "name": "Lê Ngọc Anh",
            "phone": "+84938220917",
            "phone_source": "contact",
            "email": None,
            "gender": "female",
            "birthday": "1995-11-02",
        }

    @pytest.mark.parametrize(
        "last, first, name",
        [
            ("Lê Ngọc", "Anh", "Lê Ngọc Anh"), ("Lê Ngọc Anh", "", "Lê Ngọc Anh"), (None, "Anh", "Anh"),
            ("", ".", None),
        ],
    )  # fmt: skip
    def test_names(self, last: Any, first: Any, name: str | None) -> None:
        """Family name first; the dot is a placeholder (§B.3.4)."""
        assert member(last_name=last, first_name=first).fields["name"] == name

    @pytest.mark.parametrize("part", ["birthday_day", "birthday_month", "birthday_year"])
    @pytest.mark.parametrize("value", [None, 0, "", "x", 99])
    def test_half_a_birthday_is_none(self, part: str, value: Any) -> None:
        """Any of the three may be null (§B.3.5); 99 is a day or month of no year, and a year long ago."""
        assert member(**{part: value}).fields["birthday"] is None

    @pytest.mark.parametrize(
        "tags, source",
        [
            ("website", "CNV – Website"), ("vip, Mobile App", "CNV – Mobile App"), ("Zalo OA", "CNV – Zalo OA"),
            ("MESSENGER", "CNV – Messenger Fanpage"), (["app"], "CNV – Mobile App"), ("vip", "cnv"), (None, "cnv"),
        ],
    )  # fmt: skip
    def test_the_channel_is_found_in_the_tags(self, tags: Any, source: str) -> None:
        """R-CNV-12, A-CNV-9."""
        assert member(tags=tags).first == {"source": source}

    def test_a_business_names_its_own_channels(self) -> None:
        """The table is a setting of the connection."""
        assert member(Settings(channels={"Quầy 3": "Tại quầy"}), tags="quầy 3").first == {"source": "CNV – Tại quầy"}

    def test_a_phone_that_no_network_has_tells_nobody_apart(self) -> None:
        """Phones are identities here (A-CNV-4)."""
        assert member(phone="không có").fields["phone"] is None


class TestOrders:
    """`GET /orders.json` (cnv_loyalty.md §B.2)."""

    def test_the_sheets_order(self) -> None:
        """R-CNV-13."""
        told = purchase()
        kept = Order.model_validate(told.fields)

        assert (told.source_id, told.code, told.version) == ("99120034", "APP10233", "")
        assert told.buyer is not None
        assert (told.buyer.source_id, told.buyer.stub["phone"]) == ("7301155", "+84938220917")
        assert (kept.order_number, kept.order_created) == ("#APP10233", "2024-06-18T08:19:58.000000Z")
        amounts = {"total_price": 455000, "subtotal": 450000, "discount_total": 20000, "shipping_total": 25000}
        assert {name: getattr(kept, name) for name in amounts} == amounts
        assert (kept.payment_status, kept.order_status) == ("pending", "open")

    @pytest.mark.parametrize(
        "said, source",
        [({"source": "Zalo OA"}, "CNV – Zalo OA"), ({"tags": "website"}, "CNV – Website"), ({}, "cnv")],
    )
    def test_the_channel_of_an_order(self, said: Any, source: str) -> None:
        """By its source, else by its tags (A-CNV-9); the buyer came the same way."""
        told = purchase(**said)

        assert told.fields["order_source"] == source
        assert told.buyer is not None
        assert told.buyer.stub["source"] == source

    @pytest.mark.parametrize(
        "changes",
        [{"name": f"#{OURS}"}, {"name": OURS}, {"ref_id": OURS}],
    )
    def test_an_order_of_ours_is_known_by_its_code(self, changes: Any) -> None:
        """It keeps number, time and source of its birthplace (F58)."""
        told = purchase(**changes)

        assert told.code == OURS
        assert not {"order_number", "order_created", "order_source"} & set(told.fields)

    def test_what_getfly_decided_is_not_taken_back(self) -> None:
        """CNV has no order status: a poll says nothing of it (R-CNV-15), and only blanks are filled (A-CNV-1)."""
        kept = Order.model_validate({**purchase().fields, "order_status": "confirmed", "shipping_status": "delivering"})
        record = Record(
            "order", "o_1", kept, version=3, rev=3, origin="cnv", external_ids={"cnv": "99120034", "gf": "1"}
        )

        after = merged(record, purchase(total_price=1), connection="cnv", merge="blanks", at="2026-05-14T03:30:00Z")

        assert (after.fields, after.version) == (kept, 3)
        assert not {"order_status", "shipping_status"} & set(purchase().fields)

    @pytest.mark.parametrize("changes", [{"cancelled_at": "2024-06-18T09:00:00Z"}, {"status": "Cancelled"}])
    def test_an_evident_cancellation_is_told(self, changes: Any) -> None:
        """A-X-6."""
        assert purchase(**changes).fields["order_status"] == "cancelled"

    @pytest.mark.parametrize(
        "word, status", [("PAID", "paid"), ("partially_refunded", "partially_refunded"), ("cod", "other")]
    )
    def test_an_unknown_payment_status_is_other(self, word: str, status: str) -> None:
        """The list is unknown (§5); the word itself is kept."""
        told = purchase(financial_status=word).fields

        assert (told["payment_status"], told["raw_statuses"]) == (status, {"financial_status": word})

    @pytest.mark.parametrize(
        "customer, source_id",
        [
            ({"id": None, "last_name": "Lê Văn Khách", "phone": "0938 220 917"}, "phone:+84938220917"),
            ({"id": 0, "last_name": "Lê Văn Khách"}, "order:99120034"),
        ],
    )
    def test_a_guest_has_a_buyer_of_their_own(self, customer: Any, source_id: str) -> None:
        """A-CNV-10."""
        buyer = purchase(customer=customer).buyer

        assert buyer is not None
        assert (buyer.source_id, buyer.stub["name"]) == (source_id, "Lê Văn Khách")

    @pytest.mark.parametrize("customer", [None, {}, {"id": None, "first_name": "."}])
    def test_an_order_by_nobody_has_no_buyer(self, customer: Any) -> None:
        """Kept, attached to nobody."""
        assert purchase(customer=customer).buyer is None

    @pytest.mark.parametrize("field, value", [("total_price", "nhiều"), ("line_items", 7), ("id", "12; 13")])
    def test_what_has_no_shape_is_malformed(self, field: str, value: Any) -> None:
        """Refused by field, without the value."""
        with pytest.raises(Malformed) as refusal:
            purchase(**{field: value})

        assert refusal.value.field == field
        assert str(value) not in str(refusal.value)
