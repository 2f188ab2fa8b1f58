"""Catalogues and the business's own records: one set of routes for each kind."""

from retailhub.api.routes import Routes

routes = Routes("entries")
