"""Tests that hold for whatever the dice say."""
