"""Twins: small servers that behave like the real platforms, quirks included."""
