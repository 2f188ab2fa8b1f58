"""Customers ("accounts") of Getfly: their rules and their v3 shape (getfly.md §4.1)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from tests.twins.getfly import events, people
from tests.twins.getfly.wording import EMPTY_DAY, RefusedError, local_time, typed_day, written_day
from tests.twins.invented import person

if TYPE_CHECKING:
    from tests.twins.getfly import GetflyTwin

Account = dict[str, Any]
FIRST = 5001
TEXTS = (
    "account_name", "phone_office", "email", "website", "billing_address_street",
    "description", "account_type", "industry", "province_name", "relation_name",
)  # fmt: skip
READ_NAMES = {"phone": "phone_office", "address": "billing_address_street"}
CONTACT = ("first_name", "last_name", "phone_mobile", "phone_home", "email", "description", "title")
KEPT_SECRET = ("account_code", "birthday", "gender", "account_source", "manager_user_name")


class Accounts:
    """Keeps the tenant's customers; a deleted one stays and holds its code."""

    def __init__(self, twin: GetflyTwin) -> None:
        self.twin = twin
        self.clear()

    def clear(self) -> None:
        """Forget numbers and codes."""
        self.ids = itertools.count(FIRST)
        self.contact_ids = itertools.count(9001)
        self.codes: dict[str, int] = {}

    @property
    def rows(self) -> dict[Any, Account]:
        """All customers by id, deleted ones too."""
        return self.twin.records["customers"]

    def alive(self) -> list[Account]:
        """Customers that are not deleted, in the order they were made."""
        return [row for row in self.rows.values() if not row["deleted"]]

    def find(self, account_id: Any) -> Account:
        """The live customer with this id, or a 404."""
        row = self.rows.get(int(account_id)) if str(account_id).isdigit() else None
        if row is None or row["deleted"]:
            raise RefusedError(404, "Không tìm thấy khách hàng")
        return row

    def find_code(self, code: str) -> Account:
        """The live customer with this code, or a 404."""
        return self.find(self.codes.get(code, ""))

    def create(self, body: Account, by_api: bool = True, quiet: bool = False) -> Account:
        """New customer from `{account{}, contacts, referer, custom_fields}`; fires customer.created."""
        written = _object(body, "account")
        if not written.get("account_name"):
            raise RefusedError(400, "Tên khách hàng không được để trống", "account_name")
        code = str(written.get("account_code") or "") if self._takes_codes(by_api) else ""
        self._refuse_taken(code, written)
        row = self._blank(code)
        self._write(row, body, by_api)
        self.rows[row["account_id"]] = row
        self.codes[row["account_code"]] = row["account_id"]
        if not quiet:
            self.announce(row)
        return row

    def announce(self, row: Account) -> None:
        """Fire customer.created."""
        self.twin.fire("customer.created", {"account_id": row["account_id"]})

    def update(self, row: Account, body: Account, by_api: bool = True) -> Account:
        """Merge a body of the same shape as for create; fires customer.updated with the changed fields."""
        before = _comparable(row)
        self._refuse_taken("", _object(body, "account"), but=row)
        self._write(row, body, by_api)
        data: Account = {"account_id": row["account_id"]}
        if self.twin.switches["customer_data_change"]:
            source = ("API", "api") if by_api else ("NV Minh", "web")
            data["data_change"] = events.data_change(before, _comparable(row), *source)
        self.twin.fire("customer.updated", data)
        return row

    def restore(self, code: str) -> Account:
        """Bring back the deleted customer that holds this code."""
        row = self.rows.get(self.codes.get(code, 0))
        if row is None or not row["deleted"]:
            raise RefusedError(404, "Không tìm thấy khách hàng đã xóa")
        row.update(deleted=False, updated_at=self.twin.clock())
        return row

    def remove(self, row: Account) -> None:
        """Delete softly; 4.0 has no event for it."""
        row.update(deleted=True, updated_at=self.twin.clock())

    def invent(self, number: int) -> Account:
        """Person `number` as a customer made some minutes after the person before."""
        somebody = person(number)
        account = {
            "account_name": somebody.name, "phone_office": somebody.spelt_phone, "email": somebody.email,
            "gender": 2 if somebody.male else 1, "birthday": somebody.birthday,
            "billing_address_street": f"{somebody.street}, {somebody.province}", "account_type": "Khách lẻ",
        }  # fmt: skip
        row = self._blank("")
        self._write(row, {"account": account}, by_api=False)
        row["created_at"] = row["updated_at"] = self.twin.long_ago(number)
        self.rows[row["account_id"]] = row
        self.codes[row["account_code"]] = row["account_id"]
        return row

    def shape(self, row: Account, flat: bool = True) -> Account:
        """A customer as v3 reads it: other names than written, custom fields at the top (`flat`) or in their box."""
        user = people.find(row["manager_user_name"])
        shape = {
            "account_id": str(row["account_id"]), "account_code": row["account_code"],
            "account_name": row["account_name"], "address": row["billing_address_street"],
            "phone": row["phone_office"], "email": row["email"], "website": row["website"], "logo": "",
            "birthday": row["birthday"] or EMPTY_DAY, "gender": str(row["gender"] or ""),
            "description": row["description"], "created_at": local_time(row["created_at"]),
            "account_type": row["account_type"], "account_source": row["account_source"],
            "relation_name": row["relation_name"], "industry_name": row["industry"],
            "province_name": row["province_name"], "manager_user_name": row["manager_user_name"],
            "manager_email": people.mail(user) if user else "", "contacts": row["contacts"],
        }  # fmt: skip
        return {**row["custom_fields"], **shape} if flat else {**shape, "custom_fields": row["custom_fields"]}

    def _takes_codes(self, by_api: bool) -> bool:
        return not by_api or bool(self.twin.switches["caller_chosen_codes"])

    def _blank(self, code: str) -> Account:
        number, now = next(self.ids), self.twin.clock()
        texts = dict.fromkeys(TEXTS, "")
        return {
            **texts, "account_id": number, "account_code": code or f"KH{number:06d}", "birthday": "", "gender": 0,
            "account_source": "", "manager_user_name": self.twin.switches["default_manager"],
            "contacts": [], "custom_fields": {}, "created_at": now, "updated_at": now, "deleted": False,
        }  # fmt: skip

    def _write(self, row: Account, body: Account, by_api: bool) -> None:
        written = _object(body, "account")
        changes: Account = {name: str(written[name] or "") for name in TEXTS if name in written}
        if "gender" in written:
            changes["gender"] = int(written["gender"] or 0)
        if "birthday" in written:
            changes["birthday"] = (written_day if by_api else typed_day)(written["birthday"], "birthday")
        changes.update(_manager({**body, **written}))
        if "referer" in body:
            changes["account_source"] = str(body["referer"] or "")
        if isinstance(body.get("contacts"), list):
            changes["contacts"] = [self._contact(contact) for contact in body["contacts"]]
        row.update(changes, custom_fields={**row["custom_fields"], **_object(body, "custom_fields")})
        row["updated_at"] = self.twin.clock()

    def _contact(self, contact: Account) -> Account:
        number = contact.get("contact_id") or next(self.contact_ids)
        return {"contact_id": str(number), **{name: str(contact.get(name) or "") for name in CONTACT}}

    def _refuse_taken(self, code: str, written: Account, but: Account | None = None) -> None:
        if code in self.codes:
            raise RefusedError(400, "Mã khách hàng không cho phép trùng", "account_code")
        for word, field in (("phone", "phone_office"), ("email", "email")):
            asked = word in self.twin.switches["refuse_duplicates"] and written.get(field)
            if asked and any(row is not but and row[field] == written[field] for row in self.alive()):
                raise RefusedError(400, f"Trường {field} không cho phép trùng: {written[field]}", field)


def as_body(record: Account) -> Account:
    """What somebody typed in the screen (names of reading or writing, flat) as a body for create and update."""
    account = {READ_NAMES.get(key, key): value for key, value in record.items()}
    boxes: Account = {box: account.pop(box) for box in ("contacts", "custom_fields", "referer") if box in account}
    if "account_source" in account:
        boxes["referer"] = account.pop("account_source")
    strange = set(account) - set(TEXTS) - set(KEPT_SECRET) - {"account_manager"}
    if strange:
        raise ValueError(f"a customer has no {sorted(strange)}; put custom fields into custom_fields")
    return {"account": account, **boxes}


def _manager(written: Account) -> Account:
    for field in ("account_manager", "manager_user_name"):
        if written.get(field):
            user = people.find(written[field])
            if user is None:
                raise RefusedError(400, "Không tìm thấy người phụ trách", field)
            return {"manager_user_name": user["user_name"]}
    return {}


def _object(body: Account, name: str) -> Account:
    value = body.get(name) or {}
    if not isinstance(value, dict):
        raise RefusedError(400, f"{name} phải là một đối tượng", name)
    return value


def _comparable(row: Account) -> Account:
    plain = {field: row[field] for field in (*TEXTS, "birthday", "gender", "account_source", "manager_user_name")}
    return plain | {f"custom_fields[{key}]": value for key, value in row["custom_fields"].items()}
