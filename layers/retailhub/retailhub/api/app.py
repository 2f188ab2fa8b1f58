"""The admin API: every route behind one gate, every error in one form, every creating request once."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from retailhub.api import (
    api_keys,
    audits,
    backfills,
    backlog,
    connections,
    contracts,
    customers,
    dead_letters,
    entries,
    events,
    field_settings,
    files,
    flows,
    gate,
    health,
    lead_sync,
    leads,
    members,
    names,
    opportunities,
    orders,
    points,
    products,
    reports,
    rules,
    timelines,
)
from retailhub.api.document import document, troubles
from retailhub.api.errors import answer_to
from retailhub.api.gate import Call
from retailhub.api.routes import Route, Routes
from retailhub.api.visit import Visit, entered, present
from retailhub.crm import repeats
from retailhub.crm.office import Office, seeded_ids
from retailhub.domain.refusals import Garbled

GROUPS = (
    *(health, connections, backfills, backlog, flows),
    *(customers, products, orders, contracts, points),
    *(entries, rules, field_settings, leads, opportunities, lead_sync, members, reports),
    *(timelines, events, audits, dead_letters, api_keys, names),
)
NO_STORE = {"cache-control": "no-store"}
LONGEST_KEY = 200

Note = Callable[[Exception], None]


class Api:
    """All routes over one resolver. `note` is told of errors that are ours (ids and types only are to be logged)."""

    def __init__(self, note: Note) -> None:
        self._note = note
        own = Routes("openapi")
        own.get("/openapi.json", "viewer")(self.openapi)
        self.routes: list[Route] = [route for group in GROUPS for route in group.routes.declared] + own.declared
        self._resolver = APIGatewayHttpResolver(enable_validation=True, debug=False)
        self._resolver.exception_handler(Exception)(self._troubled)
        for route in self.routes:
            self._register(route)

    def answer(self, event: dict[str, Any], context: Any, office: Office) -> dict[str, Any]:
        """The answer to one API Gateway event (payload format 2.0)."""
        call = gate.read(event)
        try:
            route, visit, call = gate.passed(call, self.routes, office)
            return self._once(route, visit, call, context)
        except Exception as error:  # noqa: BLE001 a caller gets our own form even for what nobody foresaw; it is noted
            return self._told(error, call)

    def openapi(self) -> dict[str, Any]:
        """Tài liệu này / This document"""
        return self._document

    @cached_property
    def _document(self) -> dict[str, Any]:
        return document(self._resolver)

    def _register(self, route: Route) -> None:
        name = route.function.__name__
        self._resolver.route(
            route.rule,
            route.method,
            summary=(route.function.__doc__ or "").partition("\n")[0],
            tags=[route.tag],
            operation_id=f"{name}_as_put" if route.method == "PUT" else name,
            responses={route.status: files.described(route), **troubles()},
            status_code=route.status,
            security=[{}] if route.role is None else None,
            openapi_extensions={"x-role": route.role or "nobody"},
        )(files.answering(route))

    def _once(self, route: Route, visit: Visit, call: Call, context: Any) -> dict[str, Any]:
        """Creating and acting requests with an Idempotency-Key are done once; a repeat gets the first answer, without
        what was to be shown only once."""
        key = call.headers.get("idempotency-key")
        if route.method != "POST" or key is None:
            return self._run(visit, call, context)
        if not (0 < len(key) <= LONGEST_KEY and key.isprintable()):
            raise Garbled("bad_idempotency_key", field="Idempotency-Key")
        office = visit.office
        repeat = repeats.begin(office.table, office.clock(), visit.caller.key_id, key, call.mark)
        if repeat.answer is not None:
            return {**repeat.answer, "headers": {**repeat.answer["headers"], "idempotency-replayed": "true"}}
        seeded = replace(visit, office=replace(office, new_id=seeded_ids(repeat.seed)))
        answer = self._run(seeded, call, context)
        if answer["statusCode"] < 300:
            repeats.finish(office.table, repeat, _without(answer, route.shown_once))
        else:
            repeats.release(office.table, repeat, keep_seed=answer["statusCode"] >= 500)
        return answer

    def _run(self, visit: Visit, call: Call, context: Any) -> dict[str, Any]:
        entered(visit)
        made = self._resolver.resolve(call.event, context)
        headers = {name.lower(): value for name, value in (made.get("headers") or {}).items()}
        body = "" if made["statusCode"] == 204 else made["body"]
        return {**made, "headers": {**headers, **NO_STORE}, "body": body}

    def _told(self, error: Exception, call: Call) -> dict[str, Any]:
        answer = answer_to(error, call.language)
        if answer["statusCode"] == 500:
            self._note(error)
        return answer

    def _troubled(self, error: Exception) -> Response[str]:
        """An error out of a route, as the resolver wants it."""
        answer = answer_to(error, present().language)
        if answer["statusCode"] == 500:
            self._note(error)
        headers = {name: value for name, value in answer["headers"].items() if name != "content-type"}
        return Response(answer["statusCode"], answer["headers"]["content-type"], answer["body"], headers)


def _without(answer: dict[str, Any], shown_once: tuple[str, ...]) -> dict[str, Any]:
    """The answer as it may be kept: what is shown only once is null in it."""
    if not shown_once:
        return answer
    body = json.loads(answer["body"])
    return {**answer, "body": json.dumps({**body, **dict.fromkeys(shown_once)}, ensure_ascii=False)}
