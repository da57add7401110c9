"""What we keep about people goes by itself when its time is past, and not a moment before."""

import json

import pytest
from django.conf import settings
from typer.testing import CliRunner

from campaigns.campaign import Campaign
from campaigns.invalidation import Invalidation, invalidate
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from campaigns.suspects import Suspects
from campaigns.tally import count
from outreach.alarm import Alarm
from outreach.cli import app
from outreach.confirming import confirm
from outreach.inbox.gist import Gist
from outreach.incoming import Incoming
from outreach.letters.letter import Letter
from outreach.notice import Notice
from outreach.release import Release, release
from outreach.retention import KINDS, is_past_its_time, outlook, purge
from outreach.seal import sealed
from outreach.signing import read_some
from outreach.signup import Form, Signup, keep
from tests.letters import written
from tests.small_campaign import FRIDAY, SECOND, published

ANNA, BO = "anna@people.example", "bo@people.example"


@pytest.fixture
def campaign(db) -> Campaign:
    """Anna has confirmed and Bo has not; she wrote two letters; a form that cannot be read, and a mail set aside."""
    campaign = published()
    for email in (ANNA, BO):
        keep(campaign.pk, Form(email.partition("@")[0].title(), email, "en"), "network", FRIDAY)
    read_some(FRIDAY)
    confirm(Supporter.objects.at(ANNA).get(), FRIDAY)
    Notice.objects.filter(supporter__in=Supporter.objects.at(ANNA)).update(state=Notice.State.SENT)
    Signup.objects.create(campaign=campaign, content=b"", received_at=FRIDAY, problem="It is not as forms are")
    mail = Incoming(
        channel="email", door="hand", name="1", raw=sealed(b"Hello"), size=5, sha256="", received_at=FRIDAY,
        state=Incoming.State.SET_ASIDE, aside=Incoming.Aside.SPAM, settled_at=FRIDAY, envelope=b"",
    )  # fmt: skip
    mail.gist = Gist(sender=ANNA, text="Hello")
    mail.save()
    Alarm.objects.create(
        campaign=campaign, of="network", value="network", author="Mia", began_at=FRIDAY, seen_at=FRIDAY, ended_at=FRIDAY
    )
    for take in (invalidate, release):
        take(campaign, Suspects(network="elsewhere"), reason="A mistake", author="Mia", now=FRIDAY)
    written(campaign, ANNA, network="network")
    written(campaign, ANNA, network="network").withdraw(FRIDAY)
    Campaign.objects.filter(pk=campaign.pk).update(closed_at=FRIDAY)
    return campaign


def there() -> dict[str, int]:
    return {
        "networks": Signature.objects.exclude(network="").count(),
        "unconfirmed": Supporter.objects.at(BO).count(),
        "networks_of_letters": Letter.objects.exclude(network="").count(),
        "networks_of_alarms": Alarm.objects.exclude(value="").count(),
        "networks_of_batches": Invalidation.objects.filter(suspects__has_key="network").count(),
        "networks_of_releases": Release.objects.filter(suspects__has_key="network").count(),
        "unconfirmed_letters": Letter.objects.filter(state=Letter.State.WRITTEN).count(),
        "letters": Letter.objects.filter(state=Letter.State.WITHDRAWN, wiped_at=None).count(),
        "unreadable": Signup.objects.count(),
        "notices": Notice.objects.filter(state=Notice.State.SENT).count(),
        "mails": Incoming.objects.exclude(raw=b"").count(),
        "supporters": Supporter.objects.at(ANNA).count(),
    }


def test_each_kind_goes_when_its_time_is_past_and_not_a_second_before(campaign):
    for kind in sorted(KINDS, key=lambda each: each.time):
        kind.purge(FRIDAY + kind.time - SECOND)
        before = there()[kind.name]
        kind.purge(FRIDAY + kind.time)
        assert (before > 0, there()[kind.name]) == (True, 0), kind.name
    assert (count(campaign.pk), Supporter.objects.count(), Incoming.objects.get().gist) == (1, 2, Gist())
    assert not is_past_its_time(end := FRIDAY + max(each.time for each in KINDS))
    assert purge(end) == {}
    assert [(each.due, each.next_at) for each in outlook(FRIDAY) if each.kind != "notices"] == [(0, None)] * 11


def test_looking_says_what_would_go_and_when_and_changes_nothing(campaign):
    before = there()
    ahead = {each.kind: each for each in outlook(FRIDAY + settings.RETENTION["unconfirmed"])}
    assert {name: each.due for name, each in ahead.items()} == {
        "networks": 2, "networks_of_letters": 2, "networks_of_alarms": 1, "networks_of_batches": 1,
        "networks_of_releases": 1, "unconfirmed": 1, "unconfirmed_letters": 1, "letters": 0,
        "unreadable": 1, "notices": 1, "mails": 0, "supporters": 0,
    }  # fmt: skip
    assert ahead["mails"].next_at == FRIDAY + settings.RETENTION["mails"]
    assert there() == before


def test_the_command_line_says_what_would_go_and_lets_it_go(campaign):
    def run(*words: str) -> str:
        return CliRunner().invoke(app, ["purge", *words]).output

    before = there()
    assert {row["kind"]: row["due"] for row in json.loads(run("--dry-run", "--json"))}["networks"] == 2
    assert there() == before
    assert "hashes of the networks" in run("--dry-run")
    assert run().startswith("Gone: 2 of networks, 2 of networks_of_letters, 1 of networks_of_alarms, ")
    assert run() == "Nothing is past its time.\n"


def test_who_confirmed_or_allowed_us_to_write_is_not_taken_for_one_who_never_confirmed(campaign):
    Supporter.objects.filter(pk__in=Supporter.objects.at(BO)).update(agreed_at=FRIDAY)
    purge(FRIDAY + settings.RETENTION["unconfirmed"])
    assert (there()["unconfirmed"], there()["supporters"]) == (1, 1)
