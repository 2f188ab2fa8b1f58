"""Names for ids: what people call whatever a story speaks of."""

import pytest

from retailhub.crm import names, records
from retailhub.domain.catalogues import BUILT_IN
from retailhub.domain.entries import Source
from tests.unit.api.desk import Desk


@pytest.mark.parametrize("source", BUILT_IN)
def test_the_sources_that_integrations_write_have_their_names(source: str) -> None:
    """A-SRC-4: stored by nobody, told like any other record."""
    desk = Desk()

    assert names.kind_of(source) == "source"
    assert names.read(desk.office, (), [source]).of(source) == BUILT_IN[source].name


def test_a_source_that_an_admin_renamed_is_called_so() -> None:
    """A-SRC-2."""
    desk = Desk()
    renamed = Source(key="retailer", name="Quầy thu ngân")
    records.change(desk.office, "source", "retailer", None, lambda _: renamed)

    assert names.read(desk.office, (), ["retailer", "facebook"]).of("retailer") == "Quầy thu ngân"


def test_a_text_that_is_no_id_stands_as_it_is() -> None:
    desk = Desk()

    assert names.kind_of("shop_window") is None
    assert names.read(desk.office, (), ["shop_window"]).of("shop_window") == "shop_window"
