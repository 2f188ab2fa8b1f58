"""The whole hub on the local stack: webhooks go in signed on one side, the twin on the other side shows the record."""
