"""Whose API key a call carries, and the key's role.

It always answers that the call is authorized, with the role in the context, an empty one for no key or a wrong one: if
it refused, API Gateway would answer in a form of its own, in no language of ours and without our error code. The
refusal is the admin API's, which turns away every role that it does not know; it believes nothing but this context,
which no caller can write. No answer at all from here is API Gateway's 500: without an authorizer nobody comes in.
"""

from typing import Any

from retailhub.crm.api_keys import known
from retailhub.runtime.aws import client
from retailhub.runtime.settings import settings
from retailhub.store.dynamo import DynamoTable


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """API Gateway's simple answer (payload format 2.0) to one call."""
    headers = {str(name).lower(): str(value) for name, value in (event.get("headers") or {}).items()}
    scheme, _, text = headers.get("authorization", "").strip().partition(" ")
    table = DynamoTable(client("dynamodb"), settings().table)
    key = known(table, text.strip()) if scheme.lower() == "bearer" else None
    told = {"role": key.role, "employee": key.employee, "key_id": key.id} if key else {"role": ""}
    return {"isAuthorized": True, "context": told}
