"""A business at CNV as its partner, its app and its members see it: what the tests of the CNV twin have in common."""

from typing import Any

from tests.twins.cnv_loyalty import CnvLoyaltyTwin

PARTNER = {"X-Client-Id": "twin-cnv-client", "X-Client-Secret": "twin-cnv-secret"}
APP = {"Authorization": "TOKEN twin-cnv-token"}
HA = {
    "ref_id": "GF-5127", "first_name": "Hà", "last_name": "Trần Thu", "phone": "0905550142", "sex": "female",
    "email": "ha.tran@example.vn", "birthday": "1991-08-23",
}  # fmt: skip
SALE = {
    "ref_id": "GF-40217", "code": "KV-HD045512", "customer": {"ref_id": "GF-5127", "phone": "0905550142"},
    "status": "approved", "payment_status": "pending", "shipping_status": "", "discount": 20000, "shipping_fee": 30000,
    "items": [{"ref_id": "GF-P310", "sku": "AO-LINEN-M", "name": "Áo linen", "quantity": 2, "price": 495000}],
}  # fmt: skip


class Business:
    """One CNV twin and its callers."""

    def __init__(self) -> None:
        self.now = 1_718_699_004.0  # 2024-06-18T08:23:24Z
        self.twin = CnvLoyaltyTwin(clock=lambda: self.now)
        self.web = self.twin.app.test_client()

    def push(self, kind: str, body: Any) -> tuple[int, Any]:
        """Status and JSON of a family A push."""
        answer = self.web.post(f"/api/webhook/{kind}", json=body, headers=PARTNER)
        return answer.status_code, answer.json

    def points(self, phone: str) -> Any:
        """JSON of points-information."""
        return self.web.get("/api/v1/customers/points-information", query_string={"phone": phone}, headers=PARTNER).json

    def pull(self, path: str, **params: Any) -> Any:
        """JSON of a family B call."""
        return self.web.get(path, query_string=params, headers=APP).json

    def board(self, method: str, path: str, body: Any = None) -> Any:
        """JSON of a control call."""
        return self.web.open(f"/_twin{path}", method=method, json=body).json

    def switch(self, **switches: Any) -> None:
        """Turn switches."""
        self.board("PUT", "/switches", switches)

    def ids(self, kind: str = "customers", **params: Any) -> list[int]:
        """The ids in one page of a family B list."""
        return [row["id"] for row in self.pull(f"/{kind}.json", **params)[kind]]
