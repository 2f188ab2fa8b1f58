"""Functions as Lambda runs them: a complete trigger event goes in, its effects on queues and table are looked at."""
