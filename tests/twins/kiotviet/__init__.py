"""The KiotViet twin: retail public API and webhooks of one invented shop.

Shop code (`Retailer` header) "cuahangmau", client id "twin-client", client secret "twin-secret";
the token address of the real platform (id.kiotviet.vn) is served here too: POST /connect/token.
Beside the shared control API: POST /_twin/bulk/<kind> (an import: several records in one webhook),
POST /_twin/plugin (somebody's website plugin deletes the shop's hooks), DELETE /_twin/tokens (all tokens end).
"""

from tests.twins.kiotviet.entrance import CLIENT_ID, CLIENT_SECRET, RETAILER
from tests.twins.kiotviet.twin import KiotVietTwin

__all__ = ["CLIENT_ID", "CLIENT_SECRET", "RETAILER", "KiotVietTwin"]
