"""A Getfly tenant as its caller and its admin see it: what the tests of the Getfly twin have in common."""

from typing import Any

from tests.twins.getfly import GetflyTwin

KEY = {"X-API-KEY": "twin-getfly-key"}
HA = {
    "account_name": "Trần Thu Hà", "phone_office": "0905550142", "email": "ha.tran@example.vn", "gender": 1,
    "billing_address_street": "17 Lê Lai", "birthday": "23/08/1991",
}  # fmt: skip
SHIRT = {"product_code": "AO-LINEN-M", "product_name": "Áo linen", "quantity": 2, "price": 500000}


class Tenant:
    """A Getfly tenant as its caller and its admin see it."""

    def __init__(self) -> None:
        self.now = 1_718_699_004.0  # 2024-06-18 15:23:24 in Vietnam
        self.twin = GetflyTwin(clock=lambda: self.now)
        self.web = self.twin.app.test_client()

    def call(self, method: str, path: str, body: Any = None, **params: Any) -> tuple[int, Any]:
        """Status and JSON of a call with the right key."""
        answer = self.web.open(f"/api/v3{path}", method=method, json=body, query_string=params, headers=KEY)
        return answer.status_code, answer.get_json(silent=True)

    def board(self, method: str, path: str, body: Any = None) -> Any:
        """JSON of a control call."""
        return self.web.open(f"/_twin{path}", method=method, json=body).json

    def switch(self, **switches: Any) -> None:
        """Turn switches."""
        self.board("PUT", "/switches", switches)

    def account(self, **more: Any) -> int:
        """A new customer made through the API; answers the id."""
        return int(self.call("POST", "/account", {"account": {**HA, **more}})[1]["account_id"])

    def order(self, **info: Any) -> Any:
        """A new order made through the API for customer KV-1, unless told otherwise."""
        return self.call("POST", "/orders", {"order_info": {"account_code": "KV-1", **info}, "products": [SHIRT]})
