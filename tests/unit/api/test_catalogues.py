"""The seven catalogues by the API: what holds for every one of them."""

from typing import Any

import pytest

from retailhub.domain.catalogues import BUILT_IN
from tests.unit.api.catalogue_samples import SAMPLES, Sample
from tests.unit.api.desk import Desk

every_catalogue = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


def path(sample: Sample, entry: str = "") -> str:
    """The catalogue's address, or an entry's."""
    return f"/catalogues/{sample.name}" + (f"/{entry}" if entry else "")


def entered(desk: Desk, sample: Sample, body: dict[str, object] | None = None) -> str:
    """The id of a new entry."""
    reply = desk.post(path(sample), body or sample.one)
    assert reply.status == 201, reply.text
    return str(reply.json["id"])


def found(desk: Desk, sample: Sample, **query: str) -> list[str]:
    """Ids of the entries that a list shows, without the sources that are always there."""
    reply = desk.get(path(sample), **query)
    assert reply.status == 200, reply.text
    return [one["id"] for one in reply.json["items"] if one["id"] not in BUILT_IN]


@every_catalogue
def test_an_entry_is_added_with_its_own_fields(desk: Desk, sample: Sample) -> None:
    """R-LOST-03, R-LOST-04, R-LOST-05, R-TKT-02, R-TKT-03, R-TKT-04, R-TKT-05, R-TKT-06, R-CTR-02, R-CTR-03, R-CTR-04,
    R-CTR-05, R-PT-02, R-PT-03, R-PT-06, R-SUP-02, R-SUP-03, R-SUP-04, R-POS-02, R-POS-03, R-POS-04, R-POS-05, R-SRC-02,
    R-SRC-03, R-SRC-04, R-SRC-05, R-SRC-06, A-LOST-1: and it is whole, listed and marked."""
    made = desk.post(path(sample), sample.one)

    assert made.status == 201, made.text
    assert {name: made.json[name] for name in sample.one} == sample.one
    assert (made.json["version"], made.json["created_by"], made.json["type"]) == (1, "lan", sample.kind)
    assert found(desk, sample) == [made.json["id"]]
    assert desk.get(path(sample, made.json["id"])).json == made.json


@every_catalogue
def test_an_entry_is_edited(desk: Desk, sample: Sample) -> None:
    """R-LOST-06, R-LOST-07, R-TKT-07, R-TKT-08, R-CTR-06, R-CTR-07, R-PT-09, R-PT-10, R-SUP-05, R-SUP-06, R-POS-06,
    R-POS-07, R-SRC-08, R-SRC-09: everything can be changed, what is not sent stays, and the audit says what was."""
    entry = entered(desk, sample)
    first = next(iter(sample.edit))

    once = desk.patch(path(sample, entry), {first: sample.edit[first]}, if_match="1").json
    whole = desk.patch(path(sample, entry), sample.edit).json
    stale = desk.patch(path(sample, entry), sample.edit, if_match="1")

    kept = {name: value for name, value in sample.one.items() if name != first}
    assert {name: once[name] for name in kept} == kept
    assert {name: whole[name] for name in sample.edit} == sample.edit
    assert (whole["version"], whole["updated_by"]) == (3, "lan")
    assert (stale.status, stale.code) == (409, "version_conflict")


@every_catalogue
def test_an_entry_that_nobody_uses_is_deleted(desk: Desk, sample: Sample) -> None:
    """R-LOST-08, R-TKT-09, R-CTR-08, R-PT-11, R-SUP-07, R-POS-08, R-SRC-10: it leaves the list, its name is free."""
    entry, other = entered(desk, sample), entered(desk, sample, sample.other)

    reply = desk.delete(path(sample, entry))

    assert (reply.status, reply.text) == (204, "")
    assert found(desk, sample) == [other]
    assert desk.get(path(sample, entry)).code == f"unknown_{sample.kind}"
    assert desk.patch(path(sample, entry), sample.edit).code == f"unknown_{sample.kind}"
    assert entered(desk, sample) != entry


@every_catalogue
def test_an_entry_in_use_is_not_deleted(desk: Desk, sample: Sample) -> None:
    """R-TKT-11, R-CTR-10, R-SUP-09, A-LOST-2, A-PT-1, A-POS-1, A-SRC-3: the refusal counts the users and names the
    first few; once they are removed the entry can go (A-TKT-4)."""
    entry = entered(desk, sample)
    user_type, field = sample.used
    for number in range(7):
        desk.keep(user_type, f"{user_type}_{number}", at=f"2026-05-0{number + 1}T00:00:00.000000Z", **{field: entry})

    refused = desk.delete(path(sample, entry))

    assert (refused.status, refused.code) == (409, "in_use")
    told = refused.json["error"]["details"]
    assert (told["count"], told["counts"], len(told["users"])) == (7, {user_type: 7}, 5)
    assert told["users"][0] == {"type": user_type, "id": f"{user_type}_0", "name": f"{user_type}_0"}
    assert found(desk, sample) == [entry]


@every_catalogue
def test_a_search_looks_into_the_fields_that_the_documents_name_and_into_no_others(desk: Desk, sample: Sample) -> None:
    """R-LOST-10, R-TKT-12, R-CTR-11, R-SUP-10, R-POS-10, R-SRC-12, A-PT-2: whatever the case and accents; an empty
    keyword lists all."""
    entry, other = entered(desk, sample), entered(desk, sample, sample.other)

    for word in sample.found:
        assert found(desk, sample, q=word) == [entry], word
    for word in sample.lost:
        assert found(desk, sample, q=word) == [], word
    assert sorted(found(desk, sample, q="")) == sorted((entry, other))


@every_catalogue
def test_names_codes_and_keys_are_taken_once(desk: Desk, sample: Sample) -> None:
    """A-LOST-1, A-CTR-1, A-PT-6, A-SUP-1, A-POS-2, A-SRC-1: whatever the case and spaces; the refusal names the field
    and who has it, and nothing is written. An entry may keep its own."""
    entry = entered(desk, sample)
    field = {"supplier-types": "code", "sources": "key"}.get(sample.name, "name")
    shouted = f" {str(sample.one[field]).upper()}  "

    added = desk.post(path(sample), {**sample.other, field: shouted})
    other = entered(desk, sample, sample.other)
    moved = desk.patch(path(sample, other), {field: shouted})

    for reply in (added, moved):
        assert (reply.status, reply.code) == (409, f"duplicate_{field}"), reply.text
        assert reply.json["error"]["field"] == field
        assert reply.json["error"]["details"] == {"existing": entry}
    assert sorted(found(desk, sample)) == sorted((entry, other))
    assert desk.patch(path(sample, entry), {field: shouted}).status == 200


@every_catalogue
def test_what_an_entry_must_have_is_asked_for(desk: Desk, sample: Sample) -> None:
    """R-CTR-04, R-POS-04, A-TKT-5, A-SUP-1, A-SRC-1: required fields may be neither left out nor emptied."""
    required = {"ticket-priorities": {"name", "resolve_time"}, "sources": {"key", "name"}}
    required |= {name: {"code", "name"} for name in ("supplier-types", "product-types")}
    wanted = required.get(sample.name, {"name"})
    entry = entered(desk, sample)

    nothing = desk.post(path(sample), {})
    emptied = desk.patch(path(sample, entry), dict.fromkeys(wanted))
    blank = desk.patch(path(sample, entry), {"name": "   "})

    assert (nothing.status, nothing.fields) == (422, dict.fromkeys(wanted, "missing"))
    assert (emptied.status, emptied.fields) == (422, dict.fromkeys(wanted, "not_null"))
    assert blank.fields == {"name": "string_too_short"}


@every_catalogue
def test_everybody_reads_and_admins_write(desk: Desk, sample: Sample) -> None:
    """api.md, Authentication."""
    entry = entered(desk, sample)

    assert desk.call("GET", path(sample), role="viewer").status == 200
    for method, where, body in (("POST", "", sample.other), ("PATCH", entry, sample.edit), ("DELETE", entry, None)):
        reply = desk.call(method, path(sample, where), body, role="staff")
        assert (reply.status, reply.code) == (403, "role_too_small")


@every_catalogue
def test_a_list_comes_in_pages_and_by_name(desk: Desk, sample: Sample) -> None:
    """Paging is common to all catalogues; letters with accents stand where people look for them."""
    bodies = [{**sample.other, "name": name} for name in ("Ơn", "Ban", "Đào", "Cúc")]
    for number, body in enumerate(bodies):
        entered(desk, sample, body | {name: f"x{number}" for name in ("code", "key") if name in sample.one})

    def names(**query: str) -> list[str]:
        items: list[dict[str, Any]] = []
        cursor = ""
        while cursor is not None:
            page = desk.get(path(sample), cursor=cursor, limit="3", **query).json
            items, cursor = [*items, *page["items"]], page["next_cursor"]
        return [one["name"] for one in items if one["id"] not in BUILT_IN]

    assert names(sort="name") == ["Ban", "Cúc", "Đào", "Ơn"]
    assert names(sort="-name") == ["Ơn", "Đào", "Cúc", "Ban"]


def test_priorities_are_listed_by_how_soon_they_must_be_settled(desk: Desk) -> None:
    """R-TKT-01, A-TKT-3: by resolve time, whatever its unit; a day is 24 hours (A-TKT-1)."""
    for name, time, unit in (("C", 25, "hours"), ("A", 61, "minutes"), ("B", 1, "days"), ("D", 2, "days")):
        desk.post("/catalogues/ticket-priorities", {"name": name, "resolve_time": time, "resolve_unit": unit})

    assert [one["name"] for one in desk.get("/catalogues/ticket-priorities").json["items"]] == ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    "edit, wrong",
    [
        ({"resolve_time": 0}, {"resolve_time": "greater_than_equal"}),
        ({"resolve_time": True}, {"resolve_time": "int_type"}),
        ({"resolve_time": "3"}, {"resolve_time": "int_type"}),
        ({"resolve_unit": "weeks"}, {"resolve_unit": "literal_error"}),
        ({"resolve_unit": None}, {"resolve_unit": "not_null"}),
        ({"rank": 1}, {"rank": "extra_forbidden"}),
    ],
)
def test_a_resolve_time_is_a_positive_number_of_minutes_hours_or_days(
    desk: Desk, edit: dict[str, object], wrong: dict[str, str]
) -> None:
    """R-TKT-05, A-TKT-1."""
    reply = desk.post("/catalogues/ticket-priorities", {"name": "Khẩn", "resolve_time": 1} | edit)

    assert (reply.status, reply.fields) == (422, wrong)


def test_the_catalogues_say_how_their_screens_look(desk: Desk) -> None:
    """R-LOST-09, R-TKT-10, R-CTR-09, R-PT-04, R-PT-12, R-SUP-08, R-SUP-11, R-POS-09, R-SRC-11: labels of the popup that
    asks before a deletion, where entries are added, and the detail icon."""
    told = {one["name"]: one for one in desk.get("/catalogues").json["items"]}
    asked = {name: [one["screen"][label]["vi"] for label in ("confirm", "cancel")] for name, one in told.items()}

    assert asked == {
        "loss-reasons": ["Xóa", "Không"],
        "ticket-priorities": ["Xóa", "Trở về"],
        "contract-types": ["Xóa", "Không"],
        "product-types": ["Xóa", "Bỏ qua"],
        "supplier-types": ["Xóa", "Không"],
        "contact-positions": ["Xóa", "Không"],
        "sources": ["Có", "Không"],
    }
    assert {name for name, one in told.items() if one["screen"]["opens"] == "popup"} == {"product-types"}
    assert {name for name, one in told.items() if one["screen"]["details"]} == {"supplier-types"}
    assert told["ticket-priorities"]["screen"]["leave"] == {"vi": "Trở về", "en": "Back"}
    assert [told["sources"]["screen"][name]["vi"] for name in ("add", "save", "update", "search")] == [
        "Thêm mới",
        "Lưu",
        "Cập nhật",
        "Tìm kiếm",
    ]
    assert told["contract-types"]["fields"][0] == {
        "name": "name",
        "label": {"vi": "Loại hợp đồng", "en": "Contract type"},
        "form": "name",
        "required": True,
        "unique": "kind",
    }


def test_an_entry_added_twice_under_one_idempotency_key_is_there_once(desk: Desk) -> None:
    """api.md, Conventions: also where the first answer was lost behind the write."""
    body = {"name": "Giá cao"}
    first = desk.post("/catalogues/loss-reasons", body, idempotency_key="k")
    again = desk.post("/catalogues/loss-reasons", body, idempotency_key="k")

    assert (first.status, again.text) == (201, first.text)


def test_a_refusal_speaks_the_callers_language(desk: Desk) -> None:
    """api.md, Errors."""
    reply = desk.call("DELETE", "/catalogues/sources/retailer", accept_language="en")

    assert (reply.code, reply.json["error"]["message"][:24]) == ("built_in", "The hub itself uses this")
