"""Letters of supporters, for tests."""

import uuid
from datetime import datetime
from typing import Any

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.supporter import Supporter
from campaigns.wording import Wording
from outreach.clock import tick
from outreach.letters.letter import Letter
from tests.small_campaign import FRIDAY, published

RULES = {"start": [{"stands": ["acted"], "do_not_write": {"en": "Done"}}, {"wording": "own"}]}
OWN = """{{ addressee.salutation }},

For {{ days_silent }} days you have not answered the people of the bridge. Please {% for demand in demands %}{{ demand.text }}{% if not loop.last %} and {% endif %}{% endfor %}.
"""  # noqa: E501 (a paragraph is one line)


def open_to_letters(**fields: Any) -> Campaign:
    """The first letters have gone out; supporters may write to whoever has not acted."""
    campaign = published(**{"letter_rules": RULES, **fields})
    Wording.objects.create(
        campaign=campaign,
        name="own",
        channel="email",
        language="en",
        subject="The bridge of {{ addressee.name }}",
        body=OWN,
        written_at=FRIDAY,
    )
    tick(campaign, FRIDAY)
    return campaign


def written(campaign: Campaign, email: str = "anna@people.example", to: str = "ann", **fields: Any) -> Letter:
    """A letter that waits for its confirmation; the same supporter again if the address is known."""
    supporter = Supporter.objects.filter(campaign=campaign).at(email).first() or Supporter.objects.create(
        campaign=campaign, name="Anna Arshakyan", email=email, language="en", joined_at=FRIDAY
    )
    said = {
        "form": uuid.uuid4(),
        "language": "en",
        "name": supporter.name,
        "place": "Seattle",
        "subject": "The bridge",
        "text": "I cross this bridge every day.",
        "written_at": FRIDAY,
    }
    addressee = Addressee.objects.get(key=to)
    return Letter.objects.create(campaign=campaign, supporter=supporter, addressee=addressee, **{**said, **fields})


def confirmed(campaign: Campaign, number: int, to: str = "ann", at: datetime = FRIDAY, **fields: Any) -> list[Letter]:
    """Letters of so many people that wait for their turn."""
    before = Supporter.objects.count()
    people = Supporter.objects.bulk_create(
        Supporter(
            campaign=campaign, name=f"Person {n}", email=f"person{n}@people.example", language="en", joined_at=FRIDAY
        )
        for n in range(before, before + number)
    )
    addressee = Addressee.objects.get(key=to)
    said = {"language": "en", "place": "Seattle", "subject": "The bridge", "written_at": at, "confirmed_at": at}
    return Letter.objects.bulk_create(
        Letter(
            campaign=campaign,
            supporter=person,
            addressee=addressee,
            form=uuid.uuid4(),
            state=Letter.State.CONFIRMED,
            rank=1,
            name=person.name,
            **{**said, "text": f"I am {person.name}, and I cross this bridge every day.", **fields},
        )
        for person in people
    )
