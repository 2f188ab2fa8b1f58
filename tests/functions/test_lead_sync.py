"""events/lead_sync: the cloud's leads come down the whole way: schedule or hand, pages, changes, records (R-SYN)."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from functions.lead_sync.app import handler
from retailhub.runtime import aws as clients
from retailhub.runtime.settings import settings
from tests.functions.conftest import Lines
from tests.functions.deployment import PREFIX, Context, Deployment, trigger
from tests.functions.leads import api, carried_out, leads, set_up, stepped
from tests.twins.crmviet import PASSWORD, CrmvietTwin

PEOPLE: dict[str, dict[str, str]] = {
    "An: cả hai": {"TELEPHONE": "0912000111", "EMAIL": "an@example.vn"},
    "Bình: SĐT": {"TELEPHONE": "0912000222"},
    "Chi: email": {"EMAIL": "chi@example.vn", "TELEPHONE": "  "},
    "Dũng: không có gì": {},
}


@pytest.fixture
def twin(aws: Deployment, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrmvietTwin]:
    """A fresh account of the cloud, to which the functions speak."""
    made = CrmvietTwin()
    with made.serve() as url:
        monkeypatch.setenv("PLATFORM_URLS", json.dumps({"crmviet_cloud": url}))
        settings.cache_clear()
        yield made


@pytest.fixture
def people(twin: CrmvietTwin) -> CrmvietTwin:
    """Four leads over Facebook: with both contacts, with either, with none."""
    for name, contacts in PEOPLE.items():
        twin.create("leads", {"LEAD_NAME": name, "SOURCE": "Facebook", "SOCIAL_PAGE": "Mây Tre Phú", **contacts})
    return twin


def scheduled(aws: Deployment) -> str:
    """The schedule's tick, and everything that follows from it."""
    outcome: str = handler(trigger("lead_sync", "scheduled"), Context())["outcome"]
    carried_out(aws)
    return outcome


def names(aws: Deployment) -> list[str]:
    return [one.fields.name for one in leads(aws)]


def last_run() -> dict[str, Any]:
    run: dict[str, Any] = api("GET", "/lead-sync/runs", role="viewer")[1]["items"][0]
    return run


def test_leads_come_down_by_the_schedule(aws: Deployment, people: CrmvietTwin, lines: Lines) -> None:
    """R-SYN-01, R-SYN-06, A-SYN-8: with their source and social page; the log names nobody."""
    set_up()

    assert scheduled(aws) == "begun"

    assert names(aws) == sorted(PEOPLE)
    assert {(one.fields.source, one.fields.social_page) for one in leads(aws)} == {("facebook", "Mây Tre Phú")}
    assert {one.fields.phone for one in leads(aws)} == {"+84912000111", "+84912000222", None}
    told = lines()
    pulls = [line["outcome"] for line in told if line.get("platform") == "crmviet_cloud" and "Pulls" in line]
    assert pulls == ["begun", "done"]
    for word in ("An: cả hai", "912000111", "an@example.vn", PASSWORD):
        assert word not in json.dumps(told, ensure_ascii=False)


def test_switched_off_nothing_comes_by_itself(aws: Deployment, people: CrmvietTwin) -> None:
    """R-SYN-06, A-SYN-1: by hand it still does."""
    set_up(every_minutes=None)

    assert scheduled(aws) == "off"
    assert api("POST", "/lead-sync/run", {}, role="staff")[0] == 202
    carried_out(aws)
    assert len(leads(aws)) == 4


@pytest.mark.parametrize(
    "phone, email, wanted, stayed",
    [
        (False, False, sorted(PEOPLE), {}),
        (True, False, ["An: cả hai", "Bình: SĐT"], {"no_phone": 2}),
        (False, True, ["An: cả hai", "Chi: email"], {"no_email": 2}),
        (True, True, ["An: cả hai"], {"no_phone": 2, "no_email": 1}),
    ],
)
@pytest.mark.parametrize("by_hand", [False, True])
def test_the_conditions_hold_the_whole_way(
    aws: Deployment,
    people: CrmvietTwin,
    *,
    phone: bool,
    email: bool,
    wanted: list[str],
    stayed: dict[str, int],
    by_hand: bool,
) -> None:
    """R-SYN-07 … R-SYN-10, A-SYN-4, A-SYN-7: by the schedule as by hand; blanks are no phone; what stayed is told."""
    set_up(require_phone=phone, require_email=email)

    if by_hand:
        api("POST", "/lead-sync/run", {}, role="staff")
        carried_out(aws)
    else:
        scheduled(aws)

    assert names(aws) == wanted
    run = last_run()
    assert (run["trigger"], run["by"]) == (("manual", "lan") if by_hand else ("schedule", None))
    assert (run["status"], run["seen"], run["brought"], run["left_out"]) == ("done", 4, len(wanted), stayed)


def test_only_ticked_sources_come_down(aws: Deployment, twin: CrmvietTwin) -> None:
    """R-SYN-05, A-SYN-2."""
    for source in ("Facebook", "Webform", "Zalo"):
        twin.create("leads", {"LEAD_NAME": f"Từ {source}", "SOURCE": source})
    set_up(sources=[], every_minutes=None)
    api("POST", "/lead-sync/run", {})
    carried_out(aws)
    assert names(aws) == []

    set_up(sources=["webform"], every_minutes=None)
    api("POST", "/lead-sync/run", {})
    carried_out(aws)

    assert [(one.fields.name, one.fields.source) for one in leads(aws)] == [("Từ Webform", "webform")]


def test_converted_leads_stay_in_the_cloud(aws: Deployment, people: CrmvietTwin) -> None:
    """R-SYN-12, A-SYN-3: one that is converted later is not removed here."""
    first, second, *_ = people.records["leads"]
    people.convert(first)
    set_up()
    scheduled(aws)
    assert len(leads(aws)) == 3

    people.convert(second)
    api("POST", "/lead-sync/run", {})
    carried_out(aws)

    assert len(leads(aws)) == 3
    assert (last_run()["seen"], last_run()["left_out"]) == (4, {"converted": 2})


def test_a_second_run_brings_nobody_twice_and_fills_only_blanks(aws: Deployment, people: CrmvietTwin) -> None:
    """A-SYN-3."""
    set_up()
    scheduled(aws)
    fourth = list(people.records["leads"])[3]
    people.clock = lambda: time.time() + 60
    people.change("leads", fourth, {"LEAD_NAME": "Tên khác", "TELEPHONE": "0912000444"})

    api("POST", "/lead-sync/run", {})
    carried_out(aws)

    assert names(aws) == sorted(PEOPLE)
    assert [one.fields.phone for one in leads(aws) if one.fields.name.startswith("Dũng")] == ["+84912000444"]
    assert (last_run()["brought"], last_run()["updated"]) == (0, 1)


def test_ownership_rules_give_them_owners(aws: Deployment, people: CrmvietTwin) -> None:
    """A-SYN-8, R-OWN-06: a lead that comes down is added; its source and social page can be asked for."""
    lan = api("POST", "/employees", {"name": "Lan"})[1]
    rule = {
        "name": "Lead Facebook cho Lan",
        "event": "customer_created",
        "assign_to": {"employee": lan["id"]},
        "conditions": [
            {"field": "source", "op": "=", "value": "facebook"},
            {"field": "social_page", "op": "=", "value": "Mây Tre Phú"},
        ],
    }
    assert api("POST", "/ownership-rules", rule)[0] == 201
    people.create("leads", {"LEAD_NAME": "Từ form", "SOURCE": "Webform"})
    set_up()
    scheduled(aws)

    assert {one.fields.owner for one in leads(aws) if one.fields.source == "facebook"} == {lan["id"]}
    assert [one.fields.owner for one in leads(aws) if one.fields.source == "webform"] == [None]
    facebook = next(one for one in leads(aws) if one.fields.source == "facebook")
    status, story = api("GET", f"/leads/{facebook.id}/timeline")
    assert status == 200, story
    assert [line["what"] for line in story["items"]] == ["applied", "owner_employee"]


class TestLogin:
    """E-mail and password of the cloud account (R-SYN-04)."""

    WRONG = "mat-khau-sai-bia"

    def test_a_wrong_password_fails_the_run_in_clear_words(self, aws: Deployment, people: CrmvietTwin) -> None:
        """R-SYN-04: and nothing comes down."""
        set_up(password=self.WRONG)
        scheduled(aws)

        run = last_run()
        assert (run["status"], run["error"]["code"]) == ("failed", "login_refused")
        assert run["error"]["message"] == "Bản cloud từ chối email hoặc mật khẩu"
        assert leads(aws) == []

    def test_the_right_one_is_used_at_once(self, aws: Deployment, people: CrmvietTwin) -> None:
        """A-SYN-5, A-SYN-7: though the functions are warm and remember the wrong one for a minute."""
        set_up(password=self.WRONG)
        api("POST", "/lead-sync/run", {})
        carried_out(aws)
        set_up(require_phone=True)
        api("POST", "/lead-sync/run", {})
        while last_run()["status"] == "running":  # a run waits a second where the one before used its budget up
            carried_out(aws)

        assert last_run()["status"] == "done"
        assert names(aws) == ["An: cả hai", "Bình: SĐT"]

    @pytest.mark.parametrize("honest", [True, False])
    def test_it_stands_nowhere_but_in_the_parameter_store(
        self, aws: Deployment, people: CrmvietTwin, lines: Lines, honest: bool
    ) -> None:
        """A-SYN-5: not in the table, a log, an answer or an error, though the cloud repeats it in its refusal."""
        people.switches["honest_status"] = honest
        answers = [set_up(password=self.WRONG), set_up(password=PASSWORD), set_up(password=self.WRONG)]
        api("POST", "/lead-sync/run", {})
        carried_out(aws)
        places = ("/lead-sync", "/lead-sync/runs", "/events", "/audit", "/dead-letters")
        answers += [api("GET", path)[1] for path in places]

        parameter = clients.client("ssm").get_parameter(Name=f"{PREFIX}/lead_sync", WithDecryption=True)["Parameter"]
        kept = json.loads(parameter["Value"])["credentials"]
        assert (parameter["Type"], kept) == ("SecureString", {"password": self.WRONG})
        rows = clients.client("dynamodb").scan(TableName="HubTable")["Items"]
        told = [json.dumps(rows, default=str), json.dumps(lines()), json.dumps(answers)]
        assert not [text for text in told if self.WRONG in text or PASSWORD in text]

    def test_a_cloud_that_is_down_only_delays_the_run(self, aws: Deployment, people: CrmvietTwin) -> None:
        """Meanwhile another run is refused (A-SYN-6)."""
        people.faults.order({"status": 503, "times": -1})
        set_up()
        handler(trigger("lead_sync", "scheduled"), Context())
        [step] = aws.messages("Pulls")
        stepped(step)

        assert last_run()["status"] == "running"
        status, body = api("POST", "/lead-sync/run", {})
        assert (status, body["error"]["code"]) == (409, "already_running")
