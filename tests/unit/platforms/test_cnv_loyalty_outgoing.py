"""The hub's customers and orders as CNV's partner API takes them."""

from typing import Any

import pytest

from retailhub.domain.identity import record_id, remote_code
from retailhub.domain.records import MODELS, Record
from retailhub.platforms.base import Remote
from retailhub.platforms.cnv_loyalty import outgoing
from retailhub.platforms.cnv_loyalty.settings import Settings
from retailhub.platforms.outgoing import split_name

BUSINESS = Settings()


class TestOutgoing:
    """What the partner API is sent (cnv_loyalty.md §A.2, §A.3)."""

    def test_a_customer(self) -> None:
        """The last word is the first name; the phone as Vietnamese systems write it."""
        home = {"line": "17 Lê Lai", "ward": "P. Thạch Thang", "district": "Q. Hải Châu", "province": "Đà Nẵng"}
        fields = {"name": "Trần Thu Hà", "phone": "+84905550142", "gender": "female", "birthday": "1991-08-23"}

        assert outgoing.customer_view(_record("customer", {**fields, "addresses": (home,)})) == {
            "content": {
                "ref_id": remote_code(record_id("customer", "gf", "1")),
                "first_name": "Hà",
                "last_name": "Trần Thu",
                "phone": "0905550142",
                "full_address": "17 Lê Lai, P. Thạch Thang, Q. Hải Châu, Đà Nẵng",
                "address": "17 Lê Lai",
                "sex": "female",
                "birthday": "1991-08-23",
            }
        }

    @pytest.mark.parametrize("name, parts", [("Hà", (None, "Hà")), ("Trần Hà", ("Trần", "Hà")), (None, (None, None))])
    def test_names_are_split(self, name: str | None, parts: Any) -> None:
        """A-HRV-16."""
        assert split_name(name) == parts

    def test_an_order_in_two_parts(self) -> None:
        """The statuses travel alone after approval (A-CNV-2)."""
        buyer = _record("customer", {"name": "Trần Thu Hà", "phone": "+84905550142"})
        fields = {
            "order_created": "2024-06-18T08:20:04.000000Z",
            "discount_total": 20000,
            "shipping_total": 30000,
            "total_price": 780000,
            "order_status": "confirmed",
            "payment_status": "paid",
            "shipping_status": "delivering",
            "items": ({"sku": "AO-LINEN-M", "name": "Áo linen", "quantity": 2, "price": 385000},),
        }

        assert outgoing.order_view(_record("order", fields), (buyer, Remote("7301155")), BUSINESS) == {
            "content": {
                "ref_id": remote_code(record_id("order", "gf", "1")),
                "customer": {
                    "ref_id": remote_code(buyer.id), "phone": "0905550142", "first_name": "Hà", "last_name": "Trần Thu",
                },
                "created_at": "2024-06-18T15:20:04+07:00",
                "subtotal": 770000,
                "discount": 20000,
                "shipping_fee": 30000,
                "total": 780000,
                "items": [{"sku": "AO-LINEN-M", "name": "Áo linen", "quantity": 2, "price": 385000}],
            },
            "status": {"status": "approved", "payment_status": "paid", "shipping_status": "delivering"},
        }  # fmt: skip

    @pytest.mark.parametrize(
        "order, shipping, words",
        [
            ("open", "none", {"status": "new"}),
            ("cancelled", "returned", {"status": "cancelled", "shipping_status": "returned"}),
            ("closed", "delivered", {"status": "delivered", "shipping_status": "delivered"}),
            ("other", "other", {}),
        ],
    )
    def test_what_is_not_understood_is_not_passed_on(self, order: str, shipping: str, words: dict[str, str]) -> None:
        """The neutral words of §5."""
        fields = {"order_status": order, "shipping_status": shipping, "payment_status": "other"}

        assert outgoing.order_view(_record("order", fields), None, BUSINESS)["status"] == words

    def test_words_of_the_business_replace_the_neutral_ones(self) -> None:
        """One table per connection (§5)."""
        business = Settings(words={"approved": "DA_DUYET", "paid": "DA_TT"})
        view = outgoing.order_view(
            _record("order", {"order_status": "confirmed", "payment_status": "paid"}), None, business
        )

        assert view["status"] == {"status": "DA_DUYET", "payment_status": "DA_TT"}


def _record(kind: Any, fields: dict[str, Any]) -> Record:
    return Record(kind, record_id(kind, "gf", "1"), MODELS[kind].model_validate(fields), version=1, rev=1, origin="gf")
