"""Contract tests of the twins: each quirk of the platform sheets holds, and its switch turns it."""
