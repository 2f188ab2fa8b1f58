"""Haraloyalty (Haravan Loyalty): the points, tier and last order that it keeps of a shop's members."""
