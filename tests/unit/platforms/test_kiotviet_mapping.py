"""KiotViet's records in the hub's words: customers and products, in both voices."""

from typing import Any

import pytest

from tests.unit.platforms.kiotviet_samples import CUSTOMER, told


class TestCustomers:
    """A customer of the shop (R-KV-14)."""

    def test_the_whole_customer_is_told(self) -> None:
        """Every field that both voices carry; the source is `retailer` for a new customer (R-SRC-07)."""
        found = told("customer", CUSTOMER)

        assert (found.source_id, found.code, found.first) == ("90210001", "KH004217", {"source": "retailer"})
        assert found.fields == {
            "name": "Phạm Thu Hà",
            "code": "KH004217",
            "phone": "+84912000111",
            "email": "ha.pham@example.vn",
            "birthday": "1992-11-03",
            "gender": "female",
            "tax_code": None,
            "note": "Khách quen",
            "addresses": (
                {"line": "18 ngõ 5 Đội Cấn", "district": "Quận Ba Đình", "province": "Hà Nội", "default": True},
            ),
        }

    @pytest.mark.parametrize(
        "modified", ["2026-05-14T10:22:31.4870000+07:00", "2026-05-14T10:22:31.4870000", "2026-05-14T03:22:31.487Z"]
    )
    def test_stamps_with_and_without_offset_are_one_instant(self, modified: str) -> None:
        """REST dates are Vietnamese wall time without offset, with seven digits (F13)."""
        assert told("customer", {"id": 1, "modifiedDate": modified}).version == "2026-05-14T03:22:31.487000Z"

    def test_a_record_never_changed_has_the_version_of_its_making(self) -> None:
        """`modifiedDate` may be missing."""
        found = told("customer", {"id": 1, "createdDate": "2026-05-14T10:00:00.0000000"})

        assert found.version == "2026-05-14T03:00:00.000000Z"

    def test_both_voices_are_heard_as_one(self) -> None:
        """A webhook (PascalCase, +07:00) and a page (camelCase, naive, more members) of the same version."""
        page = {
            "id": 90210001,
            "code": "KH004217",
            "name": "Phạm Thu Hà",
            "gender": False,
            "birthDate": "1992-11-03T00:00:00.0000000",
            "contactNumber": "0912.000.111",
            "address": "18 ngõ 5 Đội Cấn",
            "locationName": "Hà Nội - Quận Ba Đình",
            "wardName": "Phường Cống Vị",
            "groups": "VIP",
            "email": "ha.pham@example.vn",
            "comments": "Khách quen",
            "taxCode": "",
            "debt": "0.0",
            "modifiedDate": "2026-05-14T10:22:31.4870000",
        }

        assert told("customer", page) == told("customer", CUSTOMER)
        assert told("customer", page).heard == told("customer", CUSTOMER).heard

    @pytest.mark.parametrize(
        "typed, kept",
        [("", None), (None, None), ("84912000111", "+84912000111"), ("09******11", "09******11"), (912000111, None)],
    )
    def test_phones_are_free_text(self, typed: Any, kept: str | None) -> None:
        """An impossible number is kept as it was typed, for a person to see."""
        found = told("customer", {"id": 1, "contactNumber": typed}).fields["phone"]

        assert found == kept if kept or not typed else found

    @pytest.mark.parametrize("birthday", ["not a day", "0001-01-01T00:00:00", "", None])
    def test_an_unreadable_birthday_is_none(self, birthday: Any) -> None:
        """It does not make the record."""
        assert told("customer", {"id": 1, "birthDate": birthday}).fields["birthday"] is None

    def test_a_new_style_location_is_the_province_alone(self) -> None:
        """Since 2025 addresses have two levels (kiotviet.md §5)."""
        (address,) = told("customer", {"id": 1, "locationName": "Đà Nẵng"}).fields["addresses"]

        assert address == {"province": "Đà Nẵng", "default": True}


class TestProducts:
    """Goods of the shop."""

    def test_a_product_is_told(self) -> None:
        """The full name tells variants apart."""
        found = told(
            "product",
            {
                "Id": 31000451,
                "Code": "AO-LINEN-M",
                "Name": "Áo linen",
                "FullName": "Áo linen - Be - M",
                "CategoryName": "Áo",
                "masterProductId": 31000450,
                "isActive": True,
                "BasePrice": "359000.0",
                "Unit": "",
            },
        )

        assert found.fields == {
            "code": "AO-LINEN-M",
            "name": "Áo linen - Be - M",
            "price": 359000,
            "unit": None,
            "category": "Áo",
            "active": True,
            "parent": "31000450",
        }

    @pytest.mark.parametrize("text", [359000, "359000", "359000.0", "359000.0000"])
    def test_equal_prices_are_heard_as_equal(self, text: Any) -> None:
        """However many zeros are printed."""
        assert (
            told("product", {"id": 1, "basePrice": text}).heard == told("product", {"id": 1, "basePrice": 359000}).heard
        )

    def test_a_product_taken_off_sale_is_inactive(self) -> None:
        """`isActive` false."""
        assert told("product", {"Id": 1, "IsActive": False}).fields["active"] is False
