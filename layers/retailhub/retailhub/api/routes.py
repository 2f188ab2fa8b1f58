"""Routes: no route can be declared without the role that it takes, so none can exist without one."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from retailhub.crm.api_keys import ROLES, Role
from retailhub.domain.refusals import Forbidden, NotAllowed, Unknown

BASE = "/api"
_PART = re.compile(r"<\w+>")


@dataclass(frozen=True)
class Route:
    """One route. role: the smallest that may use it; None for everybody, without a key.

    shown_once: fields of the answer that a repeat under the same Idempotency-Key does not get again. files: media types
    of the files that it may answer.
    """

    method: str
    rule: str
    role: Role | None
    function: Callable[..., Any]
    tag: str
    status: int = 200
    shown_once: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        pattern = re.compile(
            "^" + _PART.sub("[^/]+", re.escape(self.rule).replace(r"\<", "<").replace(r"\>", ">")) + "$"
        )
        object.__setattr__(self, "pattern", pattern)

    def opens_to(self, role: Role) -> None:
        """Raises Forbidden if the role is too small."""
        if self.role is not None and ROLES.index(role) < ROLES.index(self.role):
            raise Forbidden("role_too_small", needed=self.role)


class Routes:
    """The routes of one resource group."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.declared: list[Route] = []

    def get(
        self, rule: str, role: Role | None, *, files: tuple[str, ...] = ()
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare a reading route; `files`: it may answer files of these media types (`api.files.file`)."""
        return self._declare("GET", rule, role, files=files)

    def post(
        self, rule: str, role: Role, *, status: int = 200, shown_once: tuple[str, ...] = ()
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare a creating or acting route; it may be repeated under an Idempotency-Key."""
        return self._declare("POST", rule, role, status, shown_once)

    def patch(self, rule: str, role: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare a changing route, under PATCH and PUT alike: what is not given stays as it is."""

        def declare(function: Callable[..., Any]) -> Callable[..., Any]:
            self._declare("PATCH", rule, role)(function)
            return self._declare("PUT", rule, role)(function)

        return declare

    def delete(self, rule: str, role: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare a removing route; it answers 204."""
        return self._declare("DELETE", rule, role, 204)

    def _declare(
        self,
        method: str,
        rule: str,
        role: Role | None,
        status: int = 200,
        shown_once: tuple[str, ...] = (),
        files: tuple[str, ...] = (),
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def declare(function: Callable[..., Any]) -> Callable[..., Any]:
            self.declared.append(Route(method, BASE + rule, role, function, self.tag, status, shown_once, files))
            return function

        return declare


def route_of(routes: list[Route], method: str, path: str) -> Route:
    """The route of a call. Raises Unknown for no such address, NotAllowed for another verb than it takes."""
    here = [route for route in routes if route.pattern.match(path)]
    # a fixed address goes before one with an id in its place, as in the resolver
    here.sort(key=lambda route: route.rule.count("<"))
    for route in here:
        if route.method == method:
            return route
    if here:
        raise NotAllowed("method_not_allowed", allow=sorted({route.method for route in here}))
    raise Unknown("unknown_path")
