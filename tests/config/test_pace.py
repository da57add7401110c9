import pytest
from django.core.exceptions import ImproperlyConfigured

from channels.pace import Pace
from channels.rate import Rate
from channels.warm_up import WarmUp
from config import pace
from outreach.spike import Brakes


def test_nothing_is_limited_and_the_brakes_are_set_unless_the_environment_says_otherwise(monkeypatch):
    for name in ("DOMAIN_RATES", "SENDER_RATES", "BRAKES"):
        monkeypatch.delenv(f"OUTREACH_{name}", raising=False)
    assert (pace.domain_rates(), pace.sender_rates(), pace.brakes()) == ({}, {}, Brakes())


def test_rates_of_recipients_domains_are_read(monkeypatch):
    monkeypatch.setenv("OUTREACH_DOMAIN_RATES", "Mail.example=20/min, *.example=100/hour,*=1/s, *.հայ=1/s")
    assert {name: str(rate) for name, rate in pace.domain_rates().items()} == {
        "mail.example": "20 a minute",
        "*.example": "100 an hour",
        "*": "1 a second",
        "*.xn--y9a3aq": "1 a second",
    }


def test_a_sender_may_have_a_rate_a_warm_up_or_both(monkeypatch):
    monkeypatch.setenv("OUTREACH_SENDER_RATES", "new.example=2026-11-24:50*2+9/s, @bridge=1/min")
    warm_up = WarmUp.parse("2026-11-24:50*2")
    assert pace.sender_rates() == {
        "new.example": Pace(Rate.parse("9/s"), warm_up),
        "@bridge": Pace(Rate.parse("1/min")),
    }


def test_brakes_can_be_set_and_taken_off(monkeypatch):
    monkeypatch.setenv("OUTREACH_BRAKES", "bounces=10%, letters=100, hours=1.5")
    assert pace.brakes() == Brakes(bounces=0.1, letters=100, hours=1.5)
    monkeypatch.setenv("OUTREACH_BRAKES", "OFF")
    assert pace.brakes() is None


@pytest.mark.parametrize(
    ("name", "said", "sentence"),
    [
        ("DOMAIN_RATES", "mail.example", "OUTREACH_DOMAIN_RATES: mail.example: “” is not a rate"),
        ("DOMAIN_RATES", "ann@mail.example=1/s", "that is no domain; say one as in mail.example"),
        ("SENDER_RATES", "*=1/s", "that is no sender"),
        ("DOMAIN_RATES", "mail.example=fast", "OUTREACH_DOMAIN_RATES: mail.example: “fast” is not a rate"),
        ("DOMAIN_RATES", "mail.example=1/s, MAIL.example=2/s", "MAIL.example: it is said twice"),
        ("SENDER_RATES", "new.example=1/s+2/s", "has two of a kind"),
        ("BRAKES", "bounce=5%", "there are bounces, letters, complaints, complainers, hours"),
        ("BRAKES", "bounces=0", "is not a number above 0"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(monkeypatch, name, said, sentence):
    monkeypatch.setenv(f"OUTREACH_{name}", said)
    read = {"DOMAIN_RATES": pace.domain_rates, "SENDER_RATES": pace.sender_rates, "BRAKES": pace.brakes}[name]
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read()
