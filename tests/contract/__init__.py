"""Contracts: what every platform, store and twin must do."""
