"""Settings, wiring, queues and observability of the functions."""
