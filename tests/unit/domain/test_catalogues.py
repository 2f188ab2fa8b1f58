"""The definitions of the catalogues against the table of the documents."""

import pytest

from retailhub.domain.catalogues import BUILT_IN, CATALOGUES, TICKET_PRIORITIES, resolve_within
from retailhub.domain.definitions import by_name, same
from retailhub.domain.directories import KEPT
from retailhub.domain.entries import LossReason, TicketPriority
from retailhub.domain.records import MODELS

DOCUMENTS = {
    "loss_reason": ("name description", "Xóa / Không", False, "Nguyên nhân cơ hội thất bại"),
    "ticket_priority": ("name description", "Xóa / Trở về", True, "Mức độ ưu tiên ticket"),
    "contract_type": ("name description", "Xóa / Không", True, "Loại hợp đồng"),
    "product_type": ("name code", "Xóa / Bỏ qua", False, "Loại hàng hóa"),
    "supplier_type": ("code name", "Xóa / Không", True, "Loại nhà cung cấp"),
    "contact_position": ("name", "Xóa / Không", False, "Chức vụ liên hệ"),
    "source": ("key name", "Có / Không", False, "Nguồn gốc"),
}
"""Catalogue → searched, labels of the popup before a deletion, whether the page protects entries in use, its name."""


@pytest.mark.parametrize("definition", CATALOGUES, ids=lambda one: one.kind)
def test_a_catalogue_is_defined_as_its_page_says(definition: object) -> None:
    """R-LOST-03, R-LOST-09, R-LOST-10, R-TKT-02, R-TKT-10, R-TKT-11, R-TKT-12, R-CTR-02, R-CTR-09, R-CTR-10, R-CTR-11,
    R-PT-02, R-PT-12, R-SUP-02, R-SUP-08, R-SUP-09, R-SUP-10, R-POS-02, R-POS-09, R-POS-10, R-SRC-02, R-SRC-11,
    R-SRC-12: search fields, labels, protection, menu entry."""
    searched, labels, protected, title = DOCUMENTS[definition.kind]  # type: ignore[attr-defined]
    screen = definition.screen  # type: ignore[attr-defined]

    assert " ".join(definition.searched) == searched  # type: ignore[attr-defined]
    assert f"{screen.confirm[0]} / {screen.cancel[0]}" == labels
    assert bool(screen.protected_by) is protected
    assert definition.title[0] == title  # type: ignore[attr-defined]


def test_all_seven_are_there_and_hold_what_their_entries_hold() -> None:
    """One definition per catalogue: no field of an entry is left out of it."""
    assert [definition.kind for definition in CATALOGUES] == list(DOCUMENTS)
    for kind, definition in KEPT.items():
        derived = {"due_at"} if kind == "ticket" else set()
        assert {field.name for field in definition.fields} | derived == set(MODELS[kind].model_fields), kind
        assert set(definition.searched) <= {field.name for field in definition.fields}


@pytest.mark.parametrize("time, unit, minutes", [(90, "minutes", 90), (3, "hours", 180), (2, "days", 2880)])
def test_a_day_has_24_hours(time: int, unit: str, minutes: int) -> None:
    """R-TKT-05, A-TKT-1: calendar time."""
    priority = TicketPriority(name="x", resolve_time=time, resolve_unit=unit)  # type: ignore[arg-type]

    assert resolve_within(priority).total_seconds() == minutes * 60
    assert TICKET_PRIORITIES.order(priority) < TICKET_PRIORITIES.order(TicketPriority(name="a", resolve_time=99))


@pytest.mark.parametrize(
    "one, other, equal",
    [
        ("Giá  cao ", "giá CAO", True),
        ("Ba\u0301n", "Bán", True),
        ("Bán", "Bàn", False),
        ("Đá", "Da", False),
        (None, "", True),
    ],
)
def test_names_are_one_whatever_their_case_and_spaces_but_not_without_their_accents(
    one: str | None, other: str, equal: bool
) -> None:
    """A-DUP-4: composed and decomposed letters are one."""
    assert (same(one) == same(other)) is equal


def test_names_stand_where_people_look_for_them() -> None:
    """Đ stands with d."""
    names = ["Em", "Đào", "An", "Ấm", "Da"]

    assert sorted(names, key=lambda name: by_name(LossReason(name=name))) == ["Ấm", "An", "Da", "Đào", "Em"]


def test_keys_of_integrations_are_plain_and_different() -> None:
    """A-SRC-1, A-SRC-2."""
    keys = [entry.key or "" for entry in BUILT_IN.values()]

    assert len(set(keys)) == len(keys)
    assert all(key == same(key) and key.isascii() and " " not in key for key in keys)
    assert {"retailer", "facebook", "webform", "haravan", "cnv"} <= set(keys)
