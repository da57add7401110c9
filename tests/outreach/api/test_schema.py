"""Everything the description of the API allows, and much that it does not, is tried: no answer is a failure of ours."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from campaigns.hold import Hold
from campaigns.invalidation import invalidate
from campaigns.outcome import record_outcome
from campaigns.suspects import Suspects
from config.wsgi import application
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.exhibit import keep_exhibit
from outreach.inbox.by_hand import tell_by_hand
from outreach.key import ApiKey
from outreach.letters.mailbag import Mailbag
from outreach.response import Response
from outreach.signing import read_some
from outreach.signup import Form, keep
from outreach.task import Task
from outreach.task_proof import add_proof
from tests.outreach.public.test_consent import ASKED
from tests.small_campaign import FRIDAY, draft, published

TRIES = int(os.environ.get("REQUESTS_TO_TRY", "2"))  # of each kind; a long round tries more
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


LEAN = schemathesis.Config.from_dict({"phases": {"coverage": {"unexpected-methods": []}}})
everything = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=LEAN)
EXISTING: dict[str, Any] = {}
for method, address in (("post", "/api/v1/campaigns"), ("put", "/api/v1/campaigns/{slug}")):
    body = everything.raw_schema["paths"][address][method]["requestBody"]["content"]
    del body["application/zip"]
    whole = body["application/json"]["schema"]
    kept = ("slug", "addressees", "wordings", "title", "languages")  # all of it takes Hypothesis minutes
    whole["properties"] = {name: whole["properties"][name] for name in kept}
    whole["required"] = [*kept]


@pytest.fixture(scope="module")
def existing(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Something of every kind, under the names that paths give it: kept until all have been tried."""
    with django_db_blocker.unblock():
        _make()
        yield
        call_command("flush", verbosity=0, interactive=False)


def _make() -> None:
    campaign = published(consent=ASKED)
    draft("dam")
    tick(campaign, FRIDAY)
    appeal = campaign.appeals.first()
    demand = campaign.demands.get(key="open")
    outcome = record_outcome(appeal, demand, "refused", evidence="a letter", author="Mia", now=FRIDAY)
    response = Response.objects.create(appeal=appeal, channel="email", received_at=FRIDAY, recorded_by="Mia")
    scan = [("scan.pdf", b"%PDF-1.7 %%EOF")]
    told = tell_by_hand(appeal, channel="letter", text="No.", by="Mia", now=FRIDAY, files=scan)
    by_hand = Delivery.objects.latest("created_at")
    Delivery.objects.filter(pk=by_hand.pk).update(state="handed", channel="letter", wire="person", language="en")
    task = Task.objects.create(delivery=by_hand, due_at=FRIDAY, taken_at=FRIDAY)
    proof = add_proof(task, b"%PDF-1.7 %%EOF", name="receipt", by="Mia", now=FRIDAY)
    exhibit = keep_exhibit(appeal, b"%PDF-1.7 %%EOF", name="decree", by="Mia", now=FRIDAY)
    mailbag = Mailbag.objects.create(
        campaign=campaign, addressee=appeal.addressee, number=1, state="sent", due_at=FRIDAY, created_at=FRIDAY
    )
    hold = Hold.objects.place(channel="x", reason="talks", author="Mia", now=FRIDAY)
    keep(campaign.pk, Form("Anna", "anna@people.example", "en", consents={"partner-roads": True}), "network", FRIDAY)
    read_some(FRIDAY)
    batch = invalidate(campaign, Suspects(domain="people.example"), reason="A mistake", author="Mia", now=FRIDAY)
    EXISTING.update(
        slug="bridge",
        key="letter",
        name="letter",
        channel="email",
        language="en",
        appeal_id=str(appeal.pk),
        outcome_id=outcome.pk,
        file_id=str(exhibit.pk),
        response_id=str(told.pk),
        number=1,
        incoming_id=str(told.incoming_id),
        kind="answer",
        ref=str(response.pk),
        delivery_id=str(Delivery.objects.earliest("created_at").pk),
        hold_id=str(hold.pk),
        mailbag_id=str(mailbag.pk),
        task_id=str(task.pk),
        proof_id=str(proof.pk),
        batch_id=str(batch.pk),
    )
    EXISTING["owner"] = ApiKey.issue(User.objects.create_superuser("olga"), "owner", "write", FRIDAY)[1]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests leave the connection of the test open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@everything.hook
def map_path_parameters(context, parameters):
    """Most of what requests name exists."""
    if parameters and sum(map(ord, str(parameters))) % 4:
        parameters = {name: EXISTING.get(name, value) for name, value in parameters.items()}
    return parameters


@everything.parametrize()
@settings(max_examples=TRIES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@pytest.mark.timeout(60 * TRIES)
@pytest.mark.usefixtures("existing", "db", "one_connection")
def test_no_request_makes_the_api_fail_or_answer_what_it_did_not_describe(case):
    case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {EXISTING['owner']}"})
