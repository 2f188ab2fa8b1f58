"""The way of the data: accept, apply, route, deliver, pull, reconcile, watch."""
