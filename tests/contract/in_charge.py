"""A Getfly tenant beside the hub: its customers' persons in charge as both sides see them."""

from typing import Any, cast

from retailhub.domain.changes import Change
from retailhub.domain.records import Record, RecordType
from retailhub.store import links
from retailhub.store.links import Link
from tests.contract.test_getfly_client_writes import client
from tests.contract.twins.getfly_tenant import SHIRT
from tests.fakes.staffed import automation, book, employee
from tests.fakes.world import World
from tests.twins.getfly import GetflyTwin

GF = "gf1example"
WEB, PAGE = "https://www.getfly.vn/dang-ky-dung-thu-phan-mem.html", "https://www.facebook.com/getfly"
MINH, LAN = employee("minh", users={GF: "12"}), employee("lan", users={GF: "nv.lan@example.vn"})
BY_SOURCE = automation((WEB, MINH.id), (PAGE, LAN.id))


class Tenant:
    """A Getfly tenant beside the hub, without any flow; one customer in NV Phúc's charge."""

    def __init__(self, url: str, twin: GetflyTwin) -> None:
        self.twin, self.world = twin, World()
        twin.switches["default_manager"] = "nv.phuc"
        self.world.connect(GF, "getfly", ("customer", "order"))
        self.platform = self.world.platforms[GF] = cast("Any", client(url))
        staff = (MINH, LAN, employee("gone", users={GF: "99"}))
        self.world.directory.book = book(BY_SOURCE, staff=staff, platforms={GF: "getfly"})
        self.customer = str(
            twin.create("customers", {"account_name": "Trần Thu Hà", "phone_office": "0905550142"})["account_id"]
        )
        self.told("customer", self.customer)
        self.world.drain()
        twin.forget_calls()

    def told(self, record_type: RecordType, source_id: str) -> None:
        """A thin webhook arrives."""
        uid = str(self.world.clock())
        self.world.queues.send_changes([Change(GF, record_type, source_id, uid=uid, received_at=uid)])

    def order(self, source: str) -> str:
        """An order is made in Getfly; its webhook is on its way."""
        code = self.twin.accounts.find(self.customer)["account_code"]
        info = {"account_code": code, "source_name": source}
        number = str(self.twin.orders.create({"order_info": info, "products": [SHIRT]})["order_id"])
        self.told("order", number)
        return number

    @property
    def manager(self) -> str:
        """Whom Getfly shows in charge."""
        return str(self.twin.accounts.find(self.customer)["manager_user_name"])

    @property
    def puts(self) -> int:
        """How often the hub wrote there."""
        return sum(count for route, count in self.twin.by_route.items() if route.startswith("PUT"))

    @property
    def record(self) -> Record:
        """The hub's customer."""
        found = self.world.record(GF, "customer", self.customer)
        assert found
        return found

    @property
    def link(self) -> Link:
        """The customer's link."""
        found = links.load(self.world.table, "customer", self.record.id, GF)
        assert found
        return found
