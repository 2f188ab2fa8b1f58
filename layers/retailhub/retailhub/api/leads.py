"""Leads: found, entered, converted."""

from retailhub.api.routes import Routes

routes = Routes("leads")
