"""The quirks of Getfly 4.0 (API v3), each with the switch that turns it; references are to sheet getfly.md."""

from typing import Any

EVENTS = (
    "customer.created",
    "customer.updated",
    "order.created",
    "order.approved",
    "order.updated",
    "product.created",
    "product.updated",
)
"""What a 4.0 tenant can register in its screen (§8); the dotted names are those of the 6.x pages."""

STATUS_NUMBERS = {"waiting": 1, "approved": 2, "delivering": 3, "partly_delivered": 4, "delivered": 5, "cancelled": 6}
"""§6.4: only 1 is published, the others are invented so that nobody relies on them."""

STATUS_LABELS = {
    "waiting": "Chờ duyệt",
    "approved": "Đã duyệt",
    "delivering": "Chờ giao hàng",
    "partly_delivered": "Giao hàng một phần",
    "delivered": "Đã giao hàng",
    "cancelled": "Đã hủy",
}
"""§6.4: the first is published, the others follow the names of the screen's workflow."""

SWITCHES: dict[str, Any] = {
    # Versions, errors, limits
    "api_versions": ["v3"],  # §0.1: a 4.0 tenant knows v3 only; add "v6.1" for a newer one
    "error_key": "message",  # §2: message | error | msg | errors (object: field -> list of texts)
    "created_status": 201,  # §2: 200 and 201 are both documented
    "requests_per_second": 0,  # §2: 429 is met in practice, no limit is published; 0 = never
    "retry_after": None,  # seconds in the header of a 429, None = no header [unknown]
    "max_limit": 100,  # §3: larger pages are cut silently (1-100 is a third party's word)
    # Customers
    "refuse_duplicates": [],  # §2, §9: ["phone", "email"] = the tenant ticked "do not allow duplicates"
    "caller_chosen_codes": True,  # §2: account_code of the caller is kept; False = Getfly numbers by itself
    "account_answer": "object",  # object {message, account_id, account_code} | integer [unknown for v3]
    "total_record_as_string": True,  # §3, §10.2
    "newest_first": True,  # §3: newest first by default, says a third party
    "sync_inclusive": True,  # accounts/sync holds the record changed exactly at last_sync [unknown]
    "users_show_user_name": False,  # §7: v3 does not list user_name
    "default_manager": "quan.tri",  # who gets a new customer; "" = nobody
    # Orders
    "order_answer": "object",  # §2: object {message, order_id} | integer (the whole body)
    "formatted_amounts": True,  # §6.1, §10.1: the list has "1,000,000.0", the detail has numbers
    "show_status_label": True,  # §0.6: number and label
    "show_source_name": True,  # the source can be read back [unknown for v3]
    "status_numbers": STATUS_NUMBERS,
    "status_labels": STATUS_LABELS,
    "unknown_account_code": "refuse",  # an order for a code nobody has: refuse | create [unknown]
    "unknown_product": "accept",  # a line with a code nobody has: accept | refuse [unknown]
    "approved_orders_locked": False,  # PUT after approval is refused [unknown]
    # Webhooks
    "webhook_format": "form",  # §8: form (PHP brackets) | json (as the v3 page prints it)
    "order_envelope": "plain",  # §8: plain (as documented) | double (as captured)
    "webhook_created_at": True,  # §8: sometimes there
    "customer_data_change": True,  # §8: customer.updated tells the changed fields
    "status_changes_fire": True,  # §0.4: paid and shipping changes fire order.updated; False = poll for them
    "webhook_attempts": 1,  # §8: retries are unknown, so there are none
    "lose_every": 0,  # every n-th webhook is never sent; 0 = none is lost
}
