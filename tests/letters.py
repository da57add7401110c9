"""Letters of supporters, for tests."""

import uuid
from typing import Any

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.supporter import Supporter
from outreach.letters.letter import Letter
from tests.small_campaign import FRIDAY


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
