"""Signatures that nobody gave: they are told apart in silence, taken out together, and put back if that was wrong."""

import json
from collections.abc import Iterable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from campaigns.campaign import Campaign
from campaigns.condition import Standpoint
from campaigns.consent import Consent
from campaigns.invalidation import Invalidation, invalidate, masked, preview
from campaigns.mailbox import mailbox_of
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from campaigns.suspects import NoSuspects, Suspects
from campaigns.tally import count, count_for
from outreach.cli import app
from outreach.confirming import confirm
from outreach.crowds import MOST_OF
from outreach.links import confirming
from outreach.notice import Notice
from outreach.origins import origins
from outreach.signing import read_some
from outreach.signup import Form, keep
from tests.small_campaign import DAY, FRIDAY, published

PARTNERS = "partner-roads"

BY = {"reason": "Made by a machine", "author": "Mia"}
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def campaign(db) -> Campaign:
    return published()


def form(email: str, name: str = "Anna Arshakyan", **fields) -> Form:
    return Form(**{"name": name, "email": email, "language": "en", **fields})


def signed(campaign: Campaign, emails: Iterable[str], network: str = "home", at=FRIDAY, **fields) -> None:
    for email in emails:
        keep(campaign.pk, form(email, **fields), network, at)
    while read_some(at):
        pass


def confirmed(people: Iterable[Supporter]) -> None:
    for person in people:
        confirm(person, FRIDAY)


def crowd(campaign: Campaign) -> None:
    """Six people and four machines, all of whom have confirmed but one of each."""
    signed(campaign, (f"person{n}@people.example" for n in range(6)))
    signed(campaign, (f"bot-{n}@junk.example" for n in range(4)), "away", FRIDAY + HOUR, name="Test User")
    confirmed(Supporter.objects.exclude(pk__in=[at("person5@people.example").pk, at("bot-3@junk.example").pk]))


def at(email: str) -> Supporter:
    return Supporter.objects.at(email).get()


def states(campaign: Campaign) -> dict[int, str]:
    return dict(Signature.objects.filter(campaign=campaign).values_list("pk", "state"))


MEANT = [
    Suspects(domain="junk.example"),
    Suspects(domain="@JUNK.example."),
    Suspects(network="away"),
    Suspects(since=FRIDAY + HOUR),
    Suspects(name="test*"),
    Suspects(mailbox="BOT-?", until=FRIDAY + DAY),
]


@pytest.mark.parametrize("suspects", MEANT, ids=lambda each: ",".join(each.told()))
def test_a_batch_takes_out_who_is_meant_and_undoing_it_puts_each_back_as_it_was(campaign, suspects):
    crowd(campaign)
    before = states(campaign)
    seen = preview(campaign, suspects, FRIDAY + DAY)
    assert (seen.number, seen.counted, count(campaign.pk)) == (4, 3, 8)
    batch = invalidate(campaign, suspects, now=FRIDAY + DAY, **BY)
    assert (batch.number, batch.done_at, count(campaign.pk)) == (4, FRIDAY + DAY, 5)
    out = Signature.objects.filter(state="invalidated").values_list("supporter__email_domain", flat=True)
    assert list(out) == ["junk.example"] * 4
    assert [batch.undo("Mia", FRIDAY + DAY), batch.undo("Mia", FRIDAY + DAY)] == [4, 0]
    assert (states(campaign), count(campaign.pk), batch.undone_by) == (before, 8, "Mia")
    assert batch.finish(FRIDAY + DAY) == 0


def test_a_preview_shows_no_more_than_is_needed(campaign):
    crowd(campaign)
    (first, *_) = preview(campaign, Suspects(domain="junk.example"), FRIDAY + DAY).sample
    assert (first.name, first.address, first.state) == ("T… U…", "b…0@junk.example", "confirmed")
    assert count(campaign.pk) == 8


def test_below_a_domain_is_what_ends_with_it_and_not_what_looks_like_it(campaign):
    signed(campaign, ["a@mail.junk.example", "b@ajunk.example", "c@junk.example.people.example"])
    assert preview(campaign, Suspects(domain="junk.example"), FRIDAY).number == 1


@pytest.mark.parametrize(
    ("suspects", "said"),
    [
        (Suspects(), "Say which: by domain, network, time, mark, or a pattern of name or mailbox"),
        (Suspects(domain="no domain"), "“no domain” is no domain"),
        (Suspects(since=FRIDAY, until=FRIDAY - DAY), "is before since"),
        (Suspects(name="*" * 101), "A pattern has 100 characters at most"),
    ],
)
def test_nobody_is_taken_out_by_words_that_mean_nobody_in_particular(campaign, suspects, said):
    crowd(campaign)
    for door in (lambda: preview(campaign, suspects, FRIDAY), lambda: invalidate(campaign, suspects, now=FRIDAY, **BY)):
        with pytest.raises(NoSuspects, match=said):
            door()
    assert (Invalidation.objects.count(), count(campaign.pk)) == (0, 8)


def test_a_threshold_that_was_reached_by_a_fraud_closes_again(campaign):
    crowd(campaign)
    campaign.steps.filter(number=2).update(signatures=8)
    ladder = campaign.ladder()

    def following() -> int:
        onward = ladder.onward(1, Standpoint(signatures=count_for(ladder, campaign.pk)))
        return onward.rung.number if onward.rung else 0

    assert following() == 2
    batch = invalidate(campaign, Suspects(network="away"), now=FRIDAY + DAY, **BY)
    assert following() == 3
    batch.undo("Mia", FRIDAY + DAY)
    assert following() == 2


def test_who_confirms_or_takes_back_while_taken_out_gets_what_they_said_when_it_is_undone(campaign, client):
    crowd(campaign)
    late, gone = at("bot-3@junk.example"), at("bot-0@junk.example")
    batch = invalidate(campaign, Suspects(network="away"), now=FRIDAY + DAY, **BY)
    page = client.post(f"/confirm/{confirming().token(late.pk)}")
    assert "Thank you" in page.text
    gone.signature.withdraw(FRIDAY + DAY)
    assert count(campaign.pk) == 5
    batch.undo("Mia", FRIDAY + DAY)
    late.signature.refresh_from_db()
    gone.signature.refresh_from_db()
    assert (late.signature.state, gone.signature.state, count(campaign.pk)) == ("confirmed", "withdrawn", 8)


def test_a_batch_that_a_crash_interrupted_is_finished_and_takes_out_nobody_who_signed_since(campaign, monkeypatch):
    monkeypatch.setattr("campaigns.suspects.AT_ONCE", 2)
    crowd(campaign)
    take_out, calls = Invalidation._take_out, []

    def dies(batch, numbers, now):
        calls.append(numbers)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return take_out(batch, numbers, now)

    monkeypatch.setattr(Invalidation, "_take_out", dies)
    with pytest.raises(KeyboardInterrupt):
        invalidate(campaign, Suspects(domain="junk.example"), now=FRIDAY + DAY, **BY)
    batch = Invalidation.objects.get()
    assert (batch.number, batch.done_at) == (2, None)
    signed(campaign, ["bot-9@junk.example"], at=FRIDAY + 2 * DAY)
    assert batch.finish(FRIDAY + 2 * DAY) == 2
    assert (batch.number, at("bot-9@junk.example").signature.state) == (4, "pending")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(st.sampled_from(["junk.example", "people.example", "undo"]), st.integers(0, 3))))
def test_whatever_is_taken_out_and_put_back_the_count_is_what_is_confirmed(campaign, deeds):
    if not Signature.objects.exists():
        crowd(campaign)
    for minutes, (deed, which) in enumerate(deeds):
        batches = list(Invalidation.objects.order_by("at", "pk"))
        if deed != "undo":
            invalidate(campaign, Suspects(domain=deed), now=FRIDAY + DAY + minutes * MINUTE, **BY)
        elif batches:
            batches[which % len(batches)].undo("Mia", FRIDAY + DAY)
        assert count(campaign.pk) == Signature.objects.filter(campaign=campaign, state="confirmed").count()
    for batch in Invalidation.objects.all():
        batch.undo("Mia", FRIDAY + 2 * DAY)
    assert count(campaign.pk) == 8


def test_the_command_line_shows_takes_out_and_puts_back(campaign):
    crowd(campaign)

    def run(*words: str):
        done = CliRunner().invoke(app, ["signatures", *words])
        return done.exit_code, done.output

    which = ("invalidate", "bridge", "--mailbox", "bot-*", "--by", "Mia")
    assert "4 signatures, 3 of them counted now" in run(*which, "--preview")[1]
    assert run(*which, "--yes") == (2, "Say why: --reason “…”\n")
    assert run("invalidate", "bridge", "--reason", "Why not", "--yes")[0] == 2
    assert "4 signatures taken out" in run(*which, "--reason", "Made by a machine", "--yes")[1]
    (batch,) = json.loads(run("batches", "bridge", "--json")[1])
    assert (batch["number"], batch["suspects"], batch["author"]) == (4, {"mailbox": "bot-*"}, "Mia")
    assert "4 signatures put back" in run("undo", batch["id"], "--by", "Bo")[1]
    assert run("undo", batch["id"], "--by", "Bo") == (2, "This batch was undone before, by Bo\n")
    assert count(campaign.pk) == 8


def test_staff_see_where_signatures_come_from_hour_by_hour(campaign):
    crowd(campaign)
    found = origins(campaign, FRIDAY + DAY, 25)
    assert [(each.of, each.value, each.hour, each.signed, each.confirmed) for each in found] == [
        ("network", "home", FRIDAY, 6, 5),
        ("network", "away", FRIDAY + HOUR, 4, 3),
        ("domain", "people.example", FRIDAY, 6, 5),
        ("domain", "junk.example", FRIDAY + HOUR, 4, 3),
    ]


@pytest.mark.parametrize(
    ("address", "mailbox"),
    [
        ("An.Na+news@GoogleMail.com", "anna@gmail.com"),
        ("anna+x@outlook.com", "anna@outlook.com"),
        ("an.na@outlook.com", "an.na@outlook.com"),
        ("an-na_x.y+z@pm.me", "annaxy@proton.me"),
        ("anna.b@ya.ru", "anna-b@yandex.ru"),
        ("an.na+x@people.example", "an.na+x@people.example"),
        ("+x@gmail.com", "+x@gmail.com"),
        ("Anna@Bücher.example", "anna@xn--bcher-kva.example"),
        ("nobody", ""),
    ],
)
def test_an_address_leads_to_the_mailbox_that_its_domain_says(address, mailbox):
    assert mailbox_of(address) == mailbox


def test_one_mailbox_signs_once_under_all_its_names_and_is_told_by_mail(campaign):
    signed(campaign, ["an.na@gmail.com", "anna+2@gmail.com"])
    confirmed([at("anna@googlemail.com")])
    signed(campaign, ["a.n.n.a+3@googlemail.com"], at=FRIDAY + DAY)
    assert (Supporter.objects.count(), Signature.objects.count(), count(campaign.pk)) == (1, 1, 1)
    assert [each.kind for each in Notice.objects.all()] == ["confirm", "already"]
    assert Supporter.objects.get().email == "an.na@gmail.com"


def test_who_types_the_address_of_somebody_who_has_confirmed_decides_nothing_for_them(campaign):
    signed(campaign, ["anna@people.example"], consents={PARTNERS: False})
    confirmed(Supporter.objects.all())
    signed(campaign, ["anna@people.example"], at=FRIDAY + DAY, consents={PARTNERS: True})
    assert Consent.objects.standing(at("anna@people.example"), PARTNERS) is False


def test_above_a_limit_forms_are_marked_and_nobodys_mailbox_is_filled(campaign):
    most = MOST_OF["network"]
    signed(campaign, (f"p{n}@d{n}.example" for n in range(most + 5)), "crowded")
    marked = Signature.objects.filter(marks__contains=["network"])
    assert (marked.count(), Notice.objects.count(), Signature.objects.count()) == (5, most, most + 5)
    signed(campaign, ["other@people.example"], "quiet")
    assert Notice.objects.count() == most + 1
    signed(campaign, [f"p{most + 1}@d{most + 1}.example"], "crowded", FRIDAY + 2 * HOUR)
    assert Notice.objects.filter(supporter=at(f"p{most + 1}@d{most + 1}.example")).count() == 1


def test_a_form_that_only_a_machine_fills_in_gets_no_mail_and_a_role_is_noted(campaign):
    signed(campaign, ["info@people.example"], signals={"trap": True})
    assert (at("info@people.example").signature.marks, Notice.objects.count()) == (["trap", "role"], 0)


def test_mailboxes_for_ten_minutes_are_noted_and_get_their_mail(campaign, settings, tmp_path):
    settings.DISPOSABLE_DOMAINS = tmp_path / "more.txt"
    settings.DISPOSABLE_DOMAINS.write_text("Junk.example  # seen in May\n\n")
    signed(campaign, ["a@junk.example", "b@x.mailinator.com", "c@notjunk.example", "d@com"])
    marked = Signature.objects.filter(marks=["disposable"]).values_list("supporter__email_domain", flat=True)
    assert (set(marked), Notice.objects.count()) == ({"junk.example", "x.mailinator.com"}, 4)


def test_a_masked_address_gives_nobody_away():
    assert [masked(each) for each in ("anna@people.example", "a@people.example", "")] == [
        "a…a@people.example", "a…a@people.example", "",
    ]  # fmt: skip
