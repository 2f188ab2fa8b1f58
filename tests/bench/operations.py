"""Operations per event: what one webhook, one change, one delivery costs in calls, counted on the emulation's calls."""

import json
from collections.abc import Iterator

from retailhub.domain.changes import Change
from retailhub.domain.connections import Connection, PlatformName, Secret
from retailhub.domain.deliveries import Delivery
from retailhub.domain.rules import PointSettings
from retailhub.platforms.registry import receiver
from retailhub.runtime import intake, wiring
from retailhub.store import connections, records
from retailhub.store.table import remote_key
from retailhub.sync.apply import apply
from retailhub.sync.deliver import deliver
from tests.bench import letters
from tests.bench.emulated import Calls, emulated
from tests.bench.figures import Figure, at_most, exactly, shown
from tests.bench.letters import KEY, Letter, gateway_event
from tests.local.shops import CREDENTIALS, RECORD_TYPES
from tests.twins.haravan import HaravanTwin
from tests.twins.kiotviet import KiotVietTwin

SENDS = "sqs.SendMessageBatch"


def figures() -> Iterator[Figure]:
    """Accept, apply, deliver."""
    kiotviet, kiotviet_letters = letters.kiotviet()
    haravan, haravan_letters = letters.haravan()
    with kiotviet.serve() as kiotviet_url, haravan.serve() as haravan_url:
        urls = {"kiotviet": kiotviet_url, "haravan": haravan_url}
        with emulated(json.dumps(urls)) as calls:
            _connect("kiotviet")
            _connect("haravan")
            _settle_points()
            yield from _accepted(calls, kiotviet, kiotviet_letters)
            yield from _customers(calls, kiotviet, kiotviet_letters)
            buyer = kiotviet.last_id
            yield from _contracts(calls, kiotviet, kiotviet_letters)
            yield from _orders(calls, haravan, haravan_letters)
            yield from _deliveries(calls, haravan, str(buyer))


def _connect(platform: PlatformName) -> None:
    """A connection whose id is the platform's name, and its secret."""
    connection = Connection(platform, platform, platform, tuple(RECORD_TYPES[platform]), created_at=wiring.now())
    wiring.table().write(connections.put(connection))
    intake.secrets().put(platform, Secret(CREDENTIALS[platform], current=KEY))


def _settle_points() -> None:
    """Contracts earn a point for every 100,000 đồng."""
    terms, now = PointSettings.model_validate({"amount_per_point": 100_000}), wiring.now()
    born = records.born("point_settings", "point_settings", origin="hub", by="hub", at=now)
    wiring.table().write(records.put(born.revised(terms, by="hub", at=now)))


def _accepted(calls: Calls, twin: KiotVietTwin, sent: list[Letter]) -> Iterator[Figure]:
    """A webhook's records go to the queue ten a call, and nowhere else."""
    for count in (1, 10, 25):
        twin.switches["batch_size"] = count
        twin.create_many("customers", [{"name": f"Khách {count}.{n}"} for n in range(count)])
        event = gateway_event("kiotviet", sent.pop())
        intake.secrets().get("kiotviet")
        calls.forget()
        answer = intake.accept(event, "kiotviet", receiver("kiotviet"))
        assert answer["statusCode"] == 200, answer
        yield exactly(f"webhook of {count}: calls to the table", calls.table, 0)
        yield exactly(f"webhook of {count}: sends", calls.of(SENDS), -(-count // 10))


def _customers(calls: Calls, twin: KiotVietTwin, sent: list[Letter]) -> Iterator[Figure]:
    """A customer is made, changed, told again."""
    _applied("kiotviet", _typed(twin, sent))  # the first one also reads the connection, which a warm function remembers
    yield from _counted(calls, "new customer", "kiotviet", _typed(twin, sent), "applied", reads=3)
    changed = _edited(twin, sent)
    yield from _counted(calls, "customer change", "kiotviet", changed, "applied", reads=3)
    yield from _counted(calls, "unchanged customer", "kiotviet", changed, "echo", writes=0)


def _typed(twin: KiotVietTwin, sent: list[Letter]) -> Letter:
    twin.create("customers", {"name": "Khách mới", "contactNumber": f"09170{twin.last_id % 100_000:05d}"})
    return sent.pop()


def _edited(twin: KiotVietTwin, sent: list[Letter]) -> Letter:
    twin.change("customers", twin.last_id, {"name": "Khách đã sửa"})
    return sent.pop()


def _contracts(calls: Calls, twin: KiotVietTwin, sent: list[Letter]) -> Iterator[Figure]:
    """An invoice of a known customer: it is made, paid (it earns points), told again."""
    line = {"productName": "Áo", "price": 500_000, "quantity": 1}
    made = twin.create("invoices", {"customerId": twin.last_id, "status": 3, "invoiceDetails": [line]})
    yield from _counted(calls, "new contract", "kiotviet", _invoice(sent), "applied", reads=4)
    twin.change("invoices", made["id"], {"totalPayment": 500_000})
    paid = _invoice(sent)
    yield from _counted(calls, "contract paid, earning points", "kiotviet", paid, "applied", reads=5)
    yield from _counted(calls, "contract told again", "kiotviet", paid, "echo", writes=0)


def _invoice(sent: list[Letter]) -> Letter:
    return next(letter for letter in reversed(sent) if letter.topic == "invoice.update")


def _orders(calls: Calls, twin: HaravanTwin, sent: list[Letter]) -> Iterator[Figure]:
    """An order of a known buyer, to a recipient; it is paid, told again, refunded."""
    buyer = twin.create("customers", {"first_name": "Lan", "last_name": "Trần", "phone": "0917000111"})
    _applied("haravan", sent.pop())
    lines = [{"title": f"Áo số {n}", "price": 100_000, "quantity": 1} for n in range(5)]
    address = {"name": "Nguyễn Nhận", "phone": "0988000222", "address1": "2 Đội Cấn", "city": "Hà Nội"}
    order = {"customer": {"id": buyer["id"]}, "line_items": lines, "shipping_address": address}
    twin.create("orders", order)
    _applied("haravan", sent.pop())  # the first order also asks for the names of the shop's locations
    made = twin.create("orders", order)
    yield from _counted(calls, "new order of 5 lines", "haravan", sent.pop(), "applied")
    twin.change("orders", made["id"], {"financial_status": "paid"})
    paid = next(letter for letter in reversed(sent) if letter.topic == "orders/updated")
    yield from _counted(calls, "order paid", "haravan", paid, "applied")
    yield from _counted(calls, "order told again", "haravan", paid, "echo", writes=0)


def _deliveries(calls: Calls, twin: HaravanTwin, source_id: str) -> Iterator[Figure]:
    """A KiotViet customer is pushed to Haravan; the second push finds nothing to do."""
    pointer = wiring.table().get(remote_key("kiotviet", "customer", source_id))
    assert pointer is not None
    wish = Delivery("haravan", "haravan", "customer", pointer["record"], pointer["record"], asked=True)
    yield from _delivered(calls, twin, wish, "first delivery", "created", None)
    yield from _delivered(calls, twin, wish, "redundant delivery", "nothing", 0)


def _delivered(
    calls: Calls, twin: HaravanTwin, wish: Delivery, what: str, outcome: str, outside: int | None
) -> Iterator[Figure]:
    twin.forget_calls()
    calls.forget()
    got = deliver(wish, wiring.hub())
    assert got == outcome, f"{what}: {got}"
    made = sum(twin.by_route.values())
    yield shown(f"{what}: calls outside", made) if outside is None else exactly(f"{what}: calls outside", made, outside)
    yield shown(f"{what}: reads, writes", f"{calls.reads}, {calls.writes}")


def _counted(
    calls: Calls, what: str, connection: str, letter: Letter, outcome: str, reads: int | None = None, writes: int = 1
) -> Iterator[Figure]:
    """Apply the letter's one change and tell its reads and writes; `reads` None: shown without a target."""
    calls.forget()
    assert (got := _applied(connection, letter)) == outcome, f"{what}: {got}"
    yield shown(f"{what}: reads", calls.reads) if reads is None else at_most(f"{what}: reads", calls.reads, reads)
    yield at_most(f"{what}: transactions and other writes", calls.writes, writes)


def _applied(connection: str, letter: Letter) -> str:
    [change] = _changes(connection, letter)
    return apply(change, wiring.hub()).outcome


def _changes(connection: str, letter: Letter) -> list[Change]:
    secret = intake.secrets().get(connection)
    found: list[Change] = receiver(connection)(intake.read(gateway_event(connection, letter)), secret).changes
    return found
