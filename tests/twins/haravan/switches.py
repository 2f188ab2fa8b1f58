"""Every doubt and quirk of Haravan as a switch; the comment names its place in the platform sheet."""

from typing import Any

ORG_ID = 200000999001
SWITCHES: dict[str, Any] = {
    "bucket": True,  # leaky bucket with its header and 429 (haravan.md §3.2)
    "bucket_size": 80,  # calls (haravan.md §0.5)
    "bucket_leak": 4.0,  # calls per second (haravan.md §0.5)
    "retry_after": "2.0",  # seconds as a decimal text (haravan.md §3.2)
    "four_decimals": True,  # money prints as 600000.0000 (haravan.md §4)
    "odd_words": True,  # partiallypaid, notfulfilled, restock, "Thành công" (haravan.md §4, enums)
    "guest_customer": True,  # web orders without a buyer hang on guest@haravan.com (haravan.md §0.6)
    "phones_0_to_84": False,  # a written phone 0… is kept as 84… (haravan.md §5)
    "unique_contacts": True,  # a second customer with a phone or e-mail is refused (haravan.md §5)
    "duplicate_status": 422,  # status of that refusal; not in the docs (haravan.md §3.2)
    "duplicate_body": "fields",  # or "text" | "message": its body, unknown in the field (haravan.md §3.2)
    "default_order_status": "open",  # what GET orders shows without `status`; not stated (haravan.md §3.1)
    "default_address_missing": False,  # `default_address` null though an address is default (haravan.md §7)
    "updated_topic": "orders/updated",  # or "orders/update" (haravan.md §2.4)
    "deleted_topic": "products/deleted",  # or "products/delete" (haravan.md §2.4)
    "create_also_updated": True,  # one new order fires create, updated and paid (haravan.md §2.5)
    "echo_api_writes": True,  # writes through the API fire webhooks too (haravan.md §2.5)
    "subscribe_shape": "data",  # or "list": how GET /api/subscribe lists; unknown in the field (haravan.md §2.1)
    "webhook_tries": 20,  # the first and 19 retries (haravan.md §0.3)
    "retry_seconds": [0.1, 0.3, 1.0],  # pauses, the last one stays; Haravan's spread over 48 h (haravan.md §0.3)
    "delete_after_failures": 19,  # failures in a row that delete the subscription; 0: never (haravan.md §0.3)
}
