"""CNV Loyalty: members and orders are polled from its open platform, records and statuses pushed to its partner API."""
