"""The outside systems: their HTTP, their shapes, their proof of a webhook."""
