"""Getfly and CNV in step, as the default flows have it, for the tests."""

from dataclasses import replace
from typing import Any

from retailhub.domain.deliveries import Delivery
from retailhub.domain.records import Record, RecordType
from retailhub.store import links
from retailhub.store.links import Link
from tests.fakes.fake_platform import FakePlatform
from tests.fakes.world import World

PHONE = "+84912000111"


class Pair:
    """The two platforms in a world, joined by the default flows."""

    def __init__(self, world: World | None = None, **options: Any) -> None:
        self.world = world or World()
        self.getfly: FakePlatform = self.world.connect(
            "getfly1", "getfly", phone_is_identity=True, thin=True, stamped=False, writes=("customer", "order")
        )
        cnv: dict[str, Any] = {"merge": "blanks", "phone_is_identity": True} | options
        cnv["writes"] = ("customer", "product", "order")
        self.cnv: FakePlatform = self.world.connect("cnv1", "cnv_loyalty", ("customer", "order"), **cnv)
        self.world.flow("getfly1", "cnv1", "customer", "created")
        self.world.flow("getfly1", "cnv1", "product", "created", "updated")
        self.world.flow("getfly1", "cnv1", "order", "created", "updated", "status")
        self.world.flow("cnv1", "getfly1", "customer", "created")
        self.world.flow("cnv1", "getfly1", "order", "created")

    def product(self, **fields: Any) -> str:
        """A product that people make in Getfly."""
        return self.getfly.make("product", **{"code": "A1", "name": "Áo", "price": "100000"} | fields)

    def order(self, where: FakePlatform, buyer: str, **fields: Any) -> str:
        """An order that people make somewhere for a customer of that system."""
        row = where.rows["customer", buyer]
        ref = {"id": buyer, "code": row["code"], "stub": {"name": row["fields"].get("name")}}
        return where.make("order", buyer=ref, **{"order_number": "D1", "total_price": "530000"} | fields)

    def link(self, record_type: RecordType, connection: str = "cnv1") -> Link:
        """The link of the only record of a type."""
        found = links.load(self.world.table, record_type, self.only(record_type).id, connection)
        assert found
        return found

    def only(self, record_type: RecordType) -> Record:
        """The only record of a type in the hub."""
        [record] = self.world.records(record_type)
        return record

    def wish(self, record_type: RecordType, connection: str = "cnv1", **marks: Any) -> Delivery:
        """A delivery of the only record of a type."""
        record = self.only(record_type)
        platform = self.world.directory.known[connection].platform
        made = Delivery(platform, connection, record_type, record.id, record.group, record.version)
        return replace(made, **marks)
