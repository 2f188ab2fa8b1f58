"""Getfly's orders in the hub's words."""

from typing import Any

import pytest

from retailhub.domain.errors import Malformed
from retailhub.domain.identity import record_id, remote_code
from retailhub.domain.records import Order, Snapshot
from retailhub.platforms.getfly import mapping
from retailhub.platforms.getfly.settings import Settings

TENANT = Settings(tenant="cuahangmau")
INFO: dict[str, Any] = {
    "order_id": 40217,
    "order_code": "KV-HD045512",
    "order_date": "18/06/2024",
    "order_type": 2,
    "order_status": 1,
    "status_label": "Chờ duyệt",
    "amount": 780000,
    "discount_amount": 20000,
    "transport_amount": 30000,
    "payment_status": "unpaid",
    "lading_status": "",
    "account_id": 5127,
    "account_code": "KV-88410217",
    "account_name": "Trần Thu Hà",
    "account_phone": "0905550142",
    "source_name": "KiotViet – CN Hải Châu",
}
LINE = {"product_id": 310, "product_code": "AO-LINEN-M", "product_name": "Áo linen", "quantity": 2, "price": 385000}
OUR_ORDER = remote_code(record_id("order", "cnv", "99120034"))


def order(*lines: dict[str, Any], payments: Any = None, tenant: Settings = TENANT, **info: Any) -> Snapshot:
    """The order with some members changed."""
    detail = {"order_info": {**INFO, **info}, "products": list(lines) or [LINE], "payments": payments}
    return mapping.snapshot("order", detail, tenant)


class TestOrders:
    """`GET /orders/detail` (getfly.md §6)."""

    def test_the_sheets_order(self) -> None:
        """Amounts, buyer, source and statuses, with what Getfly literally said beside them."""
        told = order()

        assert (told.source_id, told.code, told.version) == ("40217", "KV-HD045512", "")
        assert told.buyer is not None
        assert (told.buyer.source_id, told.buyer.code) == ("5127", "KV-88410217")
        assert told.buyer.stub == {"name": "Trần Thu Hà", "phone": "+84905550142", "source": "getfly"}
        assert told.fields["raw_statuses"] == {
            "order_status": "1", "status_label": "Chờ duyệt", "payment_status": "unpaid",
        }  # fmt: skip
        kept = Order.model_validate(told.fields)
        assert (kept.order_number, kept.order_created) == ("KV-HD045512", "2024-06-17T17:00:00.000000Z")
        assert (kept.order_status, kept.payment_status, kept.shipping_status) == ("open", "pending", "none")
        amounts = {"total_price": 780000, "subtotal": 770000, "discount_total": 20000, "shipping_total": 30000}
        assert {name: getattr(kept, name) for name in amounts} == amounts
        assert (kept.order_source, kept.order_type) == ("KiotViet – CN Hải Châu", "sale")

    @pytest.mark.parametrize(
        "label, number, status",
        [
            ("Chờ duyệt", 1, "open"),
            (None, 1, "open"),
            ("Đã duyệt", 2, "confirmed"),
            ("Đã Duyệt ", 77, "confirmed"),
            ("Chờ giao hàng", 3, "confirmed"),
            ("Đã hủy", 6, "cancelled"),
            ("Đã huỷ", 6, "cancelled"),
            ("Đợi khách", 9, "other"),
            (None, 2, "other"),
            ("Đợi khách", 1, "other"),
        ],
    )
    def test_statuses_are_told_by_label(self, label: str | None, number: int, status: str) -> None:
        """Only 1 is published; 2 and 3 are never guessed (getfly.md §6.4)."""
        told = order(status_label=label, order_status=number)

        assert told.fields["order_status"] == status
        assert told.fields["raw_statuses"]["order_status"] == str(number)

    def test_a_tenant_names_its_own_labels_and_numbers(self) -> None:
        """The map is a setting of the connection."""
        tenant = Settings(tenant="mau", order_statuses={"Đợi khách": "open", "2": "confirmed"})

        assert order(status_label="đợi khách", order_status=9, tenant=tenant).fields["order_status"] == "open"
        assert order(status_label=None, order_status=2, tenant=tenant).fields["order_status"] == "confirmed"

    @pytest.mark.parametrize(
        "code, info, label, status",
        [
            ("", None, "Chờ duyệt", "none"),
            ("ASSIGNING", None, "Đã duyệt", "packing"),
            ("ready_to_pick", None, "", "packing"),
            ("", {"status": {"code": "delivering", "name": "Đang giao"}}, "", "delivering"),
            ("X17", {"status": {"code": "X17", "name": "Giao thành công"}}, "", "delivered"),
            ("X18", {"status": {"code": "X18", "name": "Chờ trời tạnh"}}, "", "other"),
            ("", {"status": "?"}, "Đã giao hàng", "delivered"),
            ("Returned", None, "", "returned"),
        ],
    )
    def test_shipping_is_told_by_the_carriers_word(self, code: str, info: Any, label: str, status: str) -> None:
        """The carrier's word passes through Getfly; without one the order's label may say something (R-CNV-16)."""
        assert order(lading_status=code, lading_info=info, status_label=label).fields["shipping_status"] == status

    @pytest.mark.parametrize(
        "payments, word, status",
        [
            ([], "unpaid", "pending"),
            (None, "Chưa thanh toán", "pending"),
            ([{"amount": 300000}], "unpaid", "partially_paid"),
            ([{"amount": "300,000.0"}, {"amount": 480000}], "unpaid", "paid"),
            ([], "paid", "paid"),
            ([], "Ghi sổ", "other"),
            ([], "", "pending"),
        ],
    )
    def test_payment_is_derived_from_the_payments(self, payments: Any, word: str, status: str) -> None:
        """Getfly's words for it are mostly unknown (getfly.md §6.4)."""
        assert order(payments=payments, payment_status=word).fields["payment_status"] == status

    def test_a_return_never_counts_as_revenue(self) -> None:
        """`is_repay` gives money back."""
        assert order(is_repay=1, payments=[{"amount": 780000}]).fields["payment_status"] == "refunded"

    def test_our_own_order_keeps_the_number_of_its_birthplace(self) -> None:
        """An order from CNV is processed in Getfly under our code, but is still called what the customer calls it."""
        told = order(order_code=OUR_ORDER)

        assert told.code == OUR_ORDER
        assert not {"order_number", "order_created"} & set(told.fields)

    def test_a_lines_discounts_are_added_up(self) -> None:
        """Percent and cash discount, or the difference to the line's amount."""
        percent = {**LINE, "product_sale_off": 10, "cash_discount": 1000}
        told = order(percent, {**LINE, "amount": 700000, "product_id": 0})

        assert [line["discount"] for line in told.fields["items"]] == [78000, 70000]
        assert "product_source_id" not in told.fields["items"][1]

    def test_an_order_without_an_account_has_no_buyer(self) -> None:
        """Kept, attached to nobody (A-HRV-14)."""
        assert order(account_id=0).buyer is None

    @pytest.mark.parametrize("figure", ["1e9", "NaN", "9" * 40, {"a": 1}, [1], "12.345.678"])
    def test_impossible_amounts_are_malformed_and_not_repeated(self, figure: Any) -> None:
        """Refused by field, without the value (F24)."""
        with pytest.raises(Malformed) as refusal:
            order(amount=figure)

        assert refusal.value.field == "order_info.amount"
        assert "9999" not in str(refusal.value)

    def test_products_of_huge_figures_are_malformed(self) -> None:
        """Each is possible, their product is not."""
        with pytest.raises(Malformed) as refusal:
            order({**LINE, "quantity": "9" * 15, "price": "9" * 15})

        assert refusal.value.code == "number_out_of_bounds"
