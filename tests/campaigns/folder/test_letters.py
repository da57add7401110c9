# ruff: noqa: E501 (a case is a line)
"""What campaign.yaml says of supporters' letters: tried like everything else, and each mistake at its place."""

import pytest

from campaigns.campaign import Campaign
from campaigns.folder.check import check
from campaigns.folder.load import difference, load
from campaigns.kept import edition_of
from tests.campaigns.folder.folders import change, defect_of, sound, stands_at_its_place
from tests.small_campaign import FRIDAY

LETTERS = """\
letters:
  open_from: notice
  start:
    - addressees: [fr]
      stands: [acted, refused]
      do_not_write: {en: Thank you., fr: Merci.}
    - {groups: [council], kinds: [state], languages: [en, fr], wording: own}
    - wording: other
ladder:
"""
OWN = """\
---
subject: "{{ campaign.title }}"
---
{{ addressee.salutation }}, {{ days_silent }} days ago {{ sender.name }} asked {{ addressee.name }} for this:
{% for demand in demands %}
{{ demand.number }}. {{ demand.text }}
{% endfor %}
"""


@pytest.fixture
def written(folder):
    change(folder, "campaign.yaml", "ladder:\n", LETTERS)
    change(folder, "campaign.yaml", "terms:\n", "terms:\n  Republic of Malta: {fr: République de Malte}\n")
    for name in ("own/email.en.md", "own/email.fr.md", "other/email.en.md"):
        file = folder / "wordings" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(OWN, encoding="utf-8")
    return folder


def test_letters_are_read_with_their_rules_in_order(written):
    letters = sound(written).edition().letters
    assert letters.open_from == "notice"
    assert letters.wordings == ("own", "other")
    assert letters.starts[0].reason == {"en": "Thank you.", "fr": "Merci."}
    assert letters.starts[0].stands == {"acted", "refused"}
    assert not check(written).notes or all("own" not in str(note) for note in check(written).notes)


def test_without_a_word_about_letters_there_are_none(folder):
    assert sound(folder).edition().letters.starts == ()


@pytest.mark.django_db
def test_they_are_kept_as_they_were_written_and_loaded_once(written):
    read = sound(written)
    load(read, FRIDAY)
    assert difference(read) == []
    assert edition_of(Campaign.objects.get()).letters == read.edition().letters
    change(written, "campaign.yaml", "kinds: [state]", "kinds: [state, state]")
    assert str(difference(sound(written))[0]).startswith("campaign road: letter_rules.start")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("open_from: notice", "open_from: notise", "open_from: there is no such step (there is: letter, notice, report) (notise) — did you mean notice?"),
        ("addressees: [fr]", "addressees: [frr]", "addressees: nobody the demands are put to fits this (frr) — did you mean fr?"),
        ("addressees: [fr]", "addressees: [un]", "addressees: nobody the demands are put to fits this (un)"),
        ("addressees: [fr]", "divisions: [nowhere]", "divisions: nobody the demands are put to represents this, or a part of it (nowhere)"),
        ("stands: [acted, refused]", "stands: [silence]", "stands: this is one of: silent, committed, refused, acted (silence) — did you mean silent?"),
        ("stands: [acted, refused]", "party: [left]", "there is no key `party` here"),
        ("fr: Merci.}", "de: Danke.}", "do_not_write: 'de' is not a language of this campaign"),
        ("kinds: [state], languages: [en, fr]", "languages: [en, de]", "languages: 'de' is not a language of this campaign"),
        ("groups: [council]", "groups: [counsil]", "groups: there is no such group (there is: council, watch) (counsil) — did you mean council?"),
        ("kinds: [state]", "kinds: [person]", "kinds: nobody the demands are put to fits this (person)"),
        ("wording: own", "wording: own, do_not_write: No", "start: a rule for letters has either wording or do_not_write"),
        ("wording: own", "wording: owns", "this needs wordings/owns/email.en.md, approved, and there is none"),
        ("wording: other", "wording: other\n    - wording: own", "start: the rule on line"),
        ("  start:\n", "  begin:\n", "there is no key `begin` here"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_rule_is_named_at_its_place(written, old, new, expected):
    change(written, "campaign.yaml", old, new)
    defect = defect_of(check(written).defects, "campaign.yaml", expected)
    assert stands_at_its_place(written, defect)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("own/email.fr.md", "{{ addressee.salutation }}", "{{ supporter.name }}", "written for fr and 1 other: nobody in particular is written to here, so there is no `supporter`"),
        ("own/email.fr.md", "{{ days_silent }}", "{{ days_silnt }}", "`days_silnt` is not known here"),
        ("letter/email.en.md", "{{ addressee.salutation }}", "{{ days_silent }}", "written for fr and 1 other: only a supporter's own letter counts the days, so there is no `days_silent`"),
        ("other/email.en.md", "{{ sender.name }}", "{{ answer.link }}", "written for fr and 1 other: nobody in particular is written to here, so there is no `answer`"),
    ],
)  # fmt: skip
def test_a_letter_that_could_not_be_begun_is_found_before_anybody_writes(written, file, old, new, expected):
    change(written / "wordings", file, old, new)
    defect_of(check(written).defects, f"wordings/{file}", expected)


def test_words_that_are_missing_in_a_language_of_a_letter_are_named(written):
    change(written, "campaign.yaml", "  Your Excellency: {fr: Excellence}\n", "")
    defect_of(check(written).defects, "campaign.yaml", "terms: there are no words in fr for this, which wordings/")
    change(written, "wordings/letter/email.fr.md", "{{ addressee.salutation }}", "Bonjour")
    defect = defect_of(check(written).defects, "campaign.yaml", "terms: there are no words in fr for this")
    assert "wordings/own/email.fr.md" in defect.message
