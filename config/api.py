"""The HTTP API: which noun lives where."""

from outreach.api import (
    addressees,
    alarms,
    appeals,
    approvals,
    bulletins,
    campaigns,
    deliveries,
    directories,
    erasures,
    files,
    forecasts,
    gatherings,
    holders,
    holds,
    inbox,
    incoming,
    interventions,
    invalidations,
    letters,
    mailbags,
    mailings,
    outcomes,
    partners,
    publications,
    queues,
    rehearsals,
    reports,
    responses,
    sharings,
    steps,
    stops,
    tasks,
    versions,
    wordings,
)
from outreach.api.interface import Interface

DESCRIPTION = """
Everything the command line and the pages do, for programs. Read `docs/api.md` for a first walk through it.

**Sign in** with a key, `Authorization: Bearer outreach_…`, or with the session of a signed-in member of staff.
**Lists** come in parts: `limit`, `offset`, and the paths of the `next` and `previous` part.
**Errors** are problem documents (RFC 9457): a sentence in `detail`, and in `errors` every place that is wrong.
**A POST with an `Idempotency-Key`** is carried out once, however often it is sent.
**Times** are RFC 3339 with an offset; answers give UTC.
"""

api = Interface(title="Outreach API", version="1", description=DESCRIPTION.strip(), urls_namespace="api")
for router in (campaigns, versions, addressees, holders, steps, wordings, publications, forecasts, queues):
    api.add_router("/campaigns", router.router)
for router in (rehearsals, reports):
    api.add_router("/campaigns", router.router)
for router in (appeals, interventions, outcomes, files, inbox, incoming, responses, deliveries, tasks):
    api.add_router("", router.router)
for router in (letters, mailbags):
    api.add_router("", router.router)
api.add_router("", directories.router)
api.add_router("", erasures.router)
api.add_router("/bulletins", bulletins.router)
api.add_router("/campaigns", approvals.router)
api.add_router("/campaigns", invalidations.router)
api.add_router("/campaigns", gatherings.router)
api.add_router("/campaigns", sharings.router)
api.add_router("/campaigns", partners.router)
api.add_router("/campaigns", alarms.router)
api.add_router("/campaigns", mailings.router)
api.add_router("/holds", holds.router)
api.add_router("/stop", stops.router)
