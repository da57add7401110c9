"""How a mailing reads: for a sample supporter on a page, and as a test to somebody's own mailbox."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from campaigns.ladder import SUPPORTERS
from campaigns.mailing import Mailing
from campaigns.posture import divisions_where
from campaigns.segment import Unsuited
from campaigns.supporter import Supporter
from campaigns.wave import Wave
from channels.answer import Delayed, Receipt, Refused
from channels.email import EMAIL
from outreach.delivery import Delivery
from outreach.desk import Desk
from outreach.preview import invented_supporter
from outreach.send import wire_of

MARK = "[TEST] "


@dataclass(frozen=True, slots=True)
class Sample:
    """One letter as a supporter would get it now. `division`: where this one lives, if that is asked about."""

    wording: str
    language: str
    subject: str
    text: str
    html: str
    division: str = ""


class Samples:
    """The letters of one mailing, as things stand at `now`; the campaign is read once for all of them."""

    def __init__(self, mailing: Mailing, now: datetime) -> None:
        self._mailing, self._now = mailing, now
        self._desk, self._division = Desk(mailing.campaign, now), _lives_in(mailing, now)

    def letter(self, wording: str, language: str, name: str | None = None) -> Sample:
        """For somebody of that name, or an invented one. Raises Unfit; KeyError if there is no such wording."""
        called = invented_supporter()[0] if name is None else name
        delivery = _delivery(self._mailing, wording, language, called, self._division, self._now)
        self._desk.write(delivery)
        return Sample(wording, delivery.language, delivery.subject, delivery.text, delivery.html, self._division)


def sample(mailing: Mailing, wording: str, language: str, now: datetime) -> Sample:
    """One of them. Raises Unfit, and KeyError if there is no such wording."""
    return Samples(mailing, now).letter(wording, language)


def send_test(mailing: Mailing, wording: str, language: str, to: str, now: datetime) -> str:
    """Send a sample to one's own address, marked as a test. Answers what the wire said of it, in a sentence.

    It is no delivery: it is counted nowhere, and its link ends nobody's letters. Raises Unsuited for what is no
    address, and Unfit.
    """
    if EMAIL.address_problem(to):
        raise Unsuited("Say an address to send the test to, such as ann@campaign.example", "to")
    name, leave = invented_supporter()
    delivery = _delivery(mailing, wording, language, name, _lives_in(mailing, now), now)
    desk = Desk(mailing.campaign, now)
    desk.write(delivery)
    letter = replace(desk.envelope(delivery), to=to, to_name="", return_path="", key=uuid.uuid4().hex)
    wire = wire_of(EMAIL.name)
    (answer,) = wire.send([replace(letter, subject=f"{MARK}{letter.subject}", unsubscribe=leave)])
    match answer:
        case Receipt():
            return f"The test went to {to}, over {wire.name}."
        case Refused(reason=reason):
            return f"The test was refused: {reason}"
        case Delayed(reason=reason):
            return f"The test could not be sent now: {reason}"
        case unknown:
            return f"Nobody can say whether the test arrived: {unknown.reason}"


def _delivery(mailing: Mailing, wording: str, language: str, name: str, division: str, now: datetime) -> Delivery:
    """As it would be written, and kept nowhere."""
    campaign = mailing.campaign
    supporter = Supporter(campaign=campaign, name=name, language=language, division=division)
    return Delivery(
        campaign=campaign,
        wave=Wave(campaign=campaign, mailing=mailing, at=now),
        audience=SUPPORTERS,
        channel=EMAIL.name,
        wording_name=wording,
        supporter=supporter,
        created_at=now,
    )


def _lives_in(mailing: Mailing, now: datetime) -> str:
    """Where somebody lives who would get it: if it depends on who represents them, the first such division."""
    segment = mailing.for_whom
    if not segment.representatives:
        return ""
    asked = divisions_where(mailing.campaign, segment.representatives, now)
    lived_in = sorted(mailing.campaign.supporters.by_division()) or sorted(asked)
    return next(iter(segment.within(lived_in, asked) or sorted(asked)), "")
