"""Settings, accept, queues, batches, observability."""
