"""Haraloyalty's client against its twin: the Source contract, paging while points move, whose profile it is."""

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Rejected, Unavailable
from retailhub.domain.records import RecordType
from retailhub.platforms.haraloyalty.client import Haraloyalty
from retailhub.platforms.http import Unpaced
from tests.contract.source_tests import SourceTests, control, ids, paged
from tests.twins.base import Twin
from tests.twins.haraloyalty import TOKEN, HaraloyaltyTwin
from tests.twins.haravan import HaravanTwin


def client(url: str, token: str = TOKEN, **settings: Any) -> Haraloyalty:
    """A client of the twin's programme."""
    connection = Connection("loy-mau", "haraloyalty", "Thành viên mẫu", ("customer",), settings)
    return Haraloyalty(connection, Secret({"access_token": token}), url, Unpaced())


class TestHaraloyaltySource(SourceTests):
    """Haraloyalty keeps the contract of a Source."""

    kinds: ClassVar[dict[RecordType, str]] = {"customer": "profiles"}
    seeded: ClassVar[dict[str, int]] = {"profiles": 120}
    touch: ClassVar[dict[RecordType, dict[str, Any]]] = {"customer": {"point_available": 999}}

    @pytest.fixture
    def twin(self) -> Twin:
        """A fresh programme."""
        return HaraloyaltyTwin()

    def make(self, url: str) -> Haraloyalty:
        """A client of that programme."""
        return client(url)


@pytest.fixture
def twin() -> HaraloyaltyTwin:
    """A fresh programme."""
    return HaraloyaltyTwin()


@pytest.fixture
def url(twin: HaraloyaltyTwin) -> Iterator[str]:
    """Its address."""
    with twin.serve() as address:
        yield address


def test_no_profile_is_passed_over_while_others_move(url: str, twin: HaraloyaltyTwin) -> None:
    """Points change and members leave between two pages."""
    control(url, "POST", "/seed", {"profiles": 160})
    doomed = iter(sorted(ids(url, "profiles")))
    seen: set[str] = set()
    for page in paged(client(url), "customer"):
        seen |= {row.source_id for row in page.rows}
        for _ in range(10):
            twin.remove("profiles", int(next(doomed)))

    assert seen >= ids(url, "profiles")


@pytest.mark.parametrize("switches, token, status", [({}, "wrong-token", 401), ({"scope": False}, TOKEN, 403)])
def test_a_token_that_may_not_read_is_refused(url: str, switches: dict[str, Any], token: str, status: int) -> None:
    """A person must enter another; it is not repeated."""
    control(url, "PUT", "/switches", switches)
    with pytest.raises(Rejected) as refusal:
        client(url, token).test()

    assert refusal.value.status == status
    assert "wrong-token" not in str(refusal.value)


def test_the_connection_test_tells_whether_there_are_members(url: str) -> None:
    assert client(url).test() == {"profiles": False}
    control(url, "POST", "/seed", {"profiles": 1})
    assert client(url, haravan="hrv-mau").test() == {"profiles": True}


def test_an_answer_without_profiles_is_no_empty_list(url: str) -> None:
    """Otherwise a run would be complete without a single member."""
    control(url, "POST", "/faults", {"status": 202, "body": {"message": "maintenance"}})
    with pytest.raises(Unavailable) as refusal:
        client(url).pages("customer", None, None)

    assert refusal.value.code == "answer_without_profiles"


def test_profiles_belong_to_haravan_s_customers(url: str) -> None:
    """R-HL-05: by Haravan's id where it is told, else by phone."""
    control(url, "POST", "/seed", {"profiles": 8})
    shop = HaravanTwin()
    customers = {str(shop.invent("customers", number)["id"]) for number in range(8)}
    source = client(url)

    people = [source.person(row.payload) for row in source.pages("customer", None, None).rows]

    assert {ref for ref, _ in people if ref} < customers
    assert sum(ref is None for ref, _ in people) == 2
    assert {phone for _, phone in people} == {f"+8490000000{number}" for number in range(8)}


def test_the_settings_name_the_shop(url: str) -> None:
    """Whose customers they are is the operator's to say."""
    assert (client(url, haravan="hrv-mau").haravan, client(url).haravan) == ("hrv-mau", None)
