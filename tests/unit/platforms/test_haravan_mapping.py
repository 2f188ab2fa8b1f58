"""Haravan's customers in the hub's words, and the hub's customers in Haravan's."""

from typing import Any

import pytest

from retailhub.domain.errors import Malformed
from retailhub.domain.records import MODELS, Address, Customer, Record, RecordType
from retailhub.platforms.haravan.mapping import ready, view
from retailhub.platforms.outgoing import split_name
from tests.unit.platforms.haravan_samples import CUSTOMER, HOME, ORDER, told


class TestCustomers:
    """Identity, contact and addresses (R-HRV-07…17)."""

    def test_the_id_vendor_is_the_identity(self) -> None:
        """R-HRV-07, R-HRV-17: the same in the record's field and as its source id."""
        found = told("customer", CUSTOMER)

        assert (found.source_id, found.fields["vendor_id"]) == ("1300000001", "1300000001")
        assert found.version == "2026-05-15T01:02:03.361870Z"
        assert found.fields["name"] == "Phạm Thu Hà"
        assert (found.fields["birthday"], found.fields["gender"]) == ("1992-11-03", "female")
        assert found.first == {"source": "haravan"}

    @pytest.mark.parametrize(
        "contact, default, phone, source",
        [
            ("0912000111", "0988000222", "+84912000111", "contact"),
            (None, "0988 000 222", "+84988000222", "default_address"),
            ("", "0988000222", "+84988000222", "default_address"),
            ("  ", None, None, None),
        ],
    )
    def test_an_empty_phone_is_taken_from_the_default_address(
        self, contact: Any, default: Any, phone: Any, source: Any
    ) -> None:
        """R-HRV-12, A-HRV-17: the customer is kept without a phone too."""
        payload = {**CUSTOMER, "phone": contact, "addresses": [], "default_address": {**HOME, "phone": default}}

        found = told("customer", payload).fields

        assert (found["phone"], found["phone_source"]) == (phone, source)

    def test_another_address_lends_no_phone(self) -> None:
        """Only the default one does."""
        payload = {**CUSTOMER, "phone": None, "addresses": [{**HOME, "default": False}]}

        assert told("customer", payload).fields["phone"] is None

    def test_all_addresses_are_kept_and_one_is_the_default(self) -> None:
        """R-HRV-13, R-HRV-14: the default one may stand beside the list only, or in it only."""
        second = {**HOME, "id": 32, "address1": "2 Lê Lợi", "address2": "Tầng 3", "default": False}
        beside = told("customer", {**CUSTOMER, "addresses": [second], "default_address": HOME}).fields["addresses"]
        within = told("customer", {**CUSTOMER, "addresses": [HOME, second]}).fields["addresses"]

        assert beside == within
        assert [(a["source_id"], a["line"], a.get("default", False)) for a in within] == [
            ("31", "18 ngõ 5 Đội Cấn", True),
            ("32", "2 Lê Lợi, Tầng 3", False),
        ]

    @pytest.mark.parametrize("guest", [{"email": "Guest@haravan.com"}, {"first_name": "---", "last_name": None}])
    def test_the_shared_guest_is_marked(self, guest: dict[str, Any]) -> None:
        """haravan.md §0.6: it is no person and is not kept."""
        assert told("customer", {**CUSTOMER, **guest}).fields["guest"] is True
        assert "guest" not in told("customer", CUSTOMER).fields


class TestOutgoing:
    """A customer goes to Haravan as name, mobile and e-mail (R-HRV-38…41)."""

    @pytest.mark.parametrize(
        "name, first, last",
        [
            ("Phạm Thu Hà", "Hà", "Phạm Thu"),
            ("Hà", "Hà", None),
            ("  Hà ", "Hà", None),
            (None, None, None),
            ("", None, None),
        ],
    )
    def test_the_last_word_is_the_first_name(self, name: Any, first: Any, last: Any) -> None:
        """A-HRV-16."""
        assert split_name(name) == (last, first)

    def test_three_fields_and_no_blanks_are_sent(self) -> None:
        """A-HRV-15: the push never blanks a field there."""
        whole = Customer(name="Phạm Thu Hà", phone="+84912000111", email="ha@example.vn", tax_code="01")

        assert view(Record("customer", "c_1", whole)) == {
            "content": {"first_name": "Hà", "last_name": "Phạm Thu", "phone": "0912000111", "email": "ha@example.vn"}
        }
        assert view(Record("customer", "c_1", Customer(name="Hà", email=""))) == {"content": {"first_name": "Hà"}}

    @pytest.mark.parametrize("fields", [{"recipient_of": "c_2"}, {"guest": True}])
    def test_recipients_and_guests_are_not_pushed(self, fields: Any) -> None:
        """A-HRV-15."""
        assert not ready(Record("customer", "c_1", Customer(name="Nam", phone="+84988000222", **fields)))
        assert ready(Record("customer", "c_1", Customer(name="Nam", phone="+84988000222")))

    @pytest.mark.parametrize("phone, sent", [("+84988000222", None), ("+84977000333", "0977000333")])
    def test_the_default_addresss_phone_does_not_become_the_contacts(self, phone: str, sent: str | None) -> None:
        """It is sent only after a person changed it."""
        home = Address(phone="+84988000222", default=True)
        lent = Customer(name="Hà", phone=phone, phone_source="default_address", addresses=(home,))

        assert view(Record("customer", "c_1", lent))["content"].get("phone") == sent

    def test_what_came_from_haravan_goes_back_as_it_was(self) -> None:
        """Else each echo would be an update."""
        fields = MODELS["customer"].model_validate(told("customer", CUSTOMER).fields)

        assert view(Record("customer", "c_1", fields))["content"] == {
            name: CUSTOMER[name] for name in ("first_name", "last_name", "phone", "email")
        }


@pytest.mark.parametrize(
    "record_type, payload, field",
    [
        ("customer", {}, "id"),
        ("customer", {**CUSTOMER, "updated_at": "0912345678"}, "updated_at"),
        ("order", {"id": 1}, "total_price"),
        ("order", {**ORDER, "total_price": "1e400"}, "total_price"),
        ("order", {**ORDER, "total_price": "NaN"}, "total_price"),
        ("order", {**ORDER, "line_items": [{"quantity": "0912345678x"}]}, "line_items.0.quantity"),
        ("order", {**ORDER, "shipping_lines": [{"price": 9 * 10**21}] * 3}, "shipping_total"),
        ("product", {"id": 1}, "product"),
    ],
)
def test_what_makes_no_record_is_named_without_its_value(record_type: RecordType, payload: Any, field: str) -> None:
    """The field is named, its value is personal (F24, F25)."""
    with pytest.raises(Malformed) as refusal:
        told(record_type, payload)

    assert refusal.value.field == field
    assert "0912345678" not in str(refusal.value)
