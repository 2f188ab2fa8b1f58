"""What follows from a change of a record: duplicates, owners, points, counts; written with it, in one transaction."""
