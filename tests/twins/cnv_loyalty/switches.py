"""The quirks of CNV Loyalty, each with the switch that turns it; references are to sheet cnv_loyalty.md."""

from typing import Any

CHANNELS = {
    "Website": "website",
    "Mobile App": "mobile-app",
    "Zalo OA": "zalo",
    "Messenger Fanpage": "messenger",
}
"""The four channels of R-CNV-12: the name in an order's `source`, the word in `tags` (§B.2 shows "zalo,mini-app")."""

TIERS: list[dict[str, Any]] = [
    {"level_key": 1, "level_title": "Thành viên", "from_points": 0, "percent": 0, "color_code": "#8D6E63"},
    {"level_key": 2, "level_title": "Bạc", "from_points": 100, "percent": 3, "color_code": "#C0C0C0"},
    {"level_key": 3, "level_title": "Vàng", "from_points": 500, "percent": 5, "color_code": "#FFD700"},
    {"level_key": 4, "level_title": "Kim cương", "from_points": 2000, "percent": 8, "color_code": "#B9F2FF"},
]
"""Thresholds and rewards are invented (§B.2: unknown)."""

SWITCHES: dict[str, Any] = {
    # Limits
    "requests_per_second": 0,  # §B.2: 100 are borne, 429 comes at about 150; 0 = never
    "retry_after": None,  # seconds in the header of a 429, None = no header [unknown]
    "max_limit": 100,  # §B.2: rows in a page, more are cut silently
    "max_pages": 100,  # §B.2: pages of one query; with max_limit this is the cut at 10,000 rows
    "has_more_at_cut": False,  # the last page before the cut claims to be the end (§B.3.1)
    # Family B: what is shown
    "path_prefix": "",  # §B.2 conflict: "" | "/loyalty" | "/api" before customers.json, orders.json, products.json
    "envelope": "named",  # §B.2: named {customers: []} | data {data: []} | bare list
    "has_more_key": "has_more",  # §B.2: has_more | hasMore
    "updated_from_inclusive": True,  # §B.3.1: False = rows changed exactly then are left out
    "stamp_step": 1,  # seconds; 3600 = all rows of an hour share one updated_at (§B.3.1)
    "name_in_last_name": True,  # §B.3.4: whole name in last_name, "." as first_name
    "reliable_points": False,  # §B.3.2: customer.points lags behind; believe the membership
    "show_ref_id": False,  # the partner's id in family B [unknown]
    "show_source": True,  # an order's channel in `source`; False = only in `tags` [unknown]
    "partner_orders_shown": True,  # orders pushed by the partner come back in family B [unknown]
    # Family A
    "partner_answer_shows_id": False,  # /api/webhook/* answers CNV's own id [unknown]
    "order_statuses": None,  # list of the words CNV takes, None = any (§5) [unknown]
    "shipping_statuses": None,  # likewise
    # Points
    "accrue_on": "paid",  # A-CNV-5: paid | approved | created
    "vnd_per_point": 10_000,  # one point for so many VND of the total
    "tiers": TIERS,
    # Webhook out of CNV: nobody has seen one (§3)
    "webhook_out": False,
}

TYPED: dict[str, set[str]] = {
    "customers": {
        "first_name", "last_name", "phone", "email", "full_address", "address", "gender", "ref_id", "tags", "birthday",
        "birthday_day", "birthday_month", "birthday_year", "physical_card_code", "channel", "extra_points",
        "used_points",
    },
    "products": {"ref_id", "sku", "name", "title", "price"},
    "orders": {
        "customer_id", "customer", "channel", "name", "items", "discount", "shipping_fee", "subtotal", "total",
        "status", "payment_status", "shipping_status",
    },
}  # fmt: skip
"""What the control API can be told of a record."""
