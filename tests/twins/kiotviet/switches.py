"""Every doubt and quirk of KiotViet as a switch; the comment names its place in the platform sheet."""

from typing import Any

SWITCHES: dict[str, Any] = {
    "retailer": "cuahangmau",  # the shop's code, `Retailer` header (kiotviet.md §1)
    "retailer_id": 500123456,  # third part of a webhook's Action (kiotviet.md §2.3)
    "token_seconds": 86400,  # life of a token (kiotviet.md §1)
    "quota_gets_per_hour": 5000,  # sliding hour, 429 beyond; 0: no quota (kiotviet.md §3.3)
    "quota_headers": False,  # send Retry-After with the 429; undocumented (kiotviet.md §3.3)
    "omit_nulls": True,  # null members are left out of answers (kiotviet.md §5)
    "omit_empty_data": True,  # an empty list may lack `data` (kiotviet.md §2.1, §5)
    "removed_ids_key": "documented",  # or "removeId" | "removedIds" | "RemoveIds" for all (kiotviet.md §3.1)
    "summary_row": False,  # a row with id -1 heads the customers' first page (kiotviet.md §4)
    "missing_status": 420,  # status for an unknown id or code, 420 or 404 (kiotviet.md §3.3)
    "wrap_write_replies": True,  # {"message","data"} around written records (kiotviet.md §3.2)
    "unique_contact_number": False,  # refuse a second customer with the same number (kiotviet.md §5)
    "echo_api_writes": True,  # writes through the API fire webhooks too (kiotviet.md §2.5)
    "companion_webhooks": True,  # a sale also fires stock, product and customer (kiotviet.md §2.5)
    "signature_key": "utf8",  # or "base64": how the Secret text is read as a key (kiotviet.md §2.4)
    "event_headers": True,  # X-Webhook-Event and X-Webhook-Delivery are sent (kiotviet.md §2.4)
    "delete_shape": "documented",  # or "envelope" | "bare" for all types (kiotviet.md §2.3)
    "type_member": True,  # items begin with a .NET `__type` (kiotviet.md §2.3)
    "action_retailer_id": True,  # Action has three parts; off: two (kiotviet.md §2.3)
    "batch_size": 5,  # Data items in one notification of a bulk change (kiotviet.md §2.3)
    "notifications": 2,  # notifications in one webhook of a bulk change (kiotviet.md §2.3)
    "webhook_tries": 3,  # deliveries of one firing, at most (kiotviet.md §2.5)
    "retry_seconds": [0.2, 0.5],  # pauses between them; ASP.NET's would be [60, 240] (kiotviet.md §2.5)
    "stop_after_4xx": True,  # any 4xx switches the subscription off (kiotviet.md §0.2)
    "one_hook_per_type": False,  # refuse a second hook of a Type; unknown in the field (kiotviet.md §2.1)
    "echo_handshake": False,  # GET url?echo=… unless the URL says noecho (kiotviet.md §2.1)
    "manager_customer_by_branch": False,  # shown by /settings (kiotviet.md §5)
}
