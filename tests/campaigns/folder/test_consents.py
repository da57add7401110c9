"""What people are asked and told, as a campaign file says it: read, judged, and every text of it kept."""

from datetime import UTC, datetime
from typing import Any

import jsonschema
import pytest

from campaigns.asking import AgeLine, asking_of
from campaigns.consent import Asked
from campaigns.folder.check import check
from campaigns.folder.defect import Defects
from campaigns.folder.load import difference, load
from campaigns.folder.positions import read_yaml
from campaigns.folder.schema import json_schema
from tests.campaigns.folder.folders import CAMPAIGN, change, sound

MONDAY = datetime(2023, 4, 24, 9, tzinfo=UTC)
CONSENT = """consent:
  questions:
    - {purpose: updates, question: {en: May we write?, fr: Pouvons-nous écrire ?}, agree: 'Yes', decline: 'No'}
    - {purpose: events, question: Shall we invite you?, agree: Do, decline: Do not}
  partners:
    - {key: roads, name: Roads for All, website: "https://roads.example", question: May they write?, agree: 'Yes', decline: 'No'}
  age: {at_least: 16, younger: with a parent}
  notice: {en: The people of the road are responsible., fr: Les gens de la route sont responsables.}
  policy: https://road.example/privacy
"""  # noqa: E501


def say(folder, consent: str) -> None:
    change(folder, "campaign.yaml", "put_to:", f"{consent}put_to:")


def test_without_a_word_about_it_people_are_asked_whether_the_campaign_may_write(folder):
    assert sound(folder).consent() == {}
    assert asking_of({}).purposes == ("updates",)


def test_what_the_file_says_is_what_forms_ask(folder):
    say(folder, CONSENT)
    asking = asking_of(sound(folder).consent())
    assert asking.purposes == ("updates", "events", "partner-roads")
    assert asking.updates.words("fr") == "Pouvons-nous écrire ?\n– Yes\n– No"
    assert asking.partners[0].words("en") == "Roads for All, https://roads.example\nMay they write?\n– Yes\n– No"
    assert asking.age == AgeLine(16, with_parent=True)
    assert asking.policy == "https://road.example/privacy"


@pytest.mark.django_db
def test_every_version_of_what_people_may_see_is_kept_when_it_is_loaded(folder):
    say(folder, CONSENT)
    kept = load(sound(folder), MONDAY).campaign
    assert kept.asking() == asking_of(sound(folder).consent())
    assert Asked.objects.filter(text="Shall we invite you?\n– Do\n– Do not", language="fr").exists()
    change(folder, "campaign.yaml", "Shall we invite you?", "May we invite you?")
    assert difference(sound(folder))
    load(sound(folder), MONDAY)
    assert Asked.objects.filter(text__contains="invite you?", language="en").count() == 2
    assert difference(sound(folder)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("purpose: events", "purpose: email", "is the name of something else on the form"),
        ("purpose: events", "purpose: partner-x", "is the name of something else on the form"),
        ("purpose: events", "purpose: town", "is the name of something else on the form"),
        ("purpose: events", "purpose: text-ann", "is the name of something else on the form"),
        ("purpose: events", "purpose: updates", "purpose: this key is taken"),
        ("at_least: 16", "at_least: 61", "at_least: an age line is a number of years from 13 to 21"),
        ("younger: with a parent", "younger: with parents", "younger: this is one of: not here, with a parent"),
        ("decline: Do not", "refuse: Do not", "there is no key `refuse` here"),
        (", fr: Pouvons-nous écrire ?", "", "question: this text is not there in fr"),
        ('"https://roads.example"', "roads", "website:"),
        ("purpose: events", "purpose: events, channel: phone", "channel: this is one of: email"),
    ],
)
def test_what_cannot_be_meant_is_said_at_its_place(folder, old, new, expected):
    say(folder, CONSENT.replace(old, new))
    found = [each for each in check(folder).defects if expected in each.message]
    assert found
    lines = (folder / "campaign.yaml").read_text().splitlines()
    assert any(new.split(":", maxsplit=1)[0].strip(", ") in lines[each.line - 1] for each in found)


def test_an_editor_completes_it(folder):
    document = read_yaml(CAMPAIGN.replace("put_to:", f"{CONSENT}put_to:"), Defects("campaign.yaml"))
    told: Any = document.value
    told["consent"]["age"]["at_least"] = 16
    jsonschema.validate(told["consent"], {"$defs": json_schema()["$defs"], **json_schema()["$defs"]["Consent"]})
