"""The Haravan twin: Omni API and webhooks of one invented shop.

Token "twin-haravan-token", org id 200000999001; app webhooks are signed with "twin-haravan-secret" and
proved by the verify token "twin-verify-token"; private webhooks by the secret given to the control API:
PUT /_twin/webhooks/target {"kind": "private", "url", "secret", "topics"} (default kind), or
{"kind": "app", "url", "verify_token", "secret", "topics"}: the app's callback, proved by a GET handshake,
after which POST /api/subscribe (Bearer) subscribes the shop. {"clear": true} forgets all of them.
Beside the shared control API: GET /_twin/subscriptions, POST /_twin/webhooks/test {"topic"} (X-Haravan-Test),
POST /_twin/uninstall (app/uninstalled, the token is dead), kind "refunds" under /_twin/records.
"""

from tests.twins.haravan.bucket import TOKEN
from tests.twins.haravan.hooks import SECRET, VERIFY_TOKEN
from tests.twins.haravan.switches import ORG_ID
from tests.twins.haravan.twin import HaravanTwin

__all__ = ["ORG_ID", "SECRET", "TOKEN", "VERIFY_TOKEN", "HaravanTwin"]
