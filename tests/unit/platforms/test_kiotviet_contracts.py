"""KiotViet's invoices as contracts, and what becomes of strange values."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retailhub.domain.errors import Malformed
from retailhub.domain.records import MODELS, Contract, RecordType
from tests.unit.platforms.kiotviet_samples import CUSTOMER, INVOICE, told


class TestContracts:
    """Contracts are made from invoices (R-KV-10, A-KV-5)."""

    def test_an_invoice_becomes_a_contract(self) -> None:
        """Value after discount, what is paid, the day of purchase in Vietnam, the lines, where it is delivered."""
        found = told("contract", INVOICE)

        assert found.fields == {
            "code": "HD003310",
            "value": 688000,
            "paid": 88000,
            "status": "processing",
            "raw_statuses": {"status": "3", "status_value": "Đang xử lý", "delivery_status": "2"},
            "start_date": "2026-05-14",
            "branch": "Chi nhánh trung tâm",
            "seller": "Thu ngân 1",
            "recipient": {
                "name": "Phạm Văn Nam",
                "phone": "+84988000222",
                "address": {"line": "Lô B2 KCN Thăng Long", "district": "Huyện Đông Anh", "province": "Hà Nội"},
            },
            "items": ({"product_source_id": "31000451", "sku": "AO", "name": "Áo", "quantity": 2, "price": 359000},),
        }
        assert Contract.model_validate(found.fields).debt == 600000

    def test_the_buyer_is_referred_to_with_a_stub(self) -> None:
        """An invoice may come before its customer (A-HRV-14 holds for shops alike)."""
        buyer = told("contract", INVOICE).buyer

        assert buyer is not None
        assert (buyer.type, buyer.source_id) == ("customer", "90210001")
        assert buyer.stub == {"name": "Phạm Thu Hà", "code": "KH004217", "source": "retailer"}

    @pytest.mark.parametrize("customer", [None, 0, -1])
    def test_an_invoice_without_customer_is_the_walk_in_customers(self, customer: Any) -> None:
        """One customer per store (A-KV-6)."""
        buyer = told("contract", {**INVOICE, "CustomerId": customer}).buyer

        assert buyer is not None
        assert buyer.source_id == "walk-in"
        assert buyer.stub == {"name": "Khách lẻ – Cửa hàng mẫu", "guest": True, "source": "retailer"}

    @pytest.mark.parametrize(
        "number, status",
        [(1, "completed"), (2, "cancelled"), (3, "processing"), (5, "undeliverable"), (4, "other"), (None, "other")],
    )
    def test_statuses_are_mapped(self, number: Any, status: str) -> None:
        """There is no 4; what is unknown is "other", with the number kept (F26)."""
        found = told("contract", {**INVOICE, "Status": number})

        assert found.fields["status"] == status
        assert found.fields["raw_statuses"].get("status") == (None if number is None else str(number))

    def test_the_owner_is_the_sellers_employee(self) -> None:
        """A-KV-5: seller mapped to a user; else `first` offers the store's default for a new contract."""
        mapped = told("contract", INVOICE, sellers={"12001": "e-1"}, default_owner="e-9", default_contract_type="t-1")
        unmapped = told("contract", INVOICE, default_owner="e-9")

        assert (mapped.fields["owner"], mapped.first) == ("e-1", {"contract_type": "t-1"})
        assert ("owner" in unmapped.fields, unmapped.first) == (False, {"owner": "e-9"})

    def test_a_page_of_invoices_says_no_less_than_a_webhook(self) -> None:
        """A page leaves out discount and description: they are not read from webhooks either (kiotviet.md §4)."""
        assert told("contract", {**INVOICE, "Discount": "30000.0", "Description": "Giao giờ hành chính"}).heard == (
            told("contract", INVOICE).heard
        )


@pytest.mark.parametrize(
    "record_type, payload, field",
    [
        ("customer", {}, "id"),
        ("customer", {"Id": -1}, "id"),
        ("customer", {"Id": 1, "ModifiedDate": "gestern 0912345678"}, "modifieddate"),
        ("customer", {"Id": 1, "Name": {"x": "0912345678"}}, "name"),
        ("product", {"Id": 1, "BasePrice": "8e888888888"}, "baseprice"),
        ("product", {"Id": 1, "BasePrice": True}, "baseprice"),
        ("product", {"Id": 1, "BasePrice": 10**40}, "baseprice"),
        ("contract", {"Id": 1}, "total"),
        ("contract", {**INVOICE, "InvoiceDetails": [{"Price": "0912345678x"}]}, "invoicedetails.0.price"),
        ("order", {"Id": 1}, "order"),
    ],
)
def test_what_makes_no_record_is_named_without_its_value(record_type: RecordType, payload: Any, field: str) -> None:
    """The field is named, its value is personal (F24, F25)."""
    with pytest.raises(Malformed) as refusal:
        told(record_type, payload)

    assert refusal.value.field == field
    assert "0912345678" not in str(refusal.value)


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.lists(st.none(), max_size=2)
MEMBERS = st.sampled_from([*CUSTOMER, *INVOICE, "BasePrice", "isActive", "masterUnitId"])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["customer", "product", "contract"]), st.dictionaries(MEMBERS, VALUES, max_size=8))
def test_any_payload_is_a_fitting_snapshot_or_malformed(record_type: RecordType, members: dict[str, Any]) -> None:
    """No third end: nothing else is raised, and what is told fits the record."""
    try:
        found = told(record_type, {**INVOICE, **members})
    except Malformed:
        return
    MODELS[record_type].model_validate(found.fields)
