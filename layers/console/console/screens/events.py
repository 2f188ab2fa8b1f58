"""Stub."""

from console.routing import Screens

screens = Screens()
