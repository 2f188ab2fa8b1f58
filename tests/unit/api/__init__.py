"""The admin API in this process, over working fakes."""
