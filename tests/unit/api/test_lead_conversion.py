"""Converting a lead: a customer and, if wished, an opportunity, in one transaction and once."""

from retailhub.crm import converting
from tests.unit.api import sales
from tests.unit.api.desk import Desk


def everything(desk: Desk) -> dict[str, int]:
    """How many records of each kind there are."""
    kinds = ("leads", "customers", "opportunities")
    return {kind: len(desk.get(f"/{kind}").json["items"]) for kind in kinds}


def test_the_customer_has_what_the_lead_had(desk: Desk) -> None:
    """R-CVR-03, A-SYN-8: source, page, owner and groups go along."""
    owner, group = sales.employee(desk, "Mai"), sales.made(desk.post("/customer-groups", {"name": "VIP"}))
    told = {"source": "webform", "social_page": "Trang mẫu", "owner": owner, "groups": [group], "tax_code": "0300"}
    one = sales.lead(desk, "Anh Bình", phone="0912000111", email="binh@example.vn", note="gọi lại", **told)

    done = desk.post(f"/leads/{one}/convert").json

    expected = {**told, "name": "Anh Bình", "phone": "+84912000111", "email": "binh@example.vn", "note": "gọi lại"}
    assert {name: done["customer"][name] for name in expected} == expected
    assert (done["customer"]["phone_source"], done["customer"]["created_by"]) == ("contact", "lan")
    assert (done["lead"]["status"], done["lead"]["customer"]) == ("converted", done["customer"]["id"])
    assert (done["lead"]["converted_at"], done["opportunity"]) == (desk.now, None)
    assert desk.get(f"/customers/{done['customer']['id']}").json == done["customer"]
    assert desk.get(f"/leads/{one}").json == done["lead"]


def test_the_opportunity_belongs_to_lead_and_customer_and_counts(desk: Desk) -> None:
    """R-CVR-02: what is made with the conversion is attached to the lead too."""
    owner = sales.employee(desk, "Mai")
    one = sales.lead(desk, owner=owner)
    sales.opportunity(desk, one, "lost")

    done = desk.post(
        f"/leads/{one}/convert", {"opportunity": {"name": "Bộ bàn ghế", "value": 5_000_000, "status": "won"}}
    ).json

    made = done["opportunity"]
    assert (made["lead"], made["customer"], made["owner"]) == (one, done["customer"]["id"], owner)
    assert (made["value"], made["status"], made["won_at"]) == (5_000_000, "won", desk.now)
    assert (done["lead"]["opportunities"], done["lead"]["won"]) == (2, 1) == sales.counts(desk, one)
    assert done["lead"] == desk.get(f"/leads/{one}").json


def test_it_is_one_transaction(desk: Desk) -> None:
    one = sales.lead(desk)
    desk.table.calls.clear()

    desk.post(f"/leads/{one}/convert", {"opportunity": {}})

    assert (desk.table.calls["transaction"], desk.table.calls["write"]) == (1, 0)


def test_a_second_time_is_a_conflict_with_the_customer(desk: Desk) -> None:
    one = sales.lead(desk)
    customer = desk.post(f"/leads/{one}/convert").json["customer"]["id"]

    again = desk.post(f"/leads/{one}/convert")

    assert (again.status, again.code, again.json["error"]["details"]) == (
        409,
        "already_converted",
        {"customer": customer},
    )
    assert everything(desk) == {"leads": 1, "customers": 1, "opportunities": 0}


def test_a_repeat_of_the_same_request_gets_the_first_answer(desk: Desk) -> None:
    """api.md: Idempotency-Key."""
    one = sales.lead(desk)

    first = desk.post(f"/leads/{one}/convert", {"opportunity": {}}, idempotency_key="k-1")
    again = desk.post(f"/leads/{one}/convert", {"opportunity": {}}, idempotency_key="k-1")

    assert (first.status, again.status, again.json) == (200, 200, first.json)


def test_a_request_that_died_after_its_work_finds_it_done(desk: Desk) -> None:
    """F32: the transaction was written, the answer never was."""
    one = sales.lead(desk)

    def dies(_: str) -> None:
        desk.table.after = lambda _: None
        raise RuntimeError

    def die_after_the_work(step: str) -> None:
        if step == "transaction":
            desk.table.after = dies

    desk.table.before = die_after_the_work
    died = desk.post(f"/leads/{one}/convert", {"opportunity": {}}, idempotency_key="k-1")
    desk.table.before = lambda _: None
    again = desk.post(f"/leads/{one}/convert", {"opportunity": {}}, idempotency_key="k-1")

    assert (died.status, again.status) == (500, 200)
    assert again.json["opportunity"]["lead"] == one
    assert everything(desk) == {"leads": 1, "customers": 1, "opportunities": 1}
    desk.noted.clear()


def test_two_at_once_make_one_customer(desk: Desk) -> None:
    """F38."""
    one = sales.lead(desk)

    def somebody_is_quicker(step: str) -> None:
        if step == "transaction":
            desk.table.before = lambda _: None
            converting.convert(desk.office, one, None, converting.Wish())

    desk.table.before = somebody_is_quicker
    second = desk.post(f"/leads/{one}/convert", {"opportunity": {}})

    assert second.code == "already_converted"
    assert everything(desk) == {"leads": 1, "customers": 1, "opportunities": 0}


def test_the_customer_takes_over_the_leads_unique_values(desk: Desk) -> None:
    """A-DUP-5: the lead's own phone is no duplicate of its customer, but stays one for everybody else."""
    desk.call("PUT", "/duplicate-settings", {"fields": {"phone": {"unique": True}}})
    one = sales.lead(desk, phone="0912000111")

    done = desk.post(f"/leads/{one}/convert")

    assert done.status == 200, done.text
    refused = desk.post("/customers", {"name": "Người khác", "phone": "0912000111"})
    assert (refused.status, refused.code) == (409, "duplicate_phone")
    assert refused.json["error"]["details"]["existing"]["id"] == done.json["customer"]["id"]


def test_a_lead_that_is_a_known_customer_is_converted_into_them(desk: Desk) -> None:
    """Where the phone became unique later, or the person is the same under another phone."""
    known = desk.post("/customers", {"name": "Bình", "phone": "0912000111"}).json
    one = sales.lead(desk, phone="0912000222")

    done = desk.post(f"/leads/{one}/convert", {"customer": known["id"], "opportunity": {"value": 1}}).json

    assert done["customer"] == known, "nothing of them is changed"
    assert (done["lead"]["customer"], done["opportunity"]["customer"]) == (known["id"], known["id"])
    assert everything(desk) == {"leads": 1, "customers": 1, "opportunities": 1}


def test_what_cannot_be_is_refused_and_nothing_is_written(desk: Desk) -> None:
    one = sales.lead(desk)

    assert desk.post(f"/leads/{one}/convert", {"customer": "nobody"}).fields == {"customer": "unknown_customer"}
    assert desk.post("/leads/nothing/convert").code == "unknown_lead"
    bad = {"opportunity": {"status": "open", "loss_reason": sales.loss_reason(desk, "Giá cao")}}
    assert desk.post(f"/leads/{one}/convert", bad).fields == {"loss_reason": "only_of_lost"}
    assert desk.post(f"/leads/{one}/convert", {"opportunity": {"owner": "nobody"}}).fields == {
        "owner": "unknown_employee"
    }
    assert desk.post(f"/leads/{one}/convert", if_match="7").code == "version_conflict"
    assert everything(desk) == {"leads": 1, "customers": 0, "opportunities": 0}


def test_ownership_rules_fire_for_the_new_customer(desk: Desk) -> None:
    """R-OWN-10: without a rule the lead's owner stays in charge; a rule that matches decides otherwise."""
    mai, ha = sales.employee(desk, "Mai"), sales.employee(desk, "Hà")
    kept = sales.lead(desk, owner=mai, source="webform")
    moved = sales.lead(desk, owner=mai, source="facebook")
    conditions = [{"field": "source", "op": "=", "value": "facebook"}]
    rule = {"name": "Facebook", "event": "customer_created", "assign_to": {"employee": ha}, "conditions": conditions}
    sales.made(desk.post("/ownership-rules", rule))

    owners = [desk.post(f"/leads/{one}/convert").json["customer"]["owner"] for one in (kept, moved)]

    assert owners == [mai, ha]
    assert desk.get(f"/leads/{moved}").json["owner"] == mai


def test_both_stories_tell_of_it(desk: Desk) -> None:
    """R-CVR-03: each record's timeline names the other."""
    one = sales.lead(desk, "Anh Bình")
    customer = desk.post(f"/leads/{one}/convert").json["customer"]["id"]

    told = {
        line["what"]: line["details"]
        for path in (f"/leads/{one}", f"/customers/{customer}")
        for line in desk.get(f"{path}/timeline").json["items"]
        if line["kind"] == "decision"
    }

    assert told["lead_converted"]["customer"] == customer
    assert told["customer_from_lead"]["lead"] == one
