"""Tests, twins and the local stack of RetailHub."""
