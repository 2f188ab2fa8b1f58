"""Screens and what they do, by address: each function takes the visit and the parts of its address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.event_handler import Response

BASE = "/console"
Function = Callable[..., Response[Any]]


@dataclass(frozen=True)
class Route:
    """One address. open: for whoever has not signed in, too."""

    method: str
    rule: str
    function: Function
    open: bool = False


class Screens:
    """The screens of one part of the menu."""

    def __init__(self) -> None:
        self.declared: list[Route] = []

    def get(self, rule: str, *, open_to_all: bool = False) -> Callable[[Function], Function]:
        """Declare a page; `rule` is below /console, its parts in angle brackets."""
        return self._declare("GET", rule, open_to_all)

    def post(self, rule: str, *, open_to_all: bool = False) -> Callable[[Function], Function]:
        """Declare what a form is sent to."""
        return self._declare("POST", rule, open_to_all)

    def _declare(self, method: str, rule: str, open_to_all: bool) -> Callable[[Function], Function]:
        def declare(function: Function) -> Function:
            self.declared.append(Route(method, BASE + rule, function, open_to_all))
            return function

        return declare
