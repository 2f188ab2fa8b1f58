"""The records and the pure rules: no AWS, no network, no clock."""
