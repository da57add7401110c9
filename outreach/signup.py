"""A filled-in form, as it came: one row, written before it is answered, and read by a worker.

Whoever sends it learns nothing: neither whether the address has signed already, nor what we think of the form.
"""

import json
import uuid
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.models import Q

from campaigns.campaign import Campaign
from campaigns.sealed_text import opened, sealed

SIGN, DATA, WRITE = "sign", "data", "write"


@dataclass(frozen=True, slots=True)
class Form:
    """What a person filled in. `consents`: purpose → given or refused; who was not asked is not in it.

    `asked`: the keys of the words under which they were asked, by purpose. `signals`: what the form tells of how it was
    filled in (a hidden field that was not left empty, seconds since the page was made). `wish`: what they want of us.

    Of who writes to addressees: `letters`, each with `to` (an addressee's key), `subject`, `text`, `wording` (the id of
    the version it began with), `own_share` and `words`; `letter_key`: the same however often the same form is sent;
    `place`: the town; `division`: where they said they are represented; and what the office may see.
    """

    name: str
    email: str
    language: str
    country: str = ""
    postcode: str = ""
    comment: str = ""
    is_public: bool = False
    consents: dict[str, bool] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    signals: dict[str, Any] = field(default_factory=dict)
    source: str = "page"
    wish: str = SIGN
    letters: list[dict[str, Any]] = field(default_factory=list)
    letter_key: str = ""
    place: str = ""
    division: str = ""
    may_quote: bool = False
    shows_address: bool = False


class Signup(models.Model):
    """`content`: the form, sealed. `network`: a salted hash of where it came from. Deleted once it has been read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="signups", db_index=False)
    content = models.BinaryField(help_text="Sealed")
    network = models.CharField(max_length=32, blank=True)
    received_at = models.DateTimeField()
    problem = models.TextField(blank=True, help_text="Why it could not be read; it is kept for a person")

    class Meta:
        indexes = [models.Index(fields=["received_at"], condition=Q(problem=""), name="signups_to_read")]

    def __str__(self) -> str:
        return f"{self.pk} at {self.received_at}"

    def form(self) -> Form:
        """What was filled in."""
        return Form(**json.loads(opened(bytes(self.content))))


def keep(campaign: uuid.UUID, form: Form, network: str, now: datetime) -> uuid.UUID:
    """Write the form down. One statement, which waits for no other row."""
    name, content = uuid.uuid4(), sealed(json.dumps(asdict(form), ensure_ascii=False))
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [name, campaign, content, network, now])
    return name


KEEP = """
INSERT INTO outreach_signup (id, campaign_id, content, network, received_at, problem) VALUES (%s, %s, %s, %s, %s, '')
"""
