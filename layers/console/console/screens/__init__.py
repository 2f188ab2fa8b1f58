"""One file per part of the menu; each declares its screens."""

from console.routing import Route
from console.screens import (
    api_keys,
    audit,
    connections,
    contracts,
    customers,
    dead_letters,
    entries,
    events,
    flows,
    lead_sync,
    leads,
    lookups,
    members,
    opportunities,
    orders,
    overview,
    product_types,
    products,
    reports,
    reviews,
    rules,
    settings,
    signing_in,
)

PARTS = (
    *(signing_in, overview, lookups),
    *(customers, reviews, members),
    *(orders, contracts, products, leads, opportunities),
    *(entries, product_types, rules, settings, lead_sync, api_keys, audit),
    *(reports, connections, flows, events, dead_letters),
)
ROUTES: list[Route] = [route for part in PARTS for route in part.screens.declared]
