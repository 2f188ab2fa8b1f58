"""What every table must do: one class, inherited by the test of each kind, which only says how to make one."""

import random
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from retailhub.crm.traces import Reading, merged
from retailhub.domain.errors import Permanent
from retailhub.domain.records import Line, Order, Record
from retailhub.store import events, records
from retailhub.store.events import Event
from retailhub.store.table import Check, Conflict, Delete, Item, Put, Table

EVENT = Event("e", "shop1", "customer", "7", "applied", handled_at="2026-05-14T02:00:00.000000Z")
BORN = {"version": 1, "created_at": "2026", "updated_at": "2026", "origin": "shop1"}


def item(pk: str = "A", sk: str = "1", **attributes: object) -> Item:
    return {"pk": pk, "sk": sk, **attributes}


class TableTests:
    """The contract of `retailhub.store.table.Table`; `table` is a fixture of the heir."""

    def test_what_is_written_is_read(self, table: Table) -> None:
        """Texts, whole numbers and booleans; what is None is left out."""
        table.write(Put(item(text="Đặng 🎁 Ha\u0300", count=10**20, yes=True, nothing=None), expect=0))
        found = item(text="Đặng 🎁 Ha\u0300", count=10**20, yes=True, rev=1)
        assert table.get(("A", "1")) == found
        assert table.get(("A", "2")) is None
        assert table.get_many([("A", "1"), ("A", "2"), ("A", "1")]) == {("A", "1"): found}

    def test_a_new_item_must_be_new(self, table: Table) -> None:
        table.write(Put(item(), expect=0))
        with pytest.raises(Conflict):
            table.write(Put(item(text="other"), expect=0))
        assert table.get(("A", "1")) == item(rev=1)

    def test_a_write_on_an_old_reading_conflicts(self, table: Table) -> None:
        """The optimistic lock: rev grows by one with each write."""
        table.write(Put(item(), expect=0))
        table.write(Put(item(text="first"), expect=1))
        with pytest.raises(Conflict):
            table.write(Put(item(text="second"), expect=1))
        assert table.get(("A", "1")) == item(text="first", rev=2)

    def test_a_write_on_an_item_that_is_gone_conflicts(self, table: Table) -> None:
        with pytest.raises(Conflict):
            table.write(Put(item(), expect=3))
        with pytest.raises(Conflict):
            table.write(Delete(("A", "1"), expect=3))

    def test_a_write_that_does_not_mind_wins(self, table: Table) -> None:
        table.write(Put(item(), expect=0))
        table.write(Put(item(text="new"), expect=None))
        assert (table.get(("A", "1")) or {})["text"] == "new"
        table.write(Delete(("A", "1")))
        table.write(Delete(("A", "1")))
        assert table.get(("A", "1")) is None

    def test_a_transaction_is_all_or_nothing(self, table: Table) -> None:
        """F39: whichever condition fails, nothing of it is done."""
        table.write(Put(item(sk="held"), expect=0))
        held = ("A", "held")
        for refused in (Put(item(sk="held"), expect=0), Delete(held, expect=9), Check(held, expect=9)):
            with pytest.raises(Conflict):
                table.write(Put(item(sk="new"), expect=0), refused)
        assert table.get(("A", "new")) is None
        assert table.get(("A", "held")) == item(sk="held", rev=1)

    def test_a_transaction_writes_deletes_and_checks(self, table: Table) -> None:
        table.write(Put(item(sk="a"), expect=0), Put(item(sk="b"), expect=0))
        table.write(Put(item(sk="a", text="x"), expect=1), Delete(("A", "b"), expect=1))
        table.write(Put(item(sk="c"), expect=0), Check(("A", "a"), expect=2))
        assert [found["sk"] for found in table.query("A").items] == ["a", "c"]

    def test_no_writes_are_no_call(self, table: Table) -> None:
        table.write()

    def test_a_partition_is_read_in_order_page_by_page(self, table: Table) -> None:
        for n in range(7):
            table.write(Put(item(sk=f"{n}"), expect=0))
        assert self.walked(table, newest_first=False) == list("0123456")
        assert self.walked(table, newest_first=True) == list("6543210")

    def walked(self, table: Table, *, newest_first: bool) -> list[str]:
        seen: list[str] = []
        cursor = None
        while True:
            page = table.query("A", newest_first=newest_first, limit=3, cursor=cursor)
            assert len(page.items) <= 3
            seen += [found["sk"] for found in page.items]
            cursor = page.cursor
            if cursor is None:
                return seen

    def test_a_query_takes_a_beginning_or_an_end(self, table: Table) -> None:
        for sk in ("LINK#a", "LINK#b", "REC"):
            table.write(Put(item(sk=sk), expect=0))
        assert [found["sk"] for found in table.query("A", begins="LINK#").items] == ["LINK#a", "LINK#b"]
        assert [found["sk"] for found in table.query("A", until="LINK#a~").items] == ["LINK#a"]
        assert table.query("B").items == []

    @pytest.mark.parametrize("index", ["listing", "related", "due"])
    def test_an_index_shows_what_has_its_attributes(self, table: Table, index: str) -> None:
        for n in range(5):
            place = {f"{index}_pk": "L", f"{index}_sk": f"{n % 2}#{n}"} if n else {}
            table.write(Put(item(pk=f"X{n}", **place), expect=0))
        seen, cursor = [], None
        while True:
            page = table.query("L", index=index, limit=2, cursor=cursor)  # type: ignore[arg-type]
            seen += [found["pk"] for found in page.items]
            cursor = page.cursor
            if cursor is None:
                break
        assert seen == ["X2", "X4", "X1", "X3"]
        assert len(table.query("L", index=index, until="0~").items) == 2  # type: ignore[arg-type]

    def test_several_stories_are_read_as_one(self, table: Table) -> None:
        """Each event once, newest first, page by page, though many share an instant."""
        dice = random.Random(7)
        for n in range(40):
            place = {"related_pk": f"STORY#{dice.randrange(3)}", "related_sk": f"2026-05-14T02:00:0{dice.randrange(4)}"}
            table.write(Put({**events.to_item(EVENT), **place, "pk": f"EVENT#{n}"}, expect=0))
        stored = [table.get((f"EVENT#{n}", "EVENT")) or {} for n in range(40)]
        wanted = sorted(((i["related_sk"], i["pk"]) for i in stored if i["related_pk"] != "STORY#2"), reverse=True)
        for most, limit in ((2, 3), (3, 5), (100, 7)):
            assert self.told(table, Reading(table, "", "", most), limit) == wanted
        within = Reading(table, "2026-05-14T02:00:01", "2026-05-14T02:00:02", 4)
        assert self.told(table, within, 3) == [place for place in wanted if place[0][-1] in "12"]

    def told(self, table: Table, reading: Reading, limit: int) -> list[tuple[str, str]]:
        seen: list[tuple[str, str]] = []
        cursor: str | None = None

        def keep(item: Item) -> Event:
            seen.append((item["related_sk"], item["pk"]))
            return EVENT

        while True:
            page = merged(reading, {"STORY#0", "STORY#1"}, keep, limit, cursor)
            assert len(page.items) <= limit
            if (cursor := page.cursor) is None:
                return seen

    def test_an_item_leaves_an_index_with_its_attributes(self, table: Table) -> None:
        table.write(Put(item(due_pk="D", due_sk="1"), expect=0))
        table.write(Put(item(), expect=1))
        assert table.query("D", index="due").items == []

    def test_a_cursor_that_is_none_of_ours_is_refused(self, table: Table) -> None:
        """It comes from outside, by the admin API."""
        with pytest.raises(Permanent, match="cursor"):
            table.query("A", cursor="bm9wZQ==")

    def test_a_hundred_items_are_read_in_one_call(self, table: Table) -> None:
        for n in range(100):
            table.write(Put(item(sk=f"{n:03d}"), expect=0))
        assert len(table.get_many(("A", f"{n:03d}") for n in range(100))) == 100

    def test_an_order_of_a_thousand_lines_is_kept_whole(self, table: Table) -> None:
        lines = tuple(Line(sku=f"A{n}", name="Áo dài lụa tơ tằm", quantity=n, price=1000 + n) for n in range(1000))  # type: ignore[arg-type]
        record = Record("order", "o1", Order(items=lines), **BORN)  # type: ignore[arg-type]
        table.write(records.put(record))
        assert records.load(table, "order", "o1") == replace(record, rev=1)

    def test_what_no_item_can_hold_is_refused_for_good(self, table: Table) -> None:
        """F40: 400 kB; trying again cannot help."""
        too_large = item(text="x" * 410_000)
        with pytest.raises(Permanent, match="large"):
            table.write(Put(too_large, expect=0))
        with pytest.raises(Permanent, match="large"):
            table.write(Put(too_large, expect=0), Put(item(sk="2"), expect=0))
        assert table.query("A").items == []

    def test_of_eight_writers_on_one_reading_one_wins(self, table: Table, other: Callable[[], Table]) -> None:
        """F03: the race is decided by the condition."""
        table.write(Put(item(), expect=0))
        won: list[int] = []

        def write(n: int, mine: Table) -> None:
            try:
                mine.write(Put(item(count=n), expect=1))
            except Conflict:
                return
            won.append(n)

        writers = [threading.Thread(target=write, args=(n, other())) for n in range(8)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert len(won) == 1
        assert table.get(("A", "1")) == item(count=won[0], rev=2)
