"""Reports on the local stack: leads of the cloud and what became of them, every figure counted by hand."""

import csv
import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests
from openpyxl import load_workbook

from tests.e2e import fresh
from tests.local.clients import Hub
from tests.local.shops import CLOUD, Shops
from tests.local.waiting import quiet

NUMBERS = ("leads", "leads_with_opportunity", "opportunities", "won", "customers")
RATES = ("contact_rate", "customer_rate", "conversion_rate")
HOA = (4, 3, 4, 1, 1, 100.0, 25.0, 25.0)
MAI = (3, 1, 1, 0, 0, 33.33, 0.0, 0.0)
VY = (0, 0, 0, 0, 0, None, None, None)
TOTAL = (7, 4, 5, 1, 1, 71.43, 20.0, 14.29)
"""Of seven leads in charge of somebody: NUMBERS, then RATES in per cent."""


@dataclass
class Team:
    """A department's three employees, the eight leads that came down, and their opportunities by name."""

    hub: Hub
    department: str = ""
    staff: dict[str, str] = field(default_factory=dict)
    leads: list[dict[str, Any]] = field(default_factory=list)
    reason: dict[str, Any] = field(default_factory=dict)
    opportunities: dict[str, str] = field(default_factory=dict)
    converted: dict[str, Any] = field(default_factory=dict)

    def gather(self) -> None:
        self.department = self.hub.call("POST", "/departments", {"name": fresh.named("Tư vấn")})["id"]
        for name in ("Hoa", "Mai", "Vy"):
            body = {"name": name, "department": self.department}
            self.staff[name] = self.hub.call("POST", "/employees", body)["id"]
        self.reason = self.hub.call("POST", "/catalogues/loss-reasons", {"name": fresh.named("Giá cao")})

    def deal(self, leads: list[dict[str, Any]]) -> None:
        """Four leads to Hoa, three to Mai, the last one to nobody."""
        owners = ["Hoa"] * 4 + ["Mai"] * 3
        for lead, owner in zip(leads, owners, strict=False):
            self.hub.call("PATCH", f"/leads/{lead['id']}", {"owner": self.staff[owner]})
        self.leads = leads

    def work(self) -> None:
        """Hoa has four opportunities on three leads, one won, one lost for a reason; Mai lost one without telling."""
        self.open("won", 0, value=12_000_000)
        self.open("open", 0, value=500_000)
        self.open("lost", 1, value=3_000_000)
        self.open("silent", 4, value=1_500_000)
        self.close("won", status="won")
        self.close("lost", status="lost", loss_reason=self.reason["id"])
        self.close("silent", status="lost")
        wish = {"opportunity": {"name": "Bộ bàn trà", "value": 9_000_000}}
        self.converted = self.hub.call("POST", f"/leads/{self.leads[2]['id']}/convert", wish)
        self.opportunities["converted"] = self.converted["opportunity"]["id"]

    def open(self, name: str, lead: int, **told: Any) -> None:
        body = {"name": name, "lead": self.leads[lead]["id"], **told}
        self.opportunities[name] = self.hub.call("POST", "/opportunities", body)["id"]

    def close(self, name: str, **told: Any) -> None:
        self.hub.call("PATCH", f"/opportunities/{self.opportunities[name]}", told)

    def conversion(self, **wanted: Any) -> dict[str, Any]:
        """The conversion report of the department."""
        return self.hub.call("GET", "/reports/conversion", department=self.department, **wanted)

    def behind(self, number: str, **wanted: Any) -> list[str]:
        """The ids of the rows behind a number of the department."""
        rows = self.hub.all("/reports/conversion/rows", number=number, department=self.department, **wanted)
        return sorted(row["id"] for row in rows)

    def losses(self, **wanted: Any) -> dict[str, Any]:
        """The department's lost opportunities by reason."""
        return self.hub.call("GET", "/reports/loss-reasons", department=self.department, **wanted)


def brought_down(shops: Shops) -> list[dict[str, Any]]:
    """Eight leads that came in at the cloud, as a run by hand brings them to the hub, in their order."""
    mark = fresh.named("Khách hỏi giá")
    for n in range(8):
        told = {"SOURCE": "Webform" if n % 2 else "Facebook", "TELEPHONE": fresh.phone()}
        shops.twins["crmviet"].create("leads", {"LEAD_NAME": f"{mark} {n}", **told})
    every = {"sources": ["facebook", "webform"], "every_minutes": None, "require_phone": False, "require_email": False}
    shops.hub.call("PUT", "/lead-sync", CLOUD | every)
    shops.hub.call("POST", "/lead-sync/run")
    deadline = time.monotonic() + 60
    while (run := shops.hub.call("GET", "/lead-sync")["last_run"])["status"] == "running":
        assert time.monotonic() < deadline, run
        time.sleep(0.5)
    assert quiet(shops, 90)
    found = sorted(shops.hub.all("/leads", q=mark), key=lambda lead: str(lead["name"]))
    assert len(found) == 8
    return found


@pytest.fixture(scope="module")
def team(shops: Shops) -> Iterator[Team]:
    made = Team(shops.hub)
    made.gather()
    made.deal(brought_down(shops))
    made.work()
    yield made
    for employee in made.staff.values():
        shops.hub.call("PATCH", f"/employees/{employee}", {"active": False})


def figures(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in (*NUMBERS, *RATES))


def test_the_conversion_of_the_cloud_s_leads_is_as_counted_by_hand(team: Team) -> None:
    """R-CVR-01…08, A-CVR-1…4, A-CVR-6, A-CVR-7, A-CVR-9: a row per employee, also without leads, and the total."""
    report = team.conversion()
    assert {row["name"]: figures(row) for row in report["items"]} == {"Hoa": HOA, "Mai": MAI, "Vy": VY}
    assert figures(report["total"]) == TOTAL
    everybody = team.hub.call("GET", "/reports/conversion")
    [nobody] = [row for row in everybody["items"] if row["employee"] is None]
    assert nobody["leads"] >= 1
    for n, name in enumerate(NUMBERS):
        assert everybody["total"][name] >= TOTAL[n]
        assert everybody["total"][name] == sum(row[name] for row in everybody["items"])


def test_only_the_leads_of_the_period_count(team: Team) -> None:
    """R-CVR-08, R-CVR-10, A-CVR-5: days in Vietnam, both included."""
    days = [datetime.fromisoformat(lead["created_at"]).astimezone(ZoneInfo("Asia/Ho_Chi_Minh")) for lead in team.leads]
    first, last = min(days).date(), max(days).date()
    assert figures(team.conversion(**{"from": first, "to": last})["total"]) == TOTAL
    before = team.conversion(to=first - timedelta(days=1))
    assert figures(before["total"]) == VY
    assert team.conversion(**{"from": last + timedelta(days=1)})["total"]["leads"] == 0


def test_every_number_opens_to_the_rows_behind_it(team: Team) -> None:
    """R-CVR-02, R-CVR-03: as many as the number says, and the very ones."""
    for n, number in enumerate(NUMBERS):
        assert len(team.behind(number)) == TOTAL[n], number
        for name, counted in {"Hoa": HOA, "Mai": MAI, "Vy": VY}.items():
            assert len(team.behind(number, employee=team.staff[name])) == counted[n], (number, name)
    leads, hoa = [lead["id"] for lead in team.leads], team.staff["Hoa"]
    assert team.behind("leads", employee=hoa) == sorted(leads[:4])
    assert team.behind("leads_with_opportunity", employee=hoa) == sorted(leads[:3])
    assert team.behind("customers") == [leads[0]]
    assert team.behind("won") == [team.opportunities["won"]]
    mine = sorted(team.opportunities[name] for name in ("won", "open", "lost", "converted"))
    assert team.behind("opportunities", employee=hoa) == mine
    nobody = team.hub.all("/reports/conversion/rows", number="leads", employee="none")
    assert leads[7] in {row["id"] for row in nobody}


def test_a_converted_lead_is_a_customer_with_an_opportunity_and_converted_once(team: Team) -> None:
    """R-SYN-12, A-SYN-8, A-CVR-3: name, phone, source and owner go along; both stories tell of it."""
    lead, customer, opportunity = (team.converted[part] for part in ("lead", "customer", "opportunity"))
    for name in ("name", "phone", "source", "owner"):
        assert customer[name] == lead[name] is not None, name
    assert (lead["status"], lead["customer"]) == ("converted", customer["id"])
    assert (opportunity["lead"], opportunity["customer"]) == (lead["id"], customer["id"])
    assert (opportunity["owner"], opportunity["status"]) == (team.staff["Hoa"], "open")

    with pytest.raises(requests.HTTPError, match="409") as refused:
        team.hub.call("POST", f"/leads/{lead['id']}/convert", {})
    error = refused.value.response.json()["error"]
    assert (error["code"], error["details"]["customer"]) == ("already_converted", customer["id"])
    for path, words in ((f"/leads/{lead['id']}", "Đã chuyển thành"), (f"/customers/{customer['id']}", "Được tạo từ")):
        told = [line["text"]["vi"] for line in team.hub.call("GET", f"{path}/timeline")["items"]]
        assert any(words in text and lead["name"] in text for text in told), told


def test_lost_opportunities_are_counted_by_their_reason(team: Team) -> None:
    """R-LOST-01, R-LOST-02, A-LOST-2, A-LOST-3: count and value, by owner too, with the rows behind."""
    report = team.losses()
    rows = [(row["name"], row["count"], row["value"]) for row in report["items"]]
    assert rows == [(team.reason["name"], 1, 3_000_000), (None, 1, 1_500_000)]
    assert (report["total"]["count"], report["total"]["value"]) == (2, 4_500_000)
    mai = team.losses(owner=team.staff["Mai"])
    assert [(row["reason"], row["count"]) for row in mai["items"]] == [(None, 1)]
    assert team.losses(to="2020-01-01")["items"] == []

    for reason, name in ((team.reason["id"], "lost"), ("none", "silent")):
        behind = team.hub.all("/reports/loss-reasons/rows", reason=reason, department=team.department)
        assert [row["id"] for row in behind] == [team.opportunities[name]]
    with pytest.raises(requests.HTTPError, match="in_use"):
        team.hub.call("DELETE", f"/catalogues/loss-reasons/{team.reason['id']}")


def test_both_reports_come_as_files_that_spreadsheets_open(team: Team) -> None:
    """R-CVR-01, R-LOST-02: XLSX and CSV through the gateway, with the same figures."""
    headings = ("Nhân viên phụ trách", "Lead", "Lead có cơ hội", "Cơ hội", "Cơ hội thành công", "Khách hàng")
    rates = ("Tỷ lệ liên hệ (%)", "Tỷ lệ khách hàng (%)", "Tỷ lệ chuyển đổi (%)")
    expected = [(*headings, *rates), ("Hoa", *HOA), ("Mai", *MAI), ("Vy", *VY), ("Tổng cộng", *TOTAL)]
    assert sheet(team, "conversion") == expected
    assert table(team, "conversion") == [[_written(cell) for cell in row] for row in expected]

    silent, total = ("(Không có nguyên nhân)", 1, 1_500_000), ("Tổng cộng", 2, 4_500_000)
    losses = [(team.reason["name"], 1, 3_000_000), silent, total]
    assert sheet(team, "loss-reasons")[1:] == losses
    assert table(team, "loss-reasons")[1:] == [[str(cell) for cell in row] for row in losses]


def sheet(team: Team, report: str) -> list[tuple[Any, ...]]:
    """The rows of a report's XLSX."""
    content = team.hub.file(f"/reports/{report}", department=team.department, format="xlsx")
    return list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def table(team: Team, report: str) -> list[list[str]]:
    """The rows of a report's CSV, which has the mark that Excel needs."""
    content = team.hub.file(f"/reports/{report}", department=team.department, format="csv")
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _written(cell: Any) -> str:
    """A figure as text; rates have two decimals."""
    if cell is None:
        return ""
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)
