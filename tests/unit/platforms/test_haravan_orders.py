"""Haravan's orders in the hub's words: whose they are, how far they have come, and their money."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retailhub.domain.errors import Malformed
from retailhub.domain.records import MODELS
from tests.unit.platforms.haravan_samples import CUSTOMER, HOME, ORDER, order, told


class TestParties:
    """Buyer and recipient (R-HRV-27…32, A-HRV-8, A-HRV-14)."""

    def test_the_buyer_is_referred_to_by_id_vendor(self) -> None:
        """R-HRV-09; the stub is enough to make a contact before the customer comes."""
        buyer = order().buyer

        assert buyer is not None
        assert buyer.source_id == "1300000001"
        assert buyer.stub == {
            "vendor_id": "1300000001",
            "name": "Phạm Thu Hà",
            "phone": "+84912000111",
            "phone_source": "contact",
            "email": "ha.pham@example.vn",
            "source": "haravan",
        }

    def test_a_buyer_without_phone_lends_that_of_the_billing_address(self) -> None:
        """`customer.phone` is often null while the billing address has one (haravan.md §5)."""
        found = order(
            customer={**CUSTOMER, "phone": None, "addresses": []}, billing_address={**HOME, "phone": "0977000333"}
        )

        assert found.buyer is not None
        assert (found.buyer.stub["phone"], found.buyer.stub["phone_source"]) == ("+84977000333", "order")

    def test_a_recipient_who_is_somebody_else_is_a_contact_of_his_own(self) -> None:
        """R-HRV-32; the order keeps where it goes in any case (R-HRV-30)."""
        found = order()

        assert found.recipient is not None
        assert (found.recipient.name, found.recipient.phone) == ("Phạm Văn Nam", "+84988000222")
        assert found.fields["recipient"]["address"]["line"] == "Lô B2"

    @pytest.mark.parametrize(
        "there",
        [
            {"name": "PHAM THU HA", "phone": "84912000111", "address1": "Cơ quan"},
            {"name": "Phạm Thu Hà", "phone": None, "address1": "Cơ quan"},
            {"first_name": "Hà", "last_name": "Phạm Thu", "phone": "0912 000 111"},
            {"name": None, "phone": None, "address1": "Cơ quan"},
        ],
    )
    def test_the_buyer_at_another_address_is_no_second_contact(self, there: dict[str, Any]) -> None:
        """A-HRV-8: equal phone and name; what the address leaves out is no difference."""
        found = order(shipping_address=there)

        assert found.recipient is None
        assert found.fields["recipient"] is not None

    @pytest.mark.parametrize(
        "there", [{"name": "Phạm Thu Hà", "phone": "0988000222"}, {"name": "Phạm Văn Nam", "phone": "0912000111"}]
    )
    def test_an_equal_name_or_an_equal_phone_alone_is_another_person(self, there: dict[str, Any]) -> None:
        """R-HRV-08: one phone may be several people's."""
        assert order(shipping_address=there).recipient is not None

    @pytest.mark.parametrize("customer", [None, {**CUSTOMER, "email": "guest@haravan.com", "first_name": "---"}])
    def test_an_order_of_nobody_or_of_the_guest_has_no_buyer(self, customer: Any) -> None:
        """Kept, attached to nobody, and no contact is made for its recipient (A-HRV-14)."""
        found = order(customer=customer)

        assert (found.buyer, found.recipient, found.fields["buyer"]) == (None, None, None)
        assert found.fields["recipient"]["name"] == "Phạm Văn Nam"


class TestStatuses:
    """Real words differ from the documented ones (haravan.md §4)."""

    @pytest.mark.parametrize(
        "word, status",
        [
            ("paid", "paid"),
            ("Paid", "paid"),
            ("partially_paid", "partially_paid"),
            ("partiallypaid", "partially_paid"),
            ("partially refunded", "partially_refunded"),
            ("Voided", "voided"),
            (None, "pending"),
            ("hoàn tiền", "other"),
        ],
    )
    def test_payment_words_are_folded(self, word: Any, status: str) -> None:
        """The raw word is kept beside."""
        found = order(financial_status=word).fields

        assert found["payment_status"] == status
        assert found["raw_statuses"].get("financial_status") == word

    @pytest.mark.parametrize(
        "flags, status",
        [
            ({}, "open"),
            ({"confirmed_status": "confirmed"}, "confirmed"),
            ({"confirmed_status": "confirmed", "closed_status": "closed"}, "closed"),
            ({"closed_status": "closed", "cancelled_status": "cancelled"}, "cancelled"),
            ({"cancelled_at": "2026-05-14T03:30:00Z"}, "cancelled"),
            ({"cancelled_status": "uncancelled", "closed_status": "unclosed"}, "open"),
        ],
    )
    def test_cancelled_before_closed_before_confirmed_before_open(self, flags: Any, status: str) -> None:
        """A-HRV-11."""
        assert order(**flags).fields["order_status"] == status

    @pytest.mark.parametrize(
        "word, carrier, status",
        [
            ("notfulfilled", None, "none"),
            (None, None, "none"),
            ("fulfilled", None, "delivered"),
            ("fulfilled", "readytopick", "packing"),
            ("fulfilled", "delivering", "delivering"),
            ("fulfilled", "delivered", "delivered"),
            ("partial", None, "delivering"),
            ("restock", "delivered", "returned"),
            ("fulfilled", "cancel", "cancelled"),
            ("fulfilled", "kẹt xe", "other"),
        ],
    )
    def test_the_carrier_knows_best_where_the_goods_are(self, word: Any, carrier: Any, status: str) -> None:
        """Fulfilment is kept apart from the order's status."""
        parcels = [{"carrier_status_code": carrier, "tracking_number": "VD-1"}] if carrier else []

        found = order(fulfillment_status=word, fulfillments=parcels).fields

        assert found["shipping_status"] == status
        assert found["tracking_code"] == ("VD-1" if carrier else None)


class TestStore:
    """Order Store is the location's name, else the shop's (A-HRV-12)."""

    @pytest.mark.parametrize(
        "payload, settings_, store",
        [
            ({"_location_name": "Kho chính"}, {"locations": {"990001": "Kho phụ"}, "shop_name": "Mẫu"}, "Kho chính"),
            ({}, {"locations": {"990001": "Kho phụ"}, "shop_name": "Mẫu"}, "Kho phụ"),
            ({"location_id": None}, {"locations": {"990001": "Kho phụ"}, "shop_name": "Mẫu"}, "Mẫu"),
            ({}, {}, None),
        ],
    )
    def test_the_name_is_taken_from_the_best_who_knows(self, payload: Any, settings_: Any, store: Any) -> None:
        """Our client's look-up, then the settings, then the shop's name."""
        assert told("order", {**ORDER, **payload}, **settings_).fields["order_store"] == store


VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.decimals(allow_nan=False, allow_infinity=False).map(str)
    | st.lists(st.none(), max_size=2)
)
AMOUNTS = st.lists(st.fixed_dictionaries({"price": VALUES, "quantity": VALUES, "total_discount": VALUES}), max_size=3)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(ORDER)), VALUES, max_size=5), AMOUNTS)
def test_any_order_is_a_fitting_snapshot_or_malformed(members: dict[str, Any], lines: Any) -> None:
    """No third end: nothing else is raised, and what is told fits the record."""
    rows = [{**line, "id": 17} for line in lines]
    returned = [{"refund_line_items": [{"line_item_id": 17, "quantity": 1}]}]
    try:
        found = told("order", {**ORDER, "line_items": rows, "refunds": returned, **members})
    except Malformed:
        return
    MODELS["order"].model_validate(found.fields)
