"""Tests of the records and pure rules."""
