"""Members: lists, segments, activation, the opening file."""

from retailhub.api.routes import Routes

routes = Routes("members")
