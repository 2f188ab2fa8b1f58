"""Ownership rules and order automations."""

from retailhub.api.routes import Routes

routes = Routes("rules")
