"""Whose voice a mail is."""

import pytest

from channels.incoming.reading import Verdicts
from outreach.inbox.voice import Voice, is_same_office, voice_of

OFFICE = ["press@mfa.example", "minister@gmail.com"]
NOTHING, PROVEN = Verdicts(), Verdicts(dmarc="pass", by="mx.us.example")


def voice(sender: str, verdicts: Verdicts = PROVEN, *, is_supporter: bool = False) -> Voice:
    return voice_of([sender], verdicts, OFFICE, is_supporter=is_supporter).voice


@pytest.mark.parametrize(
    "sender", ["press@mfa.example", "Someone@MFA.example", "a@mail.mfa.example", "minister@gmail.com"]
)
def test_the_addressees_own_addresses_and_domains_are_theirs(sender):
    assert voice(sender) is Voice.THEIRS


@pytest.mark.parametrize(
    "sender", ["a@other.example", "a@notmfa.example", "other@gmail.com", "a@example", "a@", "@", "mfa.example"]
)
def test_a_third_person_does_not_count(sender):
    assert voice(sender) is Voice.STRANGER


def test_a_supporter_never_counts_but_an_office_does_that_also_signed():
    assert voice("ani@mfa.example", is_supporter=True) is Voice.SUPPORTER
    assert voice("ani@people.example", is_supporter=True) is Voice.SUPPORTER
    assert voice("press@mfa.example", is_supporter=True) is Voice.THEIRS


@pytest.mark.parametrize("verdicts", [Verdicts(dmarc="fail"), Verdicts(spf="fail", dkim="fail")])
def test_a_forged_sender_does_not_count(verdicts):
    heard = voice_of(["press@mfa.example"], verdicts, OFFICE, is_supporter=False)
    assert heard.voice is Voice.FORGED
    assert not heard.may_count
    assert "mfa.example" in heard.why
    assert "fail" in heard.why


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (NOTHING, Voice.UNPROVEN),
        (Verdicts(spf="pass", spf_domain="mfa.example"), Voice.THEIRS),
        (Verdicts(dkim="pass", dkim_domains=("mfa.example",)), Voice.THEIRS),
        (Verdicts(dkim="pass", dkim_domains=("elsewhere.example",)), Voice.UNPROVEN),
        (Verdicts(spf="pass", spf_domain="elsewhere.example"), Voice.UNPROVEN),
        (Verdicts(spf="softfail", dkim="none"), Voice.UNPROVEN),
    ],
)
def test_what_is_not_proven_counts_and_says_so(verdicts, expected):
    heard = voice_of(["press@mfa.example"], verdicts, OFFICE, is_supporter=False)
    assert heard.voice is expected
    assert heard.may_count
    assert ("not proven" in heard.why) == (expected is Voice.UNPROVEN)


@pytest.mark.parametrize("senders", [[], ["press@mfa.example", "other@mfa.example"]])
def test_no_sender_or_several_are_for_a_person(senders):
    assert voice_of(senders, PROVEN, OFFICE, is_supporter=False).voice is Voice.STRANGER


@pytest.mark.parametrize(("one", "other"), [("gov.am", "mfa.gov.am"), ("com", "mfa.com"), ("mail.ru", "mail.ru")])
def test_a_registry_or_a_provider_is_no_office(one, other):
    assert not is_same_office(one, other)
