"""What every Destination must do; a platform's test says only how to make one and what its twin calls the records."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from retailhub.domain.errors import Rejected, Throttled, Unavailable
from retailhub.domain.identity import remote_code
from retailhub.domain.records import MODELS, Customer, Record, RecordType, Shape
from retailhub.platforms.base import Destination, Remote, View
from tests.contract.samples import BARE, CHANGED, blanks, changed, sample
from tests.contract.source_tests import control
from tests.twins.base import Twin

STAMPS = frozenset({"updated_at", "modified_on", "modifiedDate", "history"})
"""Members in which two equal updates may differ."""


class DestinationTests:
    """The contract of `platforms.base.Destination`, kept against the platform's twin.

    kinds: hub's record type → the twin's kind. found: types that `find` can find by our code or by what it sees in the
    view; for the others a repeated create is an upsert. by_phone: a customer whom somebody else made is found by phone.
    tells_gone: an update of a record that is gone there is refused with 404.
    """

    kinds: ClassVar[dict[RecordType, str]]
    found: ClassVar[tuple[RecordType, ...]]
    by_phone: ClassVar[bool] = False
    tells_gone: ClassVar[bool] = True

    @pytest.fixture
    def twin(self) -> Twin:
        """A fresh twin of the platform."""
        raise NotImplementedError

    def make(self, url: str) -> Destination:
        """A client of the twin at this address."""
        raise NotImplementedError

    @pytest.fixture
    def url(self, twin: Twin) -> Iterator[str]:
        """The address of the twin."""
        with twin.serve() as address:
            yield address

    @pytest.fixture
    def destination(self, url: str) -> Destination:
        """A client of the twin."""
        return self.make(url)

    def view(self, destination: Destination, record: Record) -> View:
        """The view of a record; an order's buyer is made there first."""
        return destination.view(record, _buyer(destination) if record.type == "order" else None)

    def there(self, url: str, record_type: RecordType) -> list[dict[str, Any]]:
        """The platform's live records of a type, without their stamps."""
        rows = control(url, "GET", f"/state/{self.kinds[record_type]}")
        kept = [row for row in rows if not row.get("deleted")]
        return [{name: value for name, value in row.items() if name not in STAMPS} for row in kept]

    def test_what_is_created_is_found_again(self, destination: Destination) -> None:
        """After a create, the look-up answers the same record (F50)."""
        for record_type in self.found:
            record = sample(record_type)
            view = self.view(destination, record)

            made = destination.create(record_type, remote_code(record.id), view)

            assert destination.find(record_type, remote_code(record.id), view) == made, record_type

    def test_nothing_is_found_before_it_is_created(self, destination: Destination) -> None:
        """A look-up in an empty platform answers None, not an error."""
        for record_type in destination.writes:
            record = sample(record_type, 7)
            blank = destination.view(replace(record, fields=_without_phone(record)), None)

            assert destination.find(record_type, remote_code(record.id), blank) is None, record_type

    def test_creating_twice_under_one_code_leaves_one_record(self, destination: Destination, url: str) -> None:
        """A create that is repeated after a crash makes no second record (R-CNV-14, F50)."""
        for record_type in destination.writes:
            record = sample(record_type)
            view = self.view(destination, record)
            first = destination.create(record_type, remote_code(record.id), view)

            second = destination.create(record_type, remote_code(record.id), view)

            assert second == first
            assert len(self.there(url, record_type)) == 1, record_type

    def test_an_update_is_absolute_and_repeatable(self, destination: Destination, url: str) -> None:
        """Twice is as once: an update sets values, it adds nothing (R-CNV-07, A-CNV-2)."""
        for record_type in destination.writes:
            record = sample(record_type)
            remote = destination.create(record_type, remote_code(record.id), self.view(destination, record))
            changes, text = CHANGED[record_type]
            view = self.view(destination, changed(record, changes))

            destination.update(record_type, remote, {"content"}, view)
            once = self.there(url, record_type)
            destination.update(record_type, remote, {"content"}, view)

            assert text in str(once), record_type
            assert len(once) == 1, record_type
            assert self.there(url, record_type) == once, record_type

    def test_a_view_leaves_blanks_out(self, destination: Destination) -> None:
        """What the hub does not know is never sent as a blank: it would wipe what is there (A-HRV-15)."""
        for record_type in destination.writes:
            for part in destination.view(sample(record_type, fields=BARE[record_type]), None).values():
                assert not blanks(part), record_type

    def test_a_view_is_pure_and_equal_for_equal_records(self, destination: Destination) -> None:
        """Equal records have equal views, so that nothing is sent twice (design §1, Deliver)."""
        for record_type in destination.writes:
            record = sample(record_type)
            again = replace(record, rev=9, fields=MODELS[record_type].model_validate(record.fields.model_dump()))
            buyer = _buyer(destination) if record_type == "order" else None

            assert destination.view(record, buyer) == destination.view(copy.deepcopy(again), buyer)

    def test_a_full_sale_is_taken_at_once(self, destination: Destination) -> None:
        """By default a record goes when it is created (A-CNV-5)."""
        assert [t for t in destination.writes if not destination.ready(sample(t))] == []

    def test_somebody_with_the_phone_is_found(self, destination: Destination, url: str) -> None:
        """Who is there already is linked, not made again (A-CNV-4)."""
        if not self.by_phone:
            pytest.skip("identity is not the phone here")
        theirs = sample("customer", 1)
        destination.create("customer", remote_code(theirs.id), self.view(destination, theirs))
        ours = sample("customer", 2)

        assert destination.find("customer", remote_code(ours.id), self.view(destination, ours)) is not None
        assert len(self.there(url, "customer")) == 1

    def test_an_answer_lost_after_the_work_leaves_one_record(self, destination: Destination, url: str) -> None:
        """The create took effect, its answer was lost: looking first finds it, an upsert meets it (F50)."""
        for record_type in destination.writes:
            record = sample(record_type)
            code, view = remote_code(record.id), self.view(destination, record)
            control(url, "POST", "/faults", {"status": 504, "times": 1, "after": True, "method": "POST"})
            with pytest.raises(Unavailable):
                destination.create(record_type, code, view)

            remote = destination.find(record_type, code, view)
            assert (remote is not None) == (record_type in self.found), record_type
            again = remote or destination.create(record_type, code, view)

            assert isinstance(again, Remote)
            assert len(self.there(url, record_type)) == 1, record_type

    def test_being_asked_to_slow_down_is_throttled(self, destination: Destination, url: str) -> None:
        """429 means wait as long as is said (F47)."""
        views = {record_type: self.view(destination, sample(record_type)) for record_type in destination.writes}
        control(url, "POST", "/faults", {"status": 429, "times": -1, "headers": {"Retry-After": "7.0"}})
        for record_type, view in views.items():
            with pytest.raises(Throttled) as refusal:
                destination.create(record_type, remote_code(sample(record_type).id), view)

            assert refusal.value.retry_after == 7.0

    def test_an_outage_is_temporary(self, destination: Destination, url: str) -> None:
        """503 may pass: the same attempt is made again later (F48)."""
        views = {record_type: self.view(destination, sample(record_type)) for record_type in destination.writes}
        control(url, "POST", "/faults", {"status": 503, "times": -1})
        for record_type, view in views.items():
            with pytest.raises(Unavailable):
                destination.create(record_type, remote_code(sample(record_type).id), view)

    def test_a_refusal_is_permanent_and_repeats_nothing_personal(self, destination: Destination, url: str) -> None:
        """4xx is told with its status at once (F53); a phone in the platform's words does not get into ours."""
        said = {"message": "Số điện thoại 0905550142 của ha.tran@example.vn không hợp lệ"}
        views = {record_type: self.view(destination, sample(record_type)) for record_type in destination.writes}
        control(url, "POST", "/faults", {"status": 422, "times": -1, "body": said})
        for record_type, view in views.items():
            with pytest.raises(Rejected) as refusal:
                destination.create(record_type, remote_code(sample(record_type).id), view)

            assert refusal.value.status == 422
            assert "0905550142" not in str(refusal.value)
            assert "ha.tran" not in str(refusal.value)

    def test_an_update_of_what_is_gone_says_so(self, destination: Destination, twin: Twin) -> None:
        """404 tells the hub to make it anew (F57)."""
        if not self.tells_gone:
            pytest.skip("the platform takes updates as upserts")
        record = sample("customer")
        view = self.view(destination, record)
        made = destination.create("customer", remote_code(record.id), view)
        twin.remove(self.kinds["customer"], twin.key(self.kinds["customer"], made.id))

        with pytest.raises(Rejected) as refusal:
            destination.update("customer", made, {"content"}, view)

        assert refusal.value.status == 404


def _buyer(destination: Destination) -> tuple[Record, Remote]:
    """The buyer of an order, made there under our code; making them again is harmless."""
    customer = sample("customer")
    view = destination.view(customer, None)
    code = remote_code(customer.id)
    return customer, destination.find("customer", code, view) or destination.create("customer", code, view)


def _without_phone(record: Record) -> Shape:
    if not isinstance(record.fields, Customer):
        return record.fields
    return record.fields.model_copy(update={"phone": None})
