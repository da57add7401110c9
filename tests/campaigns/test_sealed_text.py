"""What is known about people cannot be read from a copy of the database."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection

from campaigns.sealed_text import opened, sealed
from campaigns.supporter import Supporter
from tests.small_campaign import FRIDAY, draft, supporters


def test_the_table_of_supporters_has_neither_names_nor_addresses_in_clear(db):
    supporters(draft(), 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT campaigns_supporter::text, name, email FROM campaigns_supporter")
        row, name, email = cursor.fetchone()
    for kept in (row.encode(), bytes(name), bytes(email)):
        assert b"Supporter 0" not in kept
        assert b"supporter0" not in kept
    person = Supporter.objects.get()
    assert (person.name, person.email) == ("Supporter 0", "supporter0@people.example")


def test_the_same_text_looks_different_each_time_and_opens_to_itself():
    assert sealed("Անի") != sealed("Անի")
    assert opened(sealed("Անի")) == "Անի"
    assert sealed("") == b""
    assert opened(b"") == ""


def test_old_secrets_open_and_a_secret_that_is_gone_is_named(settings):
    kept = sealed("anna@people.example")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one", [settings.SECRET_KEY]
    assert opened(kept) == "anna@people.example"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FALLBACKS"):
        opened(kept)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FALLBACKS"):
        opened(sealed("anna")[:-1] + b"?")


def test_a_supporter_is_found_however_the_address_is_spelt_also_under_an_old_secret(db, settings):
    campaign = draft()
    person = Supporter.objects.create(campaign=campaign, email="Anna@Bücher.example", language="en", joined_at=FRIDAY)
    assert person.email_domain == "xn--bcher-kva.example"
    assert Supporter.objects.at(" anna@xn--bcher-kva.example ").get() == person
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one", [settings.SECRET_KEY]
    assert Supporter.objects.at("anna@bücher.example").get() == person


def test_one_address_supports_a_campaign_once(db):
    campaign = draft()
    Supporter.objects.create(campaign=campaign, email="anna@people.example", language="en", joined_at=FRIDAY)
    with pytest.raises(IntegrityError, match="one_supporter_per_email"):
        Supporter.objects.create(campaign=campaign, email="ANNA@people.example", language="en", joined_at=FRIDAY)
