"""Tests of what lies in the one table."""
