"""What follows from a change of a record."""
