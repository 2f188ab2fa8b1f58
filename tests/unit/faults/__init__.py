"""Faults by their numbers: what happens to the hub when the outside is broken, late, hostile or absurd."""
