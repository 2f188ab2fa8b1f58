"""The client of the CRMVIET cloud against its twin: the Source contract, sessions, paging, what is left out."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from retailhub.domain.errors import Rejected, Unavailable
from retailhub.domain.records import RecordType
from retailhub.platforms.crmviet.cloud import Cloud
from tests.contract.crmviet_account import client
from tests.contract.source_tests import SourceTests, control, ids, paged, walked
from tests.twins.base import Twin
from tests.twins.crmviet import CrmvietTwin


class TestCloudSource(SourceTests):
    """The cloud keeps the contract of a Source."""

    kinds: ClassVar[dict[RecordType, str]] = {"lead": "leads"}
    seeded: ClassVar[dict[str, int]] = {"leads": 35}
    touch: ClassVar[dict[RecordType, dict[str, Any]]] = {"lead": {"NOTE": "Gọi lại"}}

    @pytest.fixture
    def twin(self) -> Twin:
        """A fresh account."""
        return CrmvietTwin()

    def make(self, url: str) -> Cloud:
        """A client of that account."""
        return client(url)


@pytest.fixture
def twin() -> CrmvietTwin:
    """A fresh account."""
    return CrmvietTwin()


@pytest.fixture
def url(twin: CrmvietTwin) -> Iterator[str]:
    """Its address."""
    with twin.serve() as address:
        yield address


def came_and_stayed(source: Cloud) -> tuple[int, dict[str, int]]:
    """How many leads a whole run brings, and how many it leaves out by reason."""
    pages = list(paged(source, "lead"))
    stayed = sum((Counter(page.left_out) for page in pages), Counter[str]())
    return sum(len(page.rows) for page in pages), dict(stayed)


class TestSession:
    """E-mail and password open it, a bearer token keeps it (crmviet.md §2.1, R-SYN-04)."""

    def test_the_account_is_proven(self, url: str) -> None:
        control(url, "POST", "/seed", {"leads": 12})

        assert client(url).test() == {"leads": 12}
        assert client(url, sources=[]).test() == {"leads": 0}

    @pytest.mark.parametrize("honest", [True, False])
    def test_a_wrong_password_is_refused_and_never_repeated(self, url: str, honest: bool) -> None:
        """A-SYN-5: the cloud repeats what it was sent, we do not; its status may be 200 all the same."""
        control(url, "PUT", "/switches", {"honest_status": honest})
        with pytest.raises(Rejected) as refusal:
            client(url, "mat-khau-sai-bia").test()

        assert (refusal.value.code, refusal.value.status) == ("login_refused", 401)
        assert "mat-khau-sai-bia" not in f"{refusal.value} {refusal.value.__cause__}"

    def test_one_login_serves_many_pages(self, url: str, twin: CrmvietTwin) -> None:
        control(url, "POST", "/seed", {"leads": 35})

        walked(client(url), "lead")

        assert twin.by_route["POST /api/v1/login"] == 1
        assert twin.by_route["GET /api/v1/leads"] >= 4

    @pytest.mark.parametrize("honest", [True, False])
    def test_a_session_that_ends_is_opened_once_more(self, url: str, twin: CrmvietTwin, honest: bool) -> None:
        """401 by status, or by words with status 200."""
        control(url, "POST", "/seed", {"leads": 12})
        control(url, "PUT", "/switches", {"honest_status": honest, "token_seconds": 60})
        source = client(url)
        first = source.pages("lead", None, None)
        control(url, "PUT", "/clock", {"forward": 120})

        source.pages("lead", None, first.cursor)

        assert twin.by_route["POST /api/v1/login"] == 2

    def test_a_token_that_opens_nothing_is_not_asked_for_for_ever(self, url: str, twin: CrmvietTwin) -> None:
        control(url, "PUT", "/switches", {"token_seconds": 0})
        with pytest.raises(Rejected) as refusal:
            client(url).pages("lead", None, None)

        assert refusal.value.status == 401
        assert twin.by_route["POST /api/v1/login"] == 2

    def test_an_address_without_a_cloud_is_said_so(self, url: str) -> None:
        """A path that is not there must not pass for a lead that is gone."""
        for call in (lambda: client(f"{url}/crm").test(), lambda: client(f"{url}/crm").read("lead", "7")):
            with pytest.raises(Rejected) as refusal:
                call()
            assert (refusal.value.code, refusal.value.field) == ("no_such_address", "base_url")

    def test_a_path_that_vanished_is_no_lead_that_is_gone(self, url: str) -> None:
        """Only words that say so make a lead gone (F15), with an honest status or not."""
        source = client(url)
        source.test()
        control(url, "POST", "/faults", {"status": 404, "body": "<html>"})
        with pytest.raises(Rejected) as refusal:
            source.read("lead", "7")
        assert refusal.value.code == "no_such_address"

        control(url, "PUT", "/switches", {"honest_status": True})
        assert source.read("lead", "7") is None

    def test_an_answer_in_no_envelope_is_no_answer(self, url: str) -> None:
        source = client(url)
        source.test()
        control(url, "POST", "/faults", {"status": 201, "body": {"rows": []}})
        with pytest.raises(Unavailable) as refusal:
            source.pages("lead", None, None)

        assert refusal.value.code == "answer_without_envelope"


class TestPaging:
    """Offsets in steps, in an order that is not known (crmviet.md §2.2)."""

    @pytest.mark.parametrize(
        "switches",
        [{"newest_first": False}, {"page_size": 5}, {"page_size": 100}, {"show_total": False},
         {"show_total": False, "page_size": 7}],
    )  # fmt: skip
    def test_every_lead_comes_once(self, url: str, switches: dict[str, Any]) -> None:
        control(url, "POST", "/seed", {"leads": 35})
        control(url, "PUT", "/switches", switches)

        listed = walked(client(url), "lead")

        assert sorted(listed) == sorted(ids(url, "leads"))

    def test_leads_that_come_in_meanwhile_hide_none(self, url: str, twin: CrmvietTwin) -> None:
        """They stand in front and move the others down."""
        control(url, "POST", "/seed", {"leads": 45})
        before, seen = ids(url, "leads"), set[str]()
        for page in paged(client(url), "lead"):
            seen |= {row.source_id for row in page.rows}
            twin.create("leads", {"LEAD_NAME": "Lê Mới", "SOURCE": "Facebook"})

        assert seen >= before

    @pytest.mark.parametrize("vanish", [1, 3, 9])
    def test_leads_that_vanish_meanwhile_hide_none(self, url: str, twin: CrmvietTwin, vanish: int) -> None:
        """The others move up, across the page's edge; the last row seen may be among those that are gone."""
        control(url, "POST", "/seed", {"leads": 60})
        seen: set[str] = set()
        for page in paged(client(url), "lead"):
            seen |= {row.source_id for row in page.rows}
            for key in sorted(twin.records["leads"], reverse=True)[:vanish]:
                if str(key) in seen:
                    twin.remove("leads", key)

        assert seen >= ids(url, "leads")

    def test_a_list_that_is_always_another_ends_all_the_same(self, url: str, twin: CrmvietTwin) -> None:
        """Steps back are counted."""
        control(url, "POST", "/seed", {"leads": 40})
        for _ in paged(client(url), "lead"):
            control(url, "PUT", "/switches", {"newest_first": not twin.switches["newest_first"]})


class TestLeftOut:
    """What stays in the cloud, and why."""

    def test_only_the_ticked_sources_come(self, url: str) -> None:
        """R-SYN-05."""
        control(url, "POST", "/seed", {"leads": 30})
        source = client(url, sources=["facebook"])

        told = [source.snapshot("lead", row.payload).first for page in paged(source, "lead") for row in page.rows]

        assert len(told) == 15
        assert {first["source"] for first in told} == {"facebook"}
        assert all(first["social_page"] for first in told), "A-SYN-8: the page is kept"

    def test_a_cloud_that_does_not_look_at_the_source_brings_no_more(self, url: str) -> None:
        """R-SYN-05."""
        control(url, "PUT", "/switches", {"filter_sources": False, "other_source_every": 3})
        control(url, "POST", "/seed", {"leads": 30})

        assert came_and_stayed(client(url)) == (20, {"other_source": 10})

    def test_with_nothing_ticked_nothing_is_asked_for(self, url: str, twin: CrmvietTwin) -> None:
        """A-SYN-2."""
        control(url, "POST", "/seed", {"leads": 5})

        assert came_and_stayed(client(url, sources=[])) == (0, {})
        assert sum(twin.by_route.values()) == 0

    @pytest.mark.parametrize("mark", ["number", "word", "none"])
    def test_converted_leads_stay(self, url: str, mark: str) -> None:
        """R-SYN-12, however the conversion is told; the lead itself can still be read (A-SYN-3)."""
        control(url, "PUT", "/switches", {"converted_mark": mark})
        control(url, "POST", "/seed", {"leads": 12})
        chosen = sorted(ids(url, "leads"))[4]
        control(url, "POST", f"/leads/{chosen}/convert")
        source = client(url)

        assert came_and_stayed(source) == (11, {"converted": 1})
        assert source.read("lead", chosen) is not None

    def test_the_conditions_are_kept(self, url: str) -> None:
        """R-SYN-07 … R-SYN-10: counted against the twin's own rows; nobody is counted twice at the pages' edges."""
        control(url, "POST", "/seed", {"leads": 60})
        rows = control(url, "GET", "/state/leads")
        phones, mails = ([bool(row[name].strip()) for row in rows] for name in ("TELEPHONE", "EMAIL"))
        both = sum(p and m for p, m in zip(phones, mails, strict=True))

        assert came_and_stayed(client(url)) == (60, {})
        assert came_and_stayed(client(url, require_phone=True)) == (sum(phones), {"no_phone": 60 - sum(phones)})
        assert came_and_stayed(client(url, require_email=True)) == (sum(mails), {"no_email": 60 - sum(mails)})
        came, stayed = came_and_stayed(client(url, require_phone=True, require_email=True))
        assert (came, sum(stayed.values())) == (both, 60 - both)

    def test_a_row_that_cannot_be_read_is_shown_to_apply_and_stops_nobody(self, url: str, twin: CrmvietTwin) -> None:
        """A poison row is one failed event; one without an id can only be counted."""
        control(url, "POST", "/seed", {"leads": 5})
        first, second, *_ = twin.records["leads"].values()
        first["EMAIL"], second["LEAD_ID"] = {"a": 1}, 0.5

        page = client(url).pages("lead", None, None)

        assert (len(page.rows), page.left_out) == (4, {"no_id": 1})
        assert str(first["LEAD_ID"]) in {row.source_id for row in page.rows}
