"""The CRMVIET twin keeps the assumptions of its sheet (crmviet.md §2), and its switches turn what is unknown."""

from typing import Any

import pytest

from tests.twins.crmviet import EMAIL, PASSWORD, CrmvietTwin


class Account:
    """One account and its callers."""

    def __init__(self) -> None:
        self.now = 1_718_699_004.0  # 2024-06-18 15:23:24 in Vietnam
        self.twin = CrmvietTwin(clock=lambda: self.now)
        self.web = self.twin.app.test_client()
        opened: Any = self.web.post("/api/v1/login", json={"email": EMAIL, "password": PASSWORD}).json
        self.token = opened["token"]

    def get(self, path: str, **params: Any) -> Any:
        """JSON of a call with the token."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.web.get(f"/api/v1{path}", query_string=params, headers=headers).json

    def board(self, method: str, path: str, body: Any = None) -> Any:
        """JSON of a control call."""
        return self.web.open(f"/_twin{path}", method=method, json=body).json

    def ids(self, **params: Any) -> list[int]:
        """The ids in a page."""
        return [row["LEAD_ID"] for row in self.get("/leads", **params)["leads"]]


@pytest.fixture
def account() -> Account:
    """An account without leads, whose clock stands still."""
    return Account()


@pytest.mark.parametrize("honest, status", [(False, 200), (True, 401)])
def test_a_wrong_password_fails_whatever_the_status(account: Account, honest: bool, status: int) -> None:
    """§2.2: HTTP status isn't reliable."""
    account.board("PUT", "/switches", {"honest_status": honest})

    answer = account.web.post("/api/v1/login", json={"email": EMAIL, "password": "sai"})
    body: Any = answer.json

    assert (answer.status_code, body["messages"]) == (status, "fails")
    assert "token" not in body


def test_a_session_ends(account: Account) -> None:
    """§2.1: expiry is unknown; by the clock, or by hand."""
    assert account.get("/leads")["messages"] == "success"
    account.board("PUT", "/clock", {"forward": 3601})
    assert account.get("/leads")["messages"] == "fails"
    again = Account()
    again.board("POST", "/sign-out")
    assert "Token" in again.get("/leads")["details"]


def test_a_lead_comes_in_changes_and_is_converted(account: Account) -> None:
    """§2.4: names in capitals, Vietnamese wall time."""
    made = account.board("POST", "/records/leads", {"LEAD_NAME": "Trần Thu Hà", "SOURCE": "Webform"})
    assert (made["CONVERTED"], made["STATUS"], made["UPD_DTTM"]) == (0, "Mới", "2024-06-18 15:23:24")
    assert "CUSTOMER_ID" not in made
    account.now += 60
    account.board("PUT", f"/records/leads/{made['LEAD_ID']}", {"TELEPHONE": "0905550142"})
    account.board("POST", f"/leads/{made['LEAD_ID']}/convert")

    lead = account.get(f"/leads/single/{made['LEAD_ID']}")["lead"]

    assert (lead["TELEPHONE"], lead["CONVERTED"], lead["CUSTOMER_ID"]) == ("0905550142", 1, 81207)
    assert (lead["REG_DTTM"], lead["UPD_DTTM"]) == ("2024-06-18 15:23:24", "2024-06-18 15:24:24")


def test_a_list_goes_by_offset_in_steps_of_ten(account: Account) -> None:
    """§2.2."""
    account.board("POST", "/seed", {"leads": 25})
    first, last = account.ids(index=0), account.ids(index=20)
    assert (len(first), len(last), account.get("/leads")["total"]) == (10, 5, 25)
    assert first == sorted(first, reverse=True)
    assert account.ids(index=25) == []
    account.board("PUT", "/switches", {"newest_first": False, "page_size": 5, "show_total": False})
    assert account.ids(index=1) == [410_002, 410_003, 410_004, 410_005, 410_006]
    assert "total" not in account.get("/leads")


def test_a_list_is_asked_for_by_source(account: Account) -> None:
    """R-SYN-05."""
    account.board("PUT", "/switches", {"other_source_every": 4, "converted_every": 4})
    account.board("POST", "/seed", {"leads": 8})
    facebook = {row["SOURCE"] for row in account.get("/leads", source="facebook")["leads"]}
    assert (facebook, account.get("/leads", source="facebook,webform")["total"]) == ({"Facebook"}, 6)
    account.board("PUT", "/switches", {"filter_sources": False, "converted_shown": False})
    assert account.get("/leads", source="facebook")["total"] == 6


def test_what_is_not_there_is_said_so(account: Account) -> None:
    """The control API does not swallow what it does not know."""
    assert account.get("/leads/single/7") == {"messages": "fails", "details": "Không tìm thấy cơ hội"}
    assert account.web.post("/_twin/leads/7/convert").status_code == 404
    refused = account.web.post("/_twin/records/leads", json={"PHONE": "0905550142"})
    assert (refused.status_code, "PHONE" in refused.text) == (422, True)
