"""How Getfly spells amounts, days and phones, and what it is sent."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from retailhub.domain.identity import record_id
from retailhub.domain.records import MODELS, Record
from retailhub.platforms.base import Remote
from retailhub.platforms.getfly import outgoing
from retailhub.platforms.getfly.settings import Settings
from retailhub.platforms.getfly.shapes import amount, day, phone

TENANT = Settings(tenant="cuahangmau")


class TestSpelling:
    """Numbers as text, days in three forms, two phones in a field."""

    @pytest.mark.parametrize("spelt", ["1,000,000.0", "1000000", 1000000, " 1,000,000 ", "1000000.000"])
    def test_amounts_of_list_and_detail_are_equal(self, spelt: Any) -> None:
        """getfly.md §10.1."""
        assert amount(spelt) == Decimal(1000000)

    @pytest.mark.parametrize(
        "spelt, iso",
        [
            ("1991-08-23", "1991-08-23"), ("23/08/1991", "1991-08-23"), ("1991-08-23 00:00:00", "1991-08-23"),
            ("0000-00-00", None), ("", None), (None, None), ("2023-02-30", None), ("0000-08-23", None),
            ("hôm qua", None),
        ],
    )  # fmt: skip
    def test_days(self, spelt: Any, iso: str | None) -> None:
        """getfly.md §10.3."""
        assert day(spelt) == iso

    @pytest.mark.parametrize(
        "spelt, number",
        [
            ("0905.550.142 / 0938220917", "+84905550142"),
            ("không có", None),
            ("12", None),
            ("84905550142", "+84905550142"),
        ],
    )
    def test_phones(self, spelt: str, number: str | None) -> None:
        """Only possible numbers tell people apart (A-CNV-4)."""
        assert phone(spelt) == number


class TestOutgoing:
    """What v3 is sent: other names than it reads (getfly.md §4.1, §6.1)."""

    def test_a_customer_is_written_with_the_names_of_writing(self) -> None:
        """`phone_office`, `billing_address_street`, d/m/Y, 1 for female."""
        fields = {
            "name": "Trần Thu Hà",
            "phone": "+84905550142",
            "birthday": "1991-08-23",
            "gender": "female",
            "source": "cnv",
        }
        home = {"addresses": ({"line": "1 A"}, {"line": "17 Lê Lai", "province": "Đà Nẵng", "default": True})}

        assert outgoing.customer_view(_record("customer", {**fields, **home})) == {
            "content": {
                "account": {
                    "account_name": "Trần Thu Hà",
                    "phone_office": "0905550142",
                    "gender": 1,
                    "billing_address_street": "17 Lê Lai, Đà Nẵng",
                    "birthday": "23/08/1991",
                },
                "referer": "CNV",
            }
        }

    def test_somebody_without_a_name_is_called_by_phone(self) -> None:
        """account_name is the one field that v3 requires."""
        view = outgoing.customer_view(_record("customer", {"phone": "+84905550142"}))

        assert view["content"]["account"]["account_name"] == "0905550142"

    def test_an_order_is_written_with_its_account(self) -> None:
        """The day is Vietnam's, amounts are numbers, a line without a code has the one from the settings."""
        lines = (
            {"sku": "SON-03", "name": "Son dưỡng", "quantity": 3, "price": 150000},
            {"name": "Gói quà", "price": "1.5"},
        )
        fields = {"order_created": "2024-06-17T18:00:00.000000Z", "total_price": 455000, "items": lines}
        buyer = _record("customer", {"name": "Lê Ngọc Anh", "phone": "+84938220917"}), Remote("5127", "KH005127")

        content = outgoing.order_view(_record("order", fields), buyer, TENANT)["content"]

        assert content["order_info"] == {
            "account_code": "KH005127",
            "account_name": "Lê Ngọc Anh",
            "account_phone": "0938220917",
            "order_date": "18/06/2024",
            "discount_amount": 0,
            "transport_amount": 0,
            "amount": 455000,
        }
        assert [(line["product_code"], line["price"]) for line in content["products"]] == [
            ("SON-03", 150000),
            ("KHAC", 1.5),
        ]


def _record(kind: Any, fields: dict[str, Any]) -> Record:
    made = MODELS[kind].model_validate(fields)
    return replace(Record(kind, record_id(kind, "cnv", "1"), made), origin="cnv", version=1, rev=1)
