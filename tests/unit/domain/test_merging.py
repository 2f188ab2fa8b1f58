from dataclasses import replace

import pytest
from pydantic import ValidationError

from retailhub.domain.merging import Merge, merged
from retailhub.domain.records import Customer, Record, Snapshot

STORED = Record(
    "customer",
    "c1",
    Customer(name="An", note="gọi sau"),
    version=3,
    rev=5,
    origin="getfly1",
    external_ids={"getfly1": "9"},
)


def heard(record: Record, merge: Merge, connection: str = "cnv1", **fields: object) -> Record:
    told = Snapshot("customer", "7", fields=fields, first={"source": "cnv"})
    return merged(record, told, connection=connection, merge=merge, at="now")


def test_whole_replaces_what_is_spoken_of_and_leaves_the_rest() -> None:
    """R-KV-14, A-KV-8: the platform wins for its fields; fields that it does not have stay."""
    after = heard(STORED, "whole", name="Bình", email=None)
    assert (after.fields.name, after.fields.note, after.version) == ("Bình", "gọi sau", 4)
    assert after.external_ids == {"getfly1": "9", "cnv1": "7"}


def test_a_blank_takes_nothing_from_a_record_that_was_born_elsewhere() -> None:
    """A-KV-8, A-HL-6: what a system does not have stays; what it had itself, and has no more, goes."""
    entered = replace(STORED, origin="hub", external_ids={}, fields=Customer(name="An", email="an@example.vn"))
    assert heard(entered, "whole", name="Bình", email=None).fields.email == "an@example.vn"
    its_own = replace(entered, origin="cnv1")
    assert heard(its_own, "whole", name="Bình", email=None).fields.email is None


def test_blanks_fills_only_what_another_system_left_empty() -> None:
    """A-CNV-1: customer updates fill blanks field by field."""
    after = heard(STORED, "blanks", name="Bình", email="an@example.vn")
    assert (after.fields.name, after.fields.email, after.changed_by) == ("An", "an@example.vn", "cnv1")


def test_blanks_rules_what_it_alone_keeps() -> None:
    mine = replace(STORED, origin="cnv1", external_ids={"cnv1": "7"})
    assert heard(mine, "blanks", name="Bình").fields.name == "Bình"


def test_what_somebody_made_in_the_hub_is_protected_too() -> None:
    ours = replace(STORED, origin="hub", external_ids={})
    assert heard(ours, "blanks", name="Bình").fields.name == "An"


def test_unchanged_words_make_no_version() -> None:
    """F58: no version, no delivery."""
    assert heard(STORED, "whole", connection="getfly1", name="An").version == STORED.version


def test_the_first_words_bring_the_source_later_ones_do_not() -> None:
    """A-SRC-05: the first source stays."""
    born = Record("customer", "c2", Customer(), origin="cnv1")
    assert heard(born, "whole", name="An").fields.source == "cnv"
    assert heard(STORED, "whole", name="An").fields.source is None


@pytest.mark.parametrize("merge, deleted", [("whole", True), ("blanks", False)])
def test_a_system_that_only_adds_cannot_delete_what_others_keep(merge: Merge, deleted: bool) -> None:
    """A-KV-3, A-X-8: a delete is a soft mark."""
    gone = Snapshot("customer", "7", deleted=True)
    assert merged(STORED, gone, connection="cnv1", merge=merge, at="now").deleted is deleted


def test_values_out_of_bounds_are_refused() -> None:
    with pytest.raises(ValidationError):
        heard(STORED, "whole", gender="unknown")


def test_a_system_that_is_new_to_a_record_makes_a_version_though_it_says_nothing_new() -> None:
    """R-CNV-11: a member whom the hub knows from elsewhere must still reach Getfly, so the flows must wake up."""
    record = Record("customer", "c_1", Customer(name="An", phone="+84912000111"), version=3, rev=3, origin="hub")
    told = Snapshot("customer", "77", fields={"name": "An", "phone": "+84912000111"})
    first = merged(record, told, connection="cnv1", merge="blanks", at="2026-05-14T02:00:00.000000Z")
    again = merged(first, told, connection="cnv1", merge="blanks", at="2026-05-14T02:00:01.000000Z")
    assert (first.version, again.version) == (4, 4)
