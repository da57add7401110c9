"""Writing to whom the demands are put to: begun, looked at as it will arrive, kept, and confirmed by mail."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.addressee import Addressee
from campaigns.asking import Asking
from campaigns.campaign import Campaign
from campaigns.supporter import Supporter
from outreach.letters.letter import Letter
from outreach.links import writing
from outreach.public.form_token import form_token
from outreach.public.kept_page import forget
from outreach.public.letter_form import LONGEST_TEXT, MOST_BYTES, read, tidy_text
from outreach.public.letter_sentences import LETTERS
from outreach.public.sign_form import UNSEEN
from outreach.public.sign_sentences import SIGN
from outreach.signing import read_some
from outreach.signup import Signup
from tests.letters import open_to_letters
from tests.outreach.public.test_campaign_page import text
from tests.small_campaign import DAY, FRIDAY

WHOM, PAGE = "/c/bridge/en/write", "/c/bridge/en/write/letter"
NOW = FRIDAY + 8 * DAY
OWN = "I cross this bridge every day with my two children.\n\nIt must stay open."
SAYS, SIGNS = LETTERS["en"], SIGN["en"]
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def campaign(db, monkeypatch):
    forget()
    monkeypatch.setattr("campaigns.moment.now", lambda: NOW)
    return open_to_letters()


def typed(*to: str, **said: object) -> dict:
    """A form as somebody fills it in, to Ann if nobody is named."""
    filled = {"to": list(to or ("ann",)), "name": "Anna Arshakyan", "email": "anna@people.example", "town": "Seattle"}
    for key in filled["to"]:
        filled |= {f"subject-{key}": "The bridge", f"text-{key}": OWN}
    return {**filled, "token": form_token("bridge", NOW - DAY / 1000), "step": "look", **said}


def look(client, *to: str, **said: object):
    return client.post(PAGE, typed(*to, **said))


def carried_on(page: str) -> dict:
    """What the page with the preview would send on."""
    said: dict = {}
    for name, value in HIDDEN.findall(page):
        said.setdefault(name, []).append(unescape(value))
    return said


def send(client, *to: str, **said: object):
    return client.post(PAGE, {**carried_on(look(client, *to, **said).content.decode()), "step": "send"})


def test_without_a_map_everybody_who_is_asked_can_be_chosen(campaign, client):
    campaign.appeals.get(addressee__key="cat").close(NOW)
    page = client.get(WHOM).content.decode()
    assert re.findall(r'name="to" value="(\w+)"', page) == ["ann", "bob"]
    assert "Done" in text(page)
    assert "offices.example" not in page
    assert f'href="{WHOM}"' in client.get("/c/bridge/en/").content.decode()


def test_each_letter_begins_with_the_campaigns_words_for_that_office(campaign, client):
    page = client.post(PAGE, {"to": ["ann", "bob"]}).content.decode()
    assert 'value="The bridge of Ann"' in page
    assert 'value="The bridge of Bob"' in page
    assert page.count("For 8 days you have not answered the people of the bridge.") == 2
    assert not Signup.objects.exists()


def test_who_writes_in_a_language_that_the_office_does_not_read_is_told_and_led_to_one_it_does(campaign, client):
    Addressee.objects.filter(key="ann").update(languages=["pt", "fr"])
    Campaign.objects.filter(pk=campaign.pk).update(languages=["en", "fr"])
    page = client.post(PAGE, {"to": ["ann"]}).content.decode()
    assert f"{SAYS.reads} Português" in text(page)
    assert 'href="/c/bridge/fr/write" lang="fr"' in page


def test_it_is_shown_exactly_as_it_will_arrive_and_nothing_is_kept_yet(campaign, client):
    page = look(client).content.decode()
    shown = text(page)
    assert "Anna Arshakyan via Bridge Committee <bridge@committee.example>" in shown
    assert "Head of Ann, Ann" in shown
    assert SAYS.private in shown
    assert "Anna Arshakyan wrote this letter and confirmed it by email. Bridge Committee carried it." in shown
    assert OWN in unescape(page)
    assert f"{SAYS.own_all} Words: 14" in shown
    assert not Signup.objects.exists()


@pytest.mark.parametrize(
    ("added", "sentence"),
    [("", "own_none"), (" I live here.", "own_little"), (f" {OWN}", "own_little"), (f" {OWN} {OWN} {OWN}", "own_half")],
)
def test_how_much_is_ones_own_is_said_kindly(campaign, client, added, sentence):
    begun = client.post(PAGE, {"to": ["ann"]}).content.decode()
    start = unescape(begun.split("<textarea")[1].split(">\n")[1].split("</textarea>")[0])
    page = look(client, **{"text-ann": start + added}).content.decode()
    assert getattr(SAYS, sentence) in text(page)


def test_the_way_back_from_the_preview_loses_nothing(campaign, client):
    said = carried_on(look(client, "ann", "bob", quote="yes").content.decode())
    page = client.post(PAGE, {**said, "step": "change"}).content.decode()
    assert page.count(OWN) == 2
    assert 'value="Seattle"' in page
    assert 'name="quote" value="yes" checked' in page


def test_sent_once_or_twice_it_is_one_letter_that_waits_for_its_mail(campaign, client):
    said = {**carried_on(look(client, "ann", "bob", quote="yes").content.decode()), "step": "send"}
    for _ in range(2):
        answer = client.post(PAGE, said)
        assert (answer.status_code, answer.url) == (302, "/c/bridge/en/written")
    assert SAYS.written_more in text(client.get(answer.url).content.decode())
    read_some(NOW)
    assert Letter.objects.count() == 2
    ann = Letter.objects.get(addressee__key="ann")
    assert (ann.text, ann.name, ann.place, ann.may_quote, ann.own_share, ann.words) == (
        OWN,
        "Anna Arshakyan",
        "Seattle",
        True,
        100,
        14,
    )
    assert ann.started_from.name == "own"
    assert ann.state == Letter.State.WRITTEN


def test_the_link_in_the_mail_asks_and_a_press_confirms_and_a_later_one_takes_it_back(campaign, client):
    send(client)
    read_some(NOW)
    letter = Letter.objects.get()
    page = f"/writing/{writing().token(letter.form)}"
    shown = text(client.get(page).content.decode())
    assert SAYS.confirm_more in shown
    assert "Anna Arshakyan wrote this letter" in shown
    assert Letter.objects.get().state == Letter.State.WRITTEN
    assert client.get(f"{page}/confirm").status_code == 405
    assert SAYS.is_confirmed in text(client.post(f"{page}/confirm").content.decode())
    assert SAYS.is_withdrawn in text(client.post(f"{page}/take-back").content.decode())
    assert client.post(f"{page}/burn").status_code == 404
    assert client.get("/writing/forged").status_code == 404
    assert client.post(f"/writing/{writing().token(campaign.pk)}/confirm").status_code == 404


def test_it_was_not_me_sends_nothing_and_forgets(campaign, client):
    send(client)
    read_some(NOW)
    page = f"/writing/{writing().token(Letter.objects.get().form)}"
    shown = client.post(f"{page}/not-me").content.decode()
    assert SAYS.gone_more in text(shown)
    assert OWN not in unescape(shown)
    assert Supporter.objects.get().email == ""


def as_read(**said: object):
    """The draft, and what is wrong, as field and problem."""
    fields = {name: str(value) for name, value in typed(**said).items() if name != "to"}
    draft, wrong = read(fields, ["ann"], "bridge", Asking(), NOW)
    return draft, [(each.field, each.problem) for each in wrong]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"name": ""}, ("name", "missing")),
        ({"name": " \u200b\u202e "}, ("name", "missing")),
        ({"name": "x" * 101}, ("name", "long")),
        ({"name": "The President <president@gov.example>"}, ("name", "odd")),
        ({"name": "Visit https://spam.example"}, ("name", "odd")),
        ({"name": "{{ 7*7 }}"}, ("name", "odd")),
        ({"name": "Аnna Arshakyan"}, ("name", "mixed")),
        ({"town": "www.spam.example"}, ("town", "odd")),
        ({"town": "x" * 81}, ("town", "long")),
        ({"email": ""}, ("email", "missing")),
        ({"email": "no address"}, ("email", "not an address")),
        ({"email": "a@b.example\nBcc: c@d.example"}, ("email", "not an address")),
        ({"email": "x" * 310 + "@people.example"}, ("email", "long")),
        ({"subject-ann": " "}, ("subject-ann", "subject missing")),
        ({"subject-ann": "x" * 151}, ("subject-ann", "long")),
        ({"text-ann": "\u202e\n\x00\n "}, ("text-ann", "text missing")),
        ({"text-ann": "x" * (LONGEST_TEXT + 1)}, ("text-ann", "long")),
        ({"text-ann": "https://a.example www.b.example HTTP://c.example https://d.example"}, ("text-ann", "links")),
        ({"token": "forged"}, ("token", "old")),
        ({"token": form_token("other", NOW)}, ("token", "old")),
        ({"token": form_token("bridge", NOW - 3 * DAY)}, ("token", "old")),
    ],
)
def test_bad_input_is_found_at_its_field(said, wrong):
    assert wrong in as_read(**said)[1]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"text-ann": "<script>alert(1)</script>"}, "<script>alert(1)</script>"),
        ({"text-ann": "{{ 7*7 }} {% if x %} ${x}"}, "{{ 7*7 }} {% if x %} ${x}"),
        ({"text-ann": "One\r\nTwo\r\n\r\n\r\n\r\nThree\tx "}, "One\nTwo\n\nThree x"),
        ({"text-ann": "ab\u202egnp.exe\u2066c\x00"}, "abgnp.exec"),
        ({"subject-ann": "Hello\r\nBcc: all@offices.example"}, "Hello Bcc: all@offices.example"),
        ({"name": "Ann\r\nBcc: x"}, "Ann Bcc: x"),
        ({"name": "Х"}, "Х"),
        ({"name": "🌷 Anna"}, "🌷 Anna"),
        ({"name": "أحمد"}, "أحمد"),
        ({"name": "Ann" + chr(0x65) + chr(0x301)}, "Ann" + chr(0xE9)),
        ({"email": "Anna+tag@People.Example"}, "Anna+tag@People.Example"),
    ],
)
def test_odd_input_is_data_and_stays_what_it_is(said, kept):
    draft, wrong = as_read(**said)
    (written,) = draft.letters
    assert (kept in (written.text, written.subject, draft.name, draft.email), wrong) == (True, [])


@pytest.mark.parametrize("step", ["look", "send"])
def test_all_that_is_wrong_is_told_at_once_at_its_fields_and_nothing_is_kept(campaign, client, step):
    said = {"name": "", "email": "no address", "town": "<b>", "subject-ann": "", "token": "forged"}
    answer = look(client, **said, step=step)
    page = answer.content.decode()
    assert answer.status_code == 422
    for sentence in (SIGNS.name_missing, SIGNS.email_wrong, SAYS.odd, SAYS.subject_missing, SIGNS.old):
        assert text(page).count(sentence) == 2  # above, and at the field
    assert OWN in unescape(page)
    assert '"<b>"' not in page
    assert not Signup.objects.exists()


def test_who_looks_like_a_program_is_answered_like_everybody_and_noted(campaign, client):
    assert send(client, website="https://spam.example", email="info@people.example").status_code == 302
    read_some(NOW)
    assert Letter.objects.get().marks == ["trap", "role"]


def test_nobody_writes_to_whom_they_may_not(campaign, client):
    campaign.appeals.get(addressee__key="cat").close(NOW)
    for to in ([], ["nobody", "ombud", "ann' OR 1=1", "cat"]):
        answer = client.post(PAGE, {**typed(), "to": to, "step": "send"})
        assert (answer.status_code, SAYS.none_chosen in text(answer.content.decode())) == (422, True)
    assert not Signup.objects.exists()


def test_no_more_than_a_few_at_a_time(campaign, client, monkeypatch):
    monkeypatch.setattr("outreach.public.write_letter.MOST", 2)
    answer = client.post(PAGE, typed("ann", "bob", "cat"))
    assert answer.status_code == 422
    assert 'value="bob" checked' in answer.content.decode()


def test_ten_megabytes_and_forms_from_elsewhere_are_refused_with_a_sentence(campaign, client):
    answer = look(client, **{"text-ann": "x" * MOST_BYTES})
    assert (answer.status_code, SAYS.too_long in text(answer.content.decode())) == (413, True)
    foreign = client.post(PAGE, typed(step="send"), headers={"Sec-Fetch-Site": "cross-site"})
    assert (foreign.status_code, SIGNS.elsewhere in text(foreign.content.decode())) == (422, True)
    assert not Signup.objects.exists()


def test_where_a_campaign_carries_no_letters_the_links_in_our_letters_lead_to_its_page(campaign, client):
    campaign.letter_rules = {}
    campaign.save()
    assert client.get(WHOM).headers["Location"] == "/c/bridge/en/"
    assert client.post(PAGE, typed()).status_code == 404


def test_opening_the_page_of_the_form_itself_leads_to_the_choice(campaign, client):
    answer = client.get(PAGE)
    assert (answer.status_code, answer.url) == (302, WHOM)


def test_a_text_keeps_its_lines_and_loses_what_cannot_be_seen():
    assert tidy_text("  a\r\rb \n\n\n\n\u200bc\u202e\x07\n") == "a\n\nb\n\nc"
    assert tidy_text("می\u200cخواهم") == "می\u200cخواهم"


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ae\u0301\u200b\u202e\x00\r\n\t \u0627"), max_size=20) | st.text(max_size=20))
def test_a_text_that_is_tidy_is_left_as_it_is(said):
    kept = tidy_text(said)
    assert tidy_text(kept) == kept
    assert not UNSEEN.search(kept.replace("\n", ""))


@pytest.mark.parametrize("language", LETTERS)
def test_every_language_has_all_its_words_and_places(language):
    english = LETTERS["en"]
    for name in english.__slots__:
        said, ours = getattr(english, name), getattr(LETTERS[language], name)
        assert ours
        assert re.findall(r"{\w+}", ours) == re.findall(r"{\w+}", said)
    assert LETTERS.keys() == SIGN.keys()
