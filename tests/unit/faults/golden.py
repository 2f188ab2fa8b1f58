"""One whole record of each kind as each platform tells it, and every small way to spoil it."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.records import RecordType, Snapshot
from retailhub.platforms.cnv_loyalty import mapping as cnv
from retailhub.platforms.cnv_loyalty.settings import Settings as CnvSettings
from retailhub.platforms.crmviet.client import Crmviet
from retailhub.platforms.getfly import mapping as getfly
from retailhub.platforms.getfly.settings import Settings as GetflySettings
from retailhub.platforms.http import Unpaced
from tests.unit.platforms import haravan_samples, kiotviet_samples
from tests.unit.platforms.test_cnv_loyalty_mapping import MEMBER, PURCHASE
from tests.unit.platforms.test_getfly_mapping import LISTED
from tests.unit.platforms.test_getfly_orders import INFO, LINE

PRODUCT = {"Id": 31000451, "Code": "AO", "Name": "Áo", "FullName": "Áo dài", "BasePrice": "359000.0", "isActive": True}
EVENT = {
    "action": "EDIT_CUSTOMER",
    "event_id": "e",
    "occurred_at": "2024-06-18 15:20:05",
    "data": {"CUSTOMER_ID": 81207, "CUSTOMER_NAME": "Mây Tre Phú", "UPD_DTTM": "2024-06-18 15:20:04"},
}

ODD: list[Any] = [
    None, "", " ", 0, -1, 7, True, False, [], {}, [None], [[]], [{}], {"id": None}, {"Id": []}, "x", "NaN", "Infinity",
    "1e400", "-0.0", "1,000,000", "9" * 40, 10**30, -(10**18), "2024-13-45", "0000-00-00", "0001-01-01T00:00:00",
    "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", "2024-04-20T10:09:21.1000000", "\ud800", "a\x00b\n", "🛍️",
    "=cmd|' /C calc'!A0", "x" * 3000, {"a": {"b": {"c": 1}}}, "nope", "٣",
]  # fmt: skip
"""Values that no sheet promises: other types, absurd sizes, ends of the calendar, unknown words, foreign digits."""


@dataclass(frozen=True)
class Golden:
    """A payload and how its platform's mapping reads it."""

    name: str
    type: RecordType
    payload: Any
    tell: Callable[[RecordType, Any], Snapshot]


def _crmviet(record_type: RecordType, payload: Any) -> Snapshot:
    connection = Connection("crm", "crmviet", "CRM", settings={"owners": {"15": "e-1"}})
    return Crmviet(connection, Secret(), None, Unpaced()).snapshot(record_type, payload)


def _getfly(record_type: RecordType, payload: Any) -> Snapshot:
    return getfly.snapshot(record_type, payload, GetflySettings(tenant="cuahangmau"))


def _cnv(record_type: RecordType, payload: Any) -> Snapshot:
    return cnv.snapshot(record_type, payload, CnvSettings())


GOLDEN = [
    Golden("kiotviet customer", "customer", kiotviet_samples.CUSTOMER, kiotviet_samples.told),
    Golden("kiotviet product", "product", PRODUCT, kiotviet_samples.told),
    Golden("kiotviet invoice", "contract", kiotviet_samples.INVOICE, kiotviet_samples.told),
    Golden("haravan customer", "customer", haravan_samples.CUSTOMER, haravan_samples.told),
    Golden(
        "haravan order",
        "order",
        {**haravan_samples.ORDER, "refunds": [haravan_samples.money(20000)]},
        haravan_samples.told,
    ),
    Golden("getfly customer", "customer", LISTED, _getfly),
    Golden("getfly order", "order", {"order_info": INFO, "products": [LINE], "payments": [{"amount": 1000}]}, _getfly),
    Golden("cnv member", "customer", MEMBER, _cnv),
    Golden("cnv order", "order", PURCHASE, _cnv),
    Golden("crmviet customer", "customer", EVENT, _crmviet),
]


def spoilt(payload: Any) -> Iterator[Any]:
    """The payload with one member at any depth replaced by each odd value, taken away, or joined by a stranger."""
    for path in _paths(payload):
        for value in ODD:
            yield _with(payload, path, value)
        yield _without(payload, path)
        yield _with(payload, (*path[:-1], "a_member_added_last_night"), {"deep": [1]}) if path[-1:] != (0,) else payload


def _paths(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in inside:
        yield (*at, name)
        yield from _paths(inner, (*at, name))


def _holder(payload: Any, path: tuple[Any, ...]) -> tuple[Any, Any]:
    """A copy, and the place in it that holds the path's end."""
    copied = copy.deepcopy(payload)
    place = copied
    for step in path[:-1]:
        place = place[step]
    return copied, place


def _with(payload: Any, path: tuple[Any, ...], value: Any) -> Any:
    copied, place = _holder(payload, path)
    place[path[-1]] = value
    return copied


def _without(payload: Any, path: tuple[Any, ...]) -> Any:
    copied, place = _holder(payload, path)
    del place[path[-1]]
    return copied
