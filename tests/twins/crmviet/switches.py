"""Every doubt about the CRMVIET cloud as a switch; the comment names its place in the platform sheet."""

from typing import Any

SWITCHES: dict[str, Any] = {
    "page_size": 10,  # "steps of 10 (some lists 5)" (crmviet.md §2.2)
    "token_seconds": 3600,  # expiry is unknown (crmviet.md §2.1)
    "honest_status": False,  # "HTTP status isn't reliable": False tells every error with 200 (crmviet.md §2.2)
    "show_total": True,  # whether a list says how many there are: unknown
    "newest_first": True,  # the order of a list: unknown
    "filter_sources": True,  # whether the list looks at `source`: unknown
    "converted_shown": True,  # whether converted leads stay in the list: unknown
    "converted_mark": "number",  # CONVERTED as "number" 1, "word" Y, or "none": then only CUSTOMER_ID and STATUS tell
    # Seeds: every n-th lead is …; 0: none
    "converted_every": 0,
    "other_source_every": 0,
    "phoneless_every": 5,
}
