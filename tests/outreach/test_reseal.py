"""After a change of SECRET_KEY everything is sealed anew, can be interrupted, and is found by the new secret alone."""

import json

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from typer.testing import CliRunner

from campaigns.campaign import Campaign
from campaigns.sealed_text import SealedText
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from outreach.account import Account
from outreach.cli import app
from outreach.inbox.gist import Gist
from outreach.incoming import Incoming
from outreach.reseal import OURS, SECRETS, TEXTS, Column, old_columns, reseal
from outreach.seal import sealed, unsealed
from outreach.signing import read_some
from outreach.signup import Form, Signup, keep
from outreach.suppression import suppress, suppressed
from tests.small_campaign import FRIDAY, published

ANNA, GONE = "Anna.A@gmail.com", "gone@people.example"
OLD, NEW = "the secret of last year, which somebody saw", "the secret of this year, which nobody saw"


@pytest.fixture
def bridge(db, settings) -> Campaign:
    """Kept under last year's secret; this year's is the first one now."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    campaign = published()
    keep(campaign.pk, Form("Anna", ANNA, "en", comment="For my children", postcode="0010"), "network", FRIDAY)
    read_some(FRIDAY)
    keep(campaign.pk, Form("Bo", "bo@people.example", "en"), "network", FRIDAY)
    suppress("email", ANNA, "Complained", FRIDAY)
    suppress("email", GONE, "Complained", FRIDAY)
    Account.objects.create(name="x", session=sealed(b"a session"))
    mail = Incoming(channel="email", name="<1@people.example>", received_at=FRIDAY, door="test", size=3)
    mail.raw = sealed(b"raw")
    mail.gist = Gist(sender=ANNA, text="Hello")
    mail.sender_digest = Supporter.objects.get().email_digest
    mail.save()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    return campaign


def test_under_the_new_secret_alone_everything_opens_and_everybody_is_found(bridge, settings):
    assert len(old_columns()) == 8, old_columns()
    done = reseal()
    assert done["addresses"] == 2
    assert old_columns() == []
    assert reseal() == {}
    settings.SECRET_KEY_FALLBACKS = []
    anna = Supporter.objects.at("anna.a+news@googlemail.com").get()
    assert (anna.name, anna.email, anna.postcode) == ("Anna", ANNA, "0010")
    assert Signature.objects.get().comment == "For my children"
    assert Signup.objects.get().form().name == "Bo"
    assert unsealed(bytes(Account.objects.get().session)) == b"a session"
    mail = Incoming.objects.get()
    assert (mail.opened(), mail.gist.text, mail.sender_digest) == (b"raw", "Hello", anna.email_digest)
    assert suppressed("email", [ANNA]) == {ANNA: "Complained"}
    assert suppressed("email", [GONE]) == {}  # nobody knows that address: its hash needs the secret it was made with
    settings.SECRET_KEY_FALLBACKS = [OLD]
    assert suppressed("email", [GONE]) == {GONE: "Complained"}


def test_killed_in_the_middle_it_goes_on_where_it_was(bridge, monkeypatch):
    class Killed(Exception):
        pass

    renewed: list[object] = []

    def until_killed(column: Column, key: object, value: bytes) -> bool:
        if len(renewed) == 2:
            raise Killed
        renewed.append(key)
        return renew(column, key, value)

    renew = Column.renew
    monkeypatch.setattr(Column, "renew", until_killed)
    with pytest.raises(Killed):
        reseal()
    monkeypatch.setattr(Column, "renew", renew)
    left = len(old_columns())
    assert left
    reseal()
    assert old_columns() == []
    assert Supporter.objects.at(ANNA).get().name == "Anna"


def test_what_changes_meanwhile_is_not_overwritten(bridge):
    column = Column(Supporter, "name", is_text=True)
    ((key, value),) = column.old()
    Supporter.objects.filter(pk=key).update(name="Anna Arshakyan")
    assert column.renew(key, value) is False
    assert Supporter.objects.get().name == "Anna Arshakyan"


def test_without_the_earlier_secret_nothing_is_lost_and_it_is_said(bridge, settings):
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FALLBACKS"):
        reseal()
    refused = CliRunner().invoke(app, ["reseal"])
    assert (refused.exit_code, "SECRET_KEY_FALLBACKS" in refused.output) == (2, True)
    settings.SECRET_KEY_FALLBACKS = [OLD]
    done = CliRunner().invoke(app, ["reseal", "--json"])
    assert json.loads(done.stdout)["campaigns_supporter.name"] == 1
    assert CliRunner().invoke(app, ["reseal"]).output.endswith("Everything is under the newest secret.\n")


def test_no_sealed_column_is_forgotten():
    found = set()
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            fields = [each for each in model._meta.get_fields() if isinstance(each, models.BinaryField)]
            found |= {(model._meta.app_label, model.__name__, each.name) for each in fields if _is_bytes(each)}
    assert found - {("outreach", "EvidenceSalt", "secret")} == {*SECRETS, *TEXTS}


def _is_bytes(field: object) -> bool:
    return not isinstance(field, SealedText)
