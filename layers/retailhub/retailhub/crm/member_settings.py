"""How the member lists are shown: the reading of the saved filters, for everybody, and the columns that each chose."""

from retailhub.crm import audit
from retailhub.crm.office import Office
from retailhub.domain.flows import HUB
from retailhub.domain.member_columns import ColumnName, known
from retailhub.domain.segments import DEFAULT_READING, READINGS, Reading
from retailhub.store import preferences

SETTINGS = "member_settings"
COLUMNS = "member_columns"


def reading_of(office: Office) -> Reading:
    """How the groups by last purchase are read: by recency, unless the admin chose otherwise (A-HL-1)."""
    chosen = preferences.load(office.table, HUB, SETTINGS).get("segment_reading")
    return next((one for one in READINGS if one == chosen), DEFAULT_READING)


def choose_reading(office: Office, reading: Reading) -> None:
    """Read the groups so from now on; who changed it, and from what, is written with it."""
    before, after = {"segment_reading": reading_of(office)}, {"segment_reading": reading}
    if before != after:
        chosen = preferences.put(HUB, SETTINGS, after)
        office.table.write(chosen, audit.act(office, SETTINGS, SETTINGS, "edited", before, after))


def columns_of(office: Office) -> tuple[ColumnName, ...]:
    """The columns that the caller has chosen, in their order; the default set until they do (A-HL-5)."""
    return known(preferences.load(office.table, office.by, COLUMNS).get("columns"))


def choose_columns(office: Office, columns: list[ColumnName]) -> None:
    """Show the caller these columns from now on."""
    preferences.save(office.table, office.by, COLUMNS, {"columns": columns})
