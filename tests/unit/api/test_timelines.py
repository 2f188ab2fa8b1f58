"""Timelines: what happened to a record, in order, as sentences in both languages."""

from typing import Any

import pytest

from retailhub.api.messages import MESSAGES
from retailhub.api.timelines import COLLECTIONS
from retailhub.api.wording.labels import FIELDS, KINDS, PLATFORMS
from retailhub.api.wording.stories import WORDS
from retailhub.domain.changes import Change
from retailhub.domain.connections import PLATFORMS as KNOWN_PLATFORMS
from retailhub.domain.lead_sync import CLOUD
from retailhub.domain.records import MODELS, RecordType
from retailhub.store.links import Link
from tests.unit.api.desk import NOW, Desk


def lines(desk: Desk, path: str, **query: str) -> list[dict[str, Any]]:
    """All lines of a timeline, page by page."""
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = desk.get(path, **({"cursor": cursor} if cursor else {}), **query).json
        assert len(page["items"]) <= int(query.get("limit", 50))
        found += page["items"]
        cursor = page["next_cursor"]
    return found


def said(desk: Desk, path: str, language: str = "vi") -> list[str]:
    """The sentences of a timeline."""
    return [line["text"][language] for line in lines(desk, path)]


def at(second: int) -> str:
    """An instant of the morning."""
    return f"2026-05-14T00:00:{second:02}.000000Z"


def told(desk: Desk, shop: str, outcome: Any, second: int, *, record: str = "c_1", **more: Any) -> None:
    """A platform's words about a record, as the sync keeps them."""
    words = {"second": second, "reason": more.get("reason")}
    change = Change(shop, "customer", "s1", payload=words, received_at=NOW, via=more.pop("via", "webhook"))
    desk.happened(change, outcome, at(second), record=record, **more)


def test_a_customers_story_is_told_in_vietnamese_and_english(desk: Desk) -> None:
    """Point 10: what came from where, which rule decided, what was written where, by names."""
    shop = desk.connect("kiotviet", name="Cửa hàng 1")["id"]
    desk.keep("customer", "c_1", name="Lan")
    desk.keep("employee", "employee_an", name="An")
    note = {"code": "of_a_rule", "rule": "ownership_rule_1", "version": 3, "owner": "employee_an", "points": 1200}
    told(desk, shop, "applied", 1, version=1, changed=("name", "phone"), notes=(note,))
    told(desk, shop, "stale", 2, reason="older")
    told(desk, shop, "applied", 3, version=2, changed=("email",), via="backfill", reason="phone_taken")

    assert said(desk, "/customers/c_1/timeline") == [
        "KiotViet (Cửa hàng 1) báo: khách hàng mới",
        "Quyết định «of_a_rule»: rule = ownership_rule_1, version = 3, owner = An, points = 1.200",
        "KiotViet (Cửa hàng 1) báo điều cũ hơn điều đã biết; bị coi là cũ, không thay đổi gì",
        "KiotViet (Cửa hàng 1) báo thay đổi: e-mail (đồng bộ dữ liệu cũ); số điện thoại này đã thuộc về khách khác",
    ]
    assert said(desk, "/customers/c_1/timeline", "en")[:2] == [
        "KiotViet (Cửa hàng 1) reports a new customer",
        "Decision “of_a_rule”: rule = ownership_rule_1, version = 3, owner = An, points = 1,200",
    ]


def test_what_a_person_did_names_them_and_what_they_changed(desk: Desk) -> None:
    made = desk.post("/customers", {"name": "Lan", "phone": "0912000111"}).json["id"]
    desk.later(1)
    desk.patch(f"/customers/{made}", {"name": "Mai", "email": "mai@example.vn"})

    assert said(desk, f"/customers/{made}/timeline") == [
        "Người dùng lan thêm khách hàng",
        "Người dùng lan sửa: tên, e-mail",
    ]
    [_, edit] = lines(desk, f"/customers/{made}/timeline")
    assert edit["details"]["audit"]["name"] == ["Lan", "Mai"]


@pytest.mark.parametrize(
    "code, words",
    [
        ("other_branch", "chi nhánh này không được nhận"),
        ("answer_not_json", "nền tảng đang gặp sự cố"),
        ("older", "cũ hơn"),
        ("never_heard_of", "never_heard_of"),
    ],
)
def test_a_reason_is_said_in_words(desk: Desk, code: str, words: str) -> None:
    """An unknown one stands as it is."""
    shop = desk.connect("kiotviet")["id"]
    desk.keep("customer", "c_1", name="Lan")
    told(desk, shop, "ignored", 2, reason=code)

    assert said(desk, "/customers/c_1/timeline") == [f"KiotViet (kiotviet) báo; bỏ qua: {words}"]


def test_deliveries_say_where_to_and_what_came_of_them(desk: Desk) -> None:
    loyalty = desk.connect("getfly", name="Getfly")["id"]
    desk.keep("order", "o_1", order_number="123")
    link = (
        Link("order", "o_1", loyalty).noted(at(1), "created", remote_id="77").noted(at(2), "updated", parts=["status"])
    )
    desk.link(link.noted(at(3), "failed", code="no_answer"))

    assert said(desk, "/orders/o_1/timeline") == [
        "Đã ghi vào Getfly (Getfly): tạo mới (mã 77)",
        "Đã ghi vào Getfly (Getfly): trạng thái",
        "Không ghi được vào Getfly (Getfly): nền tảng không trả lời",
    ]


def test_a_customers_orders_stand_in_the_story_with_what_they_count_for(desk: Desk) -> None:
    """I4: the lines add up to the customer's revenue; where the order went to somebody else it counts nothing."""
    shop = desk.connect("haravan", name="Shop", credentials={"access_token": "hush-token"})["id"]
    desk.keep("customer", "c_1", name="Lan")
    mine = {"buyer": "c_1", "revenue": "1000000", "counted": True, "purchased_at": at(2)}
    desk.keep(
        "order",
        "o_1",
        origin=shop,
        order_number="123",
        buyer={"customer": "c_1"},
        order_created=at(2),
        contribution=mine,
    )
    desk.keep("order", "o_2", origin=shop, order_number="124", buyer={"customer": "c_1"}, order_created=at(4))
    desk.keep("contract", "k_1", at=at(5), origin="hub", code="HD1", customer="c_1", value="1500000.5")
    told(desk, shop, "applied", 3, version=1)

    assert said(desk, "/customers/c_1/timeline") == [
        "Đơn hàng 123 từ Haravan (Shop): doanh thu 1.000.000 đ, tính 1 đơn",
        "Haravan (Shop) báo: khách hàng mới",
        "Đơn hàng 124 từ Haravan (Shop): không tính vào số đơn, doanh thu 0 đ",
        "Hợp đồng HD1 từ RetailHub: giá trị 1500000.5 đ; không tính là một lần mua",
    ]
    assert sum(line["details"].get("revenue", 0) for line in lines(desk, "/customers/c_1/timeline")) == 1_000_000


@pytest.mark.parametrize("limit", range(1, 12))
def test_every_page_size_tells_the_same_story(desk: Desk, limit: int) -> None:
    """Lists: no line twice, none lost, none beyond the limit; also where many things share an instant."""
    desk.keep("customer", "c_1", name="Lan")
    for n in range(9):
        note = {"code": "a"}, {"code": "b"}
        told(desk, "shop", "applied", n // 3, version=n, notes=note if n % 2 else (), reason=f"r{n}")
        desk.keep("order", f"o_{n}", buyer={"customer": "c_1"}, order_created=at(n // 2))
    desk.keep("contract", "k_1", at=at(2), customer="c_1")
    link = Link("customer", "c_1", "loyalty")
    for n in range(6):
        link = link.noted(at(n // 2), "updated", parts=[str(n)])
    desk.link(link)

    whole = lines(desk, "/customers/c_1/timeline", limit="200")
    assert len(whole) == 9 + 8 + 9 + 1 + 6
    assert [line["at"] for line in whole] == sorted(line["at"] for line in whole)
    assert lines(desk, "/customers/c_1/timeline", limit=str(limit)) == whole


def test_what_happens_while_somebody_pages_comes_at_the_end(desk: Desk) -> None:
    """Point 11: pagination is stable under inserts."""
    desk.keep("customer", "c_1", name="Lan")
    for n in range(4):
        told(desk, "shop", "applied", n, version=n)
    first = desk.get("/customers/c_1/timeline", limit="2").json
    told(desk, "shop", "stale", 9)
    rest = desk.get("/customers/c_1/timeline", limit="10", cursor=first["next_cursor"]).json

    seen = [line["details"]["version"] for line in first["items"] + rest["items"]]
    assert seen == [0, 1, 2, 3, 0]
    assert rest["items"][-1]["what"] == "stale"


def test_a_page_of_a_customers_story_costs_a_handful_of_reads(desk: Desk) -> None:
    """Figures: one customer, three queries (events, orders, undated ones), links, one read of all names."""
    desk.keep("customer", "c_1", name="Lan")
    for n in range(60):
        told(desk, f"shop{n % 5}", "applied", n, version=n)
    desk.table.calls.clear()

    assert len(desk.get("/customers/c_1/timeline").json["items"]) == 50
    assert dict(desk.table.calls) == {"get": 1, "query": 4, "get_many": 1}


@pytest.mark.parametrize("kind, collection", COLLECTIONS.items())
def test_every_kind_of_record_has_a_story(desk: Desk, kind: RecordType, collection: str) -> None:
    desk.keep(kind, f"{kind}_1")
    change = Change("hub", kind, f"{kind}_1", received_at=NOW, via="api", topic="created")
    desk.happened(change, "applied", record=f"{kind}_1", reason="by:lan")

    assert said(desk, f"/{collection}/{kind}_1/timeline") == [f"Người dùng lan thêm {KINDS[kind][0]}"]
    assert desk.get(f"/{collection}/nothing/timeline").code == f"unknown_{kind}"


@pytest.mark.parametrize("kind", MODELS)
def test_every_field_and_kind_has_a_label_in_both_languages(kind: RecordType) -> None:
    """Screens and stories: no field is shown by its machine name."""
    assert all(KINDS[kind])
    unlabelled = [name for name in MODELS[kind].model_fields if name not in FIELDS]
    assert unlabelled == [], f"give these a label in api/wording/labels.py: {unlabelled}"


def test_every_platform_and_every_outcome_has_words() -> None:
    assert set(PLATFORMS) == {*KNOWN_PLATFORMS, CLOUD}
    outcomes = ("new", "changed", "joined", "removed", "stale", "echo", "ignored", "parked", "failed", "received")
    assert all(all(WORDS[f"event.{outcome}"]) for outcome in outcomes)
    assert all(vietnamese and english for vietnamese, english in [*WORDS.values(), *MESSAGES.values()])
