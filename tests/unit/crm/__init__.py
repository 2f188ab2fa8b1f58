"""What an admin does, over working fakes."""
