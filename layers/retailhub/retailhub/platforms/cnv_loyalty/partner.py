"""CNV's partner API: what the hub pushes, under its own ids (cnv_loyalty.md §1).

Paths of products and orders follow that of customers [inferred]. All three are upserts by `ref_id` [inferred], so a
push that is repeated after a lost answer leaves one record. The API answers no id: until the open platform shows the
record, our code stands for it (`Remote.id`), and `ref_id` is what CNV finds it by.
"""

from typing import Any

from retailhub.domain.errors import Permanent, Rejected
from retailhub.domain.records import RecordType
from retailhub.platforms.base import Remote, View
from retailhub.platforms.cnv_loyalty.refusals import explained
from retailhub.platforms.http import Http, Pacer

PATHS: dict[RecordType, str] = {
    "customer": "/api/webhook/customers",
    "product": "/api/webhook/products",
    "order": "/api/webhook/orders",
}
POINTS = "/api/v1/customers/points-information"


class Partner:
    """Family A of one business. `base_url` None: CNV issued no address yet, so nothing can be pushed."""

    def __init__(self, base_url: str | None, client_id: str, client_secret: str, pacer: Pacer) -> None:
        self._ready = bool(base_url and client_id and client_secret)
        headers = {"X-Client-Id": client_id, "X-Client-Secret": client_secret}
        self._http = Http(base_url or "", headers, pacer)

    @property
    def configured(self) -> bool:
        """Address, id and secret are there."""
        return self._ready

    def knows_phone(self, phone: str) -> bool:
        """Whether somebody with this phone is a member (§A.1)."""
        try:
            body = self._call("GET", POINTS, params={"phone": phone})
        except Rejected as error:
            if error.status == 404:
                return False
            raise
        inner = body.get("data", body) if isinstance(body, dict) else None
        return isinstance(inner, dict) and ("total_points" in inner or "level_key" in inner)

    def find(self, record_type: RecordType, code: str, view: View) -> Remote | None:
        """A customer by phone. Products and orders cannot be looked up, nor need they: pushing them is an upsert."""
        phone = view["content"].get("phone") if record_type == "customer" else None
        return Remote(code, code) if phone and self.knows_phone(phone) else None

    def create(self, record_type: RecordType, code: str, view: View) -> Remote:
        """Push all parts under our code; an order also carries it as its name, by which a poll recognises it."""
        body = {name: value for part in view.values() for name, value in part.items()} | {"ref_id": code}
        if record_type == "customer" and "phone" not in body:
            raise Rejected("phone_required", "CNV takes no customer without a phone", status=422, field="phone")
        self._push(record_type, body | ({"code": code} if record_type == "order" else {}))
        return Remote(code, code)

    def update(self, record_type: RecordType, remote: Remote, parts: set[str], view: View) -> None:
        """Push the named parts. An order born at CNV is named by its own name there, else by its id."""
        body = {name: value for part in sorted(parts) for name, value in view.get(part, {}).items()}
        named = {"ref_id": view["content"]["ref_id"]}
        if record_type == "order":
            named["code"] = remote.code or remote.id
        if body:
            self._push(record_type, body | named)

    def _push(self, record_type: RecordType, body: dict[str, Any]) -> None:
        self._call("POST", PATHS[record_type], json=body)

    def _call(self, method: str, path: str, **more: Any) -> Any:
        if not self._ready:
            raise Permanent("no_credentials", "partner_url, client_id, client_secret", field="client_id")
        return self._http.call(method, path, explain=explained, **more).body
