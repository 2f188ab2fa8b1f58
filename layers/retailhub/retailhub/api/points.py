"""Reward points: settings, ledgers, redeeming."""

from retailhub.api.routes import Routes

routes = Routes("points")
