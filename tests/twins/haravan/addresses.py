"""Haravan's customer addresses: many per customer, one of them the default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask.typing import ResponseReturnValue

from tests.twins.haravan.texts import full_name

if TYPE_CHECKING:
    from tests.twins.haravan.twin import HaravanTwin

Record = dict[str, Any]
MEMBERS = (
    "address1", "address2", "city", "company", "country", "country_code", "first_name", "last_name", "phone",
    "province", "province_code", "district", "district_code", "ward", "ward_code", "zip",
)  # fmt: skip


def placed(customer: Record, twin: HaravanTwin) -> Record:
    """Give every address an id, all its members and a name, and see to it that exactly one is the default."""
    whole = [_filled(part, twin) for part in customer.get("addresses") or []]
    chosen = next((part["id"] for part in reversed(whole) if part.get("default")), whole[0]["id"] if whole else None)
    for part in whole:
        part["default"] = part["id"] == chosen
    default = next((part for part in whole if part["default"]), None)
    return {**customer, "addresses": whole, "default_address": default}


def _filled(part: Record, twin: HaravanTwin) -> Record:
    address = {**dict.fromkeys(MEMBERS), "country": "Vietnam", "country_code": "vn", "default": False, **part}
    if "id" not in address:
        twin.last_address += 1
        address["id"] = twin.last_address
    return {**address, "name": full_name(address)}


class Addresses:
    """/com/customers/{id}/addresses (haravan.md §3.1); every change is a change of the customer."""

    def __init__(self, twin: HaravanTwin) -> None:
        self.twin = twin

    def routes(self) -> None:
        """List, create, read, change, delete, make default."""
        add, base = self.twin.app.add_url_rule, "/com/customers/<int:key>/addresses"
        add(f"{base}.json", "addresses_list", self.listed, methods=["GET"])
        add(f"{base}.json", "addresses_post", self.post, methods=["POST"])
        add(f"{base}/<int:part>.json", "addresses_get", self.one, methods=["GET"])
        add(f"{base}/<int:part>.json", "addresses_put", self.put, methods=["PUT"])
        add(f"{base}/<int:part>.json", "addresses_delete", self.delete, methods=["DELETE"])
        add(f"{base}/<int:part>/default.json", "addresses_default", self.make_default, methods=["PUT"])

    def listed(self, key: int) -> ResponseReturnValue:
        """All addresses, the newest first; `limit` up to 250."""
        customer = self.twin.records["customers"].get(key)
        if customer is None:
            return self.twin.not_found()
        size = min(request.args.get("limit", 50, int), 250)
        start = (request.args.get("page", 1, int) - 1) * size
        rows = sorted(customer["addresses"], key=lambda row: -row["id"])
        return self.twin.answer({"addresses": rows[start : start + size]})

    def one(self, key: int, part: int) -> ResponseReturnValue:
        """One address."""
        found = next((row for row in self._rows(key) if row["id"] == part), None)
        return self.twin.answer({"customer_address": found}) if found else self.twin.not_found()

    def post(self, key: int) -> ResponseReturnValue:
        """Add an address; the first one becomes the default."""
        if key not in self.twin.records["customers"]:
            return self.twin.not_found()
        self._rewrite(key, [*self._rows(key), self._wish()])
        return self.twin.answer({"customer_address": self._rows(key)[-1]}, 201)

    def put(self, key: int, part: int) -> ResponseReturnValue:
        """Change the members sent."""
        wish = {**self._wish(), "id": part}
        self._rewrite(key, [{**row, **wish} if row["id"] == part else row for row in self._rows(key)])
        return self.one(key, part)

    def delete(self, key: int, part: int) -> ResponseReturnValue:
        """Take an address away."""
        self._rewrite(key, [row for row in self._rows(key) if row["id"] != part])
        return self.twin.answer([])

    def make_default(self, key: int, part: int) -> ResponseReturnValue:
        """Make this address the default one."""
        self._rewrite(key, [{**row, "default": row["id"] == part} for row in self._rows(key)])
        return self.one(key, part)

    def _rows(self, key: int) -> list[Record]:
        rows: list[Record] = self.twin.records["customers"].get(key, {}).get("addresses", [])
        return rows

    def _rewrite(self, key: int, rows: list[Record]) -> None:
        if key in self.twin.records["customers"]:
            self.twin.change("customers", key, {"addresses": rows})

    def _wish(self) -> Record:
        body: Any = request.get_json(silent=True) or {}
        wish: Record = body.get("address") or body.get("customer_address") or {}
        return wish
