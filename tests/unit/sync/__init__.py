"""Tests of the way of the data."""
