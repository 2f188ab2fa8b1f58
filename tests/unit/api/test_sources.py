"""The catalogue of sources: those that integrations write are there by themselves and stay."""

import pytest

from retailhub.domain.catalogues import BUILT_IN
from retailhub.domain.merging import merged
from retailhub.domain.records import Customer, Record, Snapshot
from retailhub.platforms.cnv_loyalty.channels import CHANNELS, KEY, as_source
from retailhub.platforms.getfly import mapping as getfly
from retailhub.platforms.haravan import customers as haravan
from retailhub.platforms.kiotviet import mapping as kiotviet
from tests.unit.api.desk import Desk

PATH = "/catalogues/sources"


def test_what_integrations_write_is_listed_without_being_made(desk: Desk) -> None:
    """R-SRC-01, R-SRC-07, A-SRC-4: KiotViet's key is `retailer`, its name KiotViet."""
    listed = {one["id"]: one for one in desk.get(PATH).json["items"]}

    written = {kiotviet.SOURCE, haravan.SOURCE, getfly.KEY, KEY, "facebook", "webform"}
    written |= {as_source(channel) for channel in CHANNELS.values()}
    assert written <= set(listed)
    assert (listed["retailer"]["key"], listed["retailer"]["name"]) == ("retailer", "KiotViet")
    assert all(one["built_in"] for one in listed.values())
    assert desk.get(f"{PATH}/retailer").json == listed["retailer"]


@pytest.mark.parametrize("source", BUILT_IN)
def test_the_key_of_an_integration_stands(desk: Desk, source: str) -> None:
    """R-SRC-07, A-SRC-2, A-SRC-3: it is neither changed nor taken by another nor removed."""
    key = str(BUILT_IN[source].key)

    assert desk.patch(f"{PATH}/{key}", {"key": "moi"}).code == "built_in"
    assert desk.delete(f"{PATH}/{key}").code == "built_in"
    assert desk.post(PATH, {"key": key.upper(), "name": "x"}).json["error"]["details"] == {"existing": source}
    assert desk.patch(f"{PATH}/{key}", {"key": key}).json["id"] == source


def test_its_name_is_the_admins(desk: Desk) -> None:
    """R-SRC-09: and the records that name it need not change."""
    renamed = desk.patch(f"{PATH}/retailer", {"name": "Cửa hàng"}, if_match="0")
    again = desk.patch(f"{PATH}/retailer", {"name": "Cửa hàng Ba Đình"}, if_match="1")

    assert (renamed.status, renamed.json["version"], renamed.json["key"]) == (200, 1, "retailer")
    assert (again.json["name"], again.json["version"]) == ("Cửa hàng Ba Đình", 2)
    assert [one["name"] for one in desk.get(PATH, q="retailer").json["items"]] == ["Cửa hàng Ba Đình"]
    assert desk.delete(f"{PATH}/retailer").code == "built_in"


@pytest.mark.parametrize(
    "typed, kept", [("Hoi-Cho", "hoi-cho"), ("a_1", "a_1"), ("hội", None), ("hoi cho", None), ("x" * 51, None)]
)
def test_a_key_is_plain(desk: Desk, typed: str, kept: str | None) -> None:
    """R-SRC-05, A-SRC-1: letters, digits, `_` and `-`; whatever the case."""
    reply = desk.post(PATH, {"key": typed, "name": "Hội chợ"})

    assert (reply.status, reply.json.get("key")) == ((201, kept) if kept else (422, None))


def test_records_name_the_entry_and_not_its_key(desk: Desk) -> None:
    """A-SRC-2: so a key can be changed."""
    source = desk.post(PATH, {"key": "hoi-cho", "name": "Hội chợ"}).json["id"]
    customer = desk.post("/customers", {"name": "Lan", "phone": "0912000111", "source": source})
    desk.patch(f"{PATH}/{source}", {"key": "trien-lam"})

    assert customer.json["source"] == source
    assert [one["name"] for one in desk.get("/customers", source=source).json["items"]] == ["Lan"]
    assert desk.post("/customers", {"name": "Mai", "source": "hoi-cho"}).fields == {"source": "unknown_source"}


def test_a_source_that_a_rule_asks_for_is_in_use(desk: Desk) -> None:
    """A-SRC-3."""
    source = desk.post(PATH, {"key": "hoi-cho", "name": "Hội chợ"}).json["id"]
    line = {"field": "source", "op": "=", "value": source}
    desk.keep("ownership_rule", "r_1", name="Hội chợ về Lan", conditions=(line,))

    refused = desk.delete(f"{PATH}/{source}")

    assert refused.code == "in_use"
    [user] = refused.json["error"]["details"]["users"]
    assert user == {"type": "ownership_rule", "id": "r_1", "name": "Hội chợ về Lan"}


@pytest.mark.parametrize("store", ["kv-1", "kv-2"])
def test_a_customer_who_is_there_keeps_the_first_source(store: str) -> None:
    """A-SRC-5, A-SRC-6: whichever KiotViet store tells of them later."""
    known = Record("customer", "c_1", Customer(name="Lan", source="facebook"), version=1, rev=1)
    told = Snapshot("customer", "7", fields={"name": "Lan"}, first={"source": kiotviet.SOURCE})

    after = merged(known, told, connection=store, merge="whole", at="2026-05-14T00:00:00.000000Z")

    assert after.fields.source == "facebook"
