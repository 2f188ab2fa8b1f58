"""CRMVIET's webhook: eight actions in the format that we hand to the vendor, proven by a secret of ours in a header.

Only the standard library is imported here: a webhook function must start quickly.
"""

import re
from typing import Any

from retailhub.domain.changes import Change
from retailhub.domain.connections import Secret
from retailhub.domain.errors import Malformed
from retailhub.platforms.webhooks import Request, Verdict, same, written

HEADER = "x-retailhub-secret"
ACTIONS: dict[str, tuple[str, bool]] = {
    "ADD_CUSTOMER": ("customer", False),
    "EDIT_CUSTOMER": ("customer", False),
    "DELETE_CUSTOMER": ("customer", True),
    "ADD_CONTRACT": ("contract", False),
    "EDIT_CONTRACT": ("contract", False),
    "CHANGE_CONTRACT_STATUS": ("contract", False),
    "DELETE_CONTRACT": ("contract", True),
}
"""Action → record type, and whether it is a delete. The eighth action's name is not known (crmviet.md §1)."""

ID_NAMES = {"customer": "customer_id", "contract": "contract_id"}
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


def receive(request: Request, secret: Secret) -> Verdict:
    """The verdict on a call to `/webhooks/crmviet/{connection}`: 401 and nothing queued without our secret."""
    claimed = request.headers.get(HEADER, "")
    if not any([same(live, claimed) for live in secret.live(request.now)]):  # noqa: C419 - every secret takes its time
        return Verdict(401, "unauthorized", cause="forged")
    try:
        return Verdict(changes=[_change(request, request.json())])
    except Malformed as error:
        return Verdict(changes=[request.quarantined(error.code)], cause=error.code)


def _change(request: Request, body: Any) -> Change:
    """The change of one event. Raises Malformed where the body does not say which record it is about."""
    if not isinstance(body, dict):
        raise Malformed("not_an_object")
    action = str(body.get("action") or "").upper()
    if action not in ACTIONS:
        return request.ignored("unknown_topic")
    record_type, deleted = ACTIONS[action]
    source_id = _id_of(body.get("data"), ID_NAMES[record_type])
    uid = str(body.get("event_id") or "")
    return request.whole(record_type, source_id, body, deleted=deleted, topic=action, uid=uid)


def _id_of(data: Any, name: str) -> str:
    """The record's id; the names are written in capitals, any case is taken."""
    if not isinstance(data, dict):
        raise Malformed("no_data")
    value = next((value for key, value in data.items() if key.lower() == name), None)
    text = written(value)
    if not _ID.fullmatch(text):
        raise Malformed("no_id")
    return text
