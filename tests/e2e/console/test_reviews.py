"""Cần xem lại in the browser. How a doubt comes about is tested in tests/e2e/test_reviews; here one is laid into the
table, for a real one takes a change of everybody's settings."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from retailhub.domain.instants import stamp
from retailhub.store import records, reviews
from retailhub.store.dynamo import DynamoTable
from retailhub.store.reviews import Review
from tests.e2e.console.screen import Screen
from tests.e2e.fresh import code, named, phone
from tests.local.deployment import clients

Doubt = Callable[..., Review]


@pytest.fixture
def table(stack: dict[str, Any]) -> DynamoTable:
    """The stack's table."""
    return DynamoTable(clients(stack["endpoint"], "dynamodb"), stack["table"])


@pytest.fixture
def people(hub: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two customers with one phone."""
    number = phone()
    first, second = (hub.call("POST", "/customers", {"name": named(name), "phone": number}) for name in ("Chồng", "Vợ"))
    return first, second


@pytest.fixture
def doubt(table: DynamoTable, people: tuple[dict[str, Any], dict[str, Any]]) -> Iterator[Doubt]:
    """Lay a doubt between the two; what nobody decided is taken off again."""
    laid: list[Review] = []

    def lay(linked: str = "") -> Review:
        candidates = {one["id"]: ["phone"] for one in people}
        review = Review("a-shop", "customer", code("KH"), candidates, at=stamp(datetime.now(UTC)), linked=linked)
        table.write(reviews.put(review))
        laid.append(review)
        return review

    yield lay
    for review in laid:
        left = reviews.load(table, review.id)
        if left:
            table.write(reviews.over(left))


def card(screen: Screen, review: Review) -> Locator:
    """The review's part of the page."""
    return screen.page.locator("main section.card").filter(has_text=review.source_id)


def confirm(screen: Screen, vietnamese: str, english: str) -> None:
    """Say yes in the dialog."""
    screen.press(vietnamese, english, within=screen.page.locator("dialog[open]"))


def test_who_it_is_is_decided_side_by_side(screen: Screen, doubt: Doubt, people: Any, table: DynamoTable) -> None:
    """A-DUP-2: the customers whom it may be stand beside each other; the one that is chosen is asked about first."""
    review = doubt()
    screen.open("/reviews").headed("Cần xem lại", "To be reviewed")
    screen.accessible()
    for person in people:
        expect(card(screen, review).get_by_role("heading", name=person["name"])).to_be_visible()
    label = screen.t("Là khách này", "It is this one")
    card(screen, review).get_by_role("button", name=f"{label}: {people[1]['name']}", exact=True).click()
    screen.accessible()
    confirm(screen, "Là khách này", "It is this one")
    screen.says("Đã quyết định.", "Decided.")
    expect(card(screen, review)).to_have_count(0)
    decided = reviews.load(table, review.id)
    assert decided
    assert decided.decision == people[1]["id"]


@pytest.mark.once
def test_it_can_be_somebody_new(screen: Screen, doubt: Doubt, table: DynamoTable) -> None:
    """A-DUP-2: none of those whom it may be."""
    review = doubt()
    screen.open("/reviews")
    screen.press("Khách mới", "A new customer", within=card(screen, review))
    confirm(screen, "Khách mới", "A new customer")
    screen.says("Đã quyết định.", "Decided.")
    decided = reviews.load(table, review.id)
    assert decided
    assert decided.decision == reviews.NEW


@pytest.mark.once
def test_a_warning_is_taken_note_of(screen: Screen, doubt: Doubt, people: Any, table: DynamoTable) -> None:
    """A-CNV-4: several customers have the phone of a record that went to the oldest of them."""
    review = doubt(linked=people[0]["id"])
    screen.open("/reviews")
    expect(card(screen, review)).to_contain_text(screen.t("Đã nối", "Linked"))
    screen.press("Đã xem", "Noted", within=card(screen, review))
    confirm(screen, "Đã xem", "Noted")
    screen.says("Đã quyết định.", "Decided.")
    assert reviews.load(table, review.id) is None


@pytest.mark.once
def test_what_somebody_else_decided_meanwhile_is_said(screen: Screen, doubt: Doubt, table: DynamoTable) -> None:
    """A refusal stands above the list, which shows what is left."""
    review = doubt(linked="")
    screen.open("/reviews")
    left = reviews.load(table, review.id)
    assert left
    table.write(reviews.over(left))
    screen.press("Khách mới", "A new customer", within=card(screen, review))
    confirm(screen, "Khách mới", "A new customer")
    screen.says("Không có việc này trong danh sách chờ quyết định", "There is no such review")
    screen.accessible()
    screen.refused()


def test_incomplete_customers_are_listed_with_what_they_lack(screen: Screen, hub: Any, table: DynamoTable) -> None:
    """A-DUP-2: a platform's record without a required field is kept and marked."""
    made = hub.call("POST", "/customers", {"name": named("Thiếu")})
    record = records.load(table, "customer", made["id"])
    assert record
    fields = record.fields.model_copy(update={"incomplete": ("email", "tax_code")})
    table.write(records.put(replace(record, fields=fields)))
    screen.open("/reviews?tab=incomplete")
    row = screen.page.get_by_role("row").filter(has_text=made["name"])
    expect(row).to_contain_text(screen.t("Mã số thuế", "Tax code"))
    screen.accessible()
    row.get_by_role("link", name=screen.t("Bổ sung", "Complete")).click()
    screen.headed("Sửa khách hàng", "Edit customer")
    screen.fill("E-mail", "E-mail", "du@example.vn")
    screen.press("Cập nhật", "Update")
    screen.says("Đã lưu.", "Saved.")
