"""F13, F24, F25, F26: whatever a platform changes in one member of a record is read, or refused by a field's name."""

import contextlib
from dataclasses import replace

import pytest
from pydantic import ValidationError

from retailhub.domain.errors import Malformed, Unwanted
from retailhub.domain.merging import merged
from retailhub.domain.records import Record, Snapshot
from retailhub.domain.totals import contribution
from retailhub.store.records import born, from_item, to_item
from tests.unit.faults.golden import GOLDEN, ODD, Golden, spoilt

AT = "2026-05-14T03:30:00.000000Z"


def kept(golden: Golden, told: Snapshot) -> Record:
    """The record that these words make, as it comes back from the table."""
    new = born(golden.type, "x_1", origin="shop", by="shop", at=AT)
    record = replace(merged(new, told, connection="shop", merge="whole", at=AT), rev=1)
    assert from_item({**to_item(record), "rev": 1}) == record
    return record


@pytest.mark.parametrize("golden", GOLDEN, ids=[golden.name for golden in GOLDEN])
def test_the_record_as_promised_is_read(golden: Golden) -> None:
    """What is spoilt below is sound before."""
    record = kept(golden, golden.tell(golden.type, golden.payload))
    assert record.version == 1


@pytest.mark.parametrize("golden", GOLDEN, ids=[golden.name for golden in GOLDEN])
def test_one_spoilt_member_is_read_or_refused_by_name(golden: Golden) -> None:
    """F24, F25, F26: no other error than Malformed, with a field and without the value; what is read can be stored, and
    an order never adds more than it cost or less than nothing (I18)."""
    read, refused = 0, list[Malformed]()
    for payload in spoilt(golden.payload):
        try:
            told = golden.tell(golden.type, payload)
        except Unwanted:
            continue
        except Malformed as error:
            refused.append(error)
            continue
        read += 1
        with contextlib.suppress(ValidationError):
            record = kept(golden, told)
            if golden.type == "order":
                share = contribution(record.fields, "c", "net_minus_shipping")
                assert 0 <= share.revenue <= max(0, record.fields.total_price), payload
    assert read > 50
    assert len(refused) > 5
    assert all(error.code and "calc" not in f"{error} {error.field}" for error in refused)


@pytest.mark.parametrize("golden", GOLDEN, ids=[golden.name for golden in GOLDEN])
def test_something_else_than_a_record_is_malformed(golden: Golden) -> None:
    """F25: the whole payload of another type."""
    for payload in ODD:
        with pytest.raises((Malformed, Unwanted)):
            golden.tell(golden.type, payload)
