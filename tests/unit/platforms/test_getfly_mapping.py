"""Getfly's customers and products in the hub's words."""

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retailhub.domain.errors import Malformed
from retailhub.domain.identity import record_id, remote_code
from retailhub.domain.records import MODELS, Customer, Snapshot
from retailhub.platforms.getfly import mapping
from retailhub.platforms.getfly.settings import Settings

TENANT = Settings(tenant="cuahangmau")
LISTED: dict[str, Any] = {
    "account_id": "5127",
    "account_code": "KV-88410217",
    "account_name": "Trần  Thu Hà",
    "address": "17 Lê Lai, Đà Nẵng",
    "phone": "0905 550 142",
    "email": "ha.tran@example.vn",
    "website": "",
    "logo": "",
    "birthday": "0000-00-00",
    "description": "",
    "created_at": "2024-05-06 09:14:22",
    "account_type": "Khách lẻ, Khách quen",
    "kv_id": "88410217",
    "contacts": [{"contact_id": "9001", "first_name": "Hà", "phone_mobile": "0938220917", "email": ""}],
}


def customer(**changes: Any) -> Snapshot:
    """The listed customer with some members changed; None takes one away."""
    row = {name: value for name, value in {**LISTED, **changes}.items() if value is not None}
    return mapping.snapshot("customer", row, TENANT)


class TestCustomers:
    """`GET /accounts`, `/account/{ID}`, `/accounts/sync` (getfly.md §4.1)."""

    def test_the_sheets_record(self) -> None:
        """Ids are text, phones are compared in one form, empty days are none."""
        told = customer()

        assert (told.source_id, told.version, told.code) == ("5127", "", "KV-88410217")
        assert told.fields == {
            "name": "Trần Thu Hà",
            "phone": "+84905550142",
            "phone_source": "contact",
            "email": "ha.tran@example.vn",
            "birthday": None,
            "note": None,
            "groups": ("Khách lẻ", "Khách quen"),
            "addresses": ({"line": "17 Lê Lai, Đà Nẵng", "province": None, "default": True},),
            "code": "KV-88410217",
        }
        Customer.model_validate(told.fields)

    def test_list_detail_and_feed_mean_the_same(self) -> None:
        """The detail has `info` and `contacts` beside it; the feed has custom fields in a box."""
        info = {name: value for name, value in LISTED.items() if name != "contacts"}
        detail = mapping.snapshot("customer", {"info": info, "contacts": LISTED["contacts"]}, TENANT)
        fed = mapping.snapshot("customer", {**LISTED, "custom_fields": {"kv_id": "88410217"}}, TENANT)

        assert customer() == detail == fed

    def test_our_own_code_names_nobody(self) -> None:
        """It tells who the record is, so the hub knows its own again; it is no customer code."""
        ours = remote_code(record_id("customer", "cnv", "7301155"))

        told = customer(account_code=ours)

        assert told.code == ours
        assert "code" not in told.fields

    @pytest.mark.parametrize("said, gender", [(1, "female"), ("2", "male"), ("", None), ("0", None), ("Nữ", "female")])
    def test_one_is_female_and_two_is_male(self, said: Any, gender: str | None) -> None:
        """The reverse of many (getfly.md §10.4)."""
        assert customer(gender=said).fields["gender"] == gender

    def test_what_an_answer_does_not_speak_of_is_left_alone(self) -> None:
        """Gender, birthday and the person in charge are not in every tenant's answers (§4.1)."""
        told = customer(birthday=None, description=None)

        assert not {"gender", "birthday", "note", "account_manager"} & set(told.fields)

    def test_the_person_in_charge_and_the_first_source(self) -> None:
        """R-GA-06; the source counts only when the customer is new (A-SRC-05)."""
        told = customer(manager_user_name="nv.minh", manager_email="nv.minh@example.vn", account_source="Facebook")

        assert told.fields["account_manager"] == "nv.minh"
        assert (told.first, customer().first) == ({"source": "Facebook"}, {"source": "getfly"})

    @pytest.mark.parametrize("contacts", [LISTED["contacts"], {"0": LISTED["contacts"][0]}])
    def test_a_contact_lends_its_phone(self, contacts: Any) -> None:
        """An account without a phone of its own; PHP may send a list as an object."""
        assert customer(phone="", contacts=contacts).fields["phone"] == "+84938220917"

    @pytest.mark.parametrize("contacts", ["", [], {}, None, 7])
    def test_no_contacts_come_in_many_forms(self, contacts: Any) -> None:
        """Anything empty is no contact."""
        assert customer(contacts=contacts).fields["phone"] == "+84905550142"


class TestProducts:
    """`GET /products/{ID}` (getfly.md §5)."""

    def test_the_detail_and_the_list_row(self) -> None:
        """R-CNV-06, R-CNV-07."""
        row = {"product_id": 310, "product_code": "AO-LINEN-M", "product_name": "Áo linen", "cover_price": "385,000.0"}
        told = mapping.snapshot("product", {"data": {**row, "unit": "Cái"}, "images": []}, TENANT)

        assert (told.source_id, told.code) == ("310", "AO-LINEN-M")
        assert told.fields == {"code": "AO-LINEN-M", "name": "Áo linen", "price": 385000, "unit": "Cái"}
        assert mapping.snapshot("product", row, TENANT).source_id == "310"


@settings(max_examples=100, deadline=None)
@given(
    st.fixed_dictionaries(
        {"account_id": st.integers(1, 10**9)},
        optional={
            name: st.none()
            | st.booleans()
            | st.integers()
            | st.text(max_size=30)
            | st.lists(st.text(max_size=3), max_size=2)
            for name in ("account_name", "phone", "email", "birthday", "gender", "contacts", "account_type", "address")
        },
    )
)
def test_any_customer_is_told_or_refused(row: dict[str, Any]) -> None:
    """Nothing but Malformed ever comes of strange members, and what is told fits the record."""
    with contextlib.suppress(Malformed):
        MODELS["customer"].model_validate(mapping.snapshot("customer", row, TENANT).fields)
