"""Duplicate and required fields, and the list of doubtful records."""

from retailhub.api.routes import Routes

routes = Routes("field-settings")
