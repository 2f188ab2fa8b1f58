"""Opportunities of leads and customers."""

from retailhub.api.routes import Routes

routes = Routes("opportunities")
