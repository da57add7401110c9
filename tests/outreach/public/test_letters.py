"""An office reads every letter of a digest and says how it wants them; a supporter reads what was answered."""

import uuid
from datetime import timedelta
from email.message import EmailMessage

import pytest

from campaigns.addressee import ContactPoint
from outreach.inbox.mail import take_mail
from outreach.inbox.reading import read_waiting
from outreach.letters.alias import alias
from outreach.letters.letter import Letter
from outreach.letters.letter_reply import LetterReply
from outreach.letters.mailbag import Mailbag
from outreach.letters.together import Enclosed, digest, places, quotes
from outreach.letters.together_sentences import TOGETHER
from outreach.links import letters_page, reply_page
from tests.letters import confirmed
from tests.small_campaign import FRIDAY, published

ANN = "ann@offices.example"


@pytest.fixture
def bag(db, settings) -> Mailbag:
    """A digest of three, one of whom shows her own address and two of whom say nearly the same."""
    settings.REPLY_DOMAIN = "in.example"
    campaign = published()
    first, second, third = confirmed(campaign, 3, text="{{ 7 * 7 }} <b>I cross it.</b>")
    point = ContactPoint.objects.get(addressee__key="ann")
    bag = Mailbag.objects.create(
        campaign=campaign, addressee=point.addressee, contact_point=point, is_digest=True, number=3, state="sent",
        due_at=FRIDAY, created_at=FRIDAY, sent_at=FRIDAY,
    )  # fmt: skip
    Letter.objects.update(state="taken", mailbag=bag)
    Letter.objects.filter(pk=first.pk).update(shows_address=True)
    Letter.objects.filter(pk=third.pk).update(resembles=second.pk)
    return bag


def test_the_office_reads_every_letter_word_for_word_and_may_answer_each(bag, client):
    page = client.get(f"/letters/{letters_page().token(bag.pk)}")
    assert page.status_code == 200
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex", "no-referrer")
    text = page.content.decode()
    assert text.count("{{ 7 * 7 }} &lt;b&gt;I cross it.&lt;/b&gt;") == 3
    assert "mailto:person0@people.example" in text
    assert "person1" not in text
    assert text.count("mailto:reply%2Bletter-") == 2
    assert "2 letters say nearly the same as this one" in text


def test_a_single_letter_is_called_one(bag, client):
    Letter.objects.exclude(pk=Letter.objects.filter(mailbag=bag).first().pk).delete()
    assert "<h1>A letter to Ann</h1>" in client.get(f"/letters/{letters_page().token(bag.pk)}").text


def test_looking_changes_nothing_and_a_button_says_how_the_office_wants_them(bag, client):
    address = f"/letters/{letters_page().token(bag.pk)}"
    ContactPoint.objects.filter(addressee__key="bob").update(address=ANN.upper())
    client.get(f"{address}?way=together")
    assert not ContactPoint.objects.filter(digests_only=True)
    assert client.post(address, {"way": "together"}).status_code == 302
    assert ContactPoint.objects.filter(digests_only=True).count() == 2, "whoever shares the inbox"
    assert "You get letters together only" in client.get(address).content.decode()
    client.post(address, {"way": "one by one"})
    client.post(address, {"way": "never"})
    assert not ContactPoint.objects.filter(digests_only=True)


def test_words_that_are_not_kept_any_more_are_not_shown(bag, client):
    Letter.objects.update(text="", name="", subject="", wiped_at=FRIDAY)
    text = client.get(f"/letters/{letters_page().token(bag.pk)}").content.decode()
    assert text.count("The words of this letter are not kept any more.") == 3


@pytest.mark.parametrize("token", ["x", "A" * 44])
def test_a_link_that_was_not_made_here_leads_nowhere(client, db, token):
    for page in ("letters", "reply"):
        answer = client.get(f"/{page}/{token}")
        assert answer.status_code == 404
        assert "This link does not work" in answer.content.decode()


def test_a_supporter_reads_the_whole_answer_and_downloads_its_files(bag, client, settings):
    settings.MAIL_TRUSTED = ["mx.us.example"]
    letter = Letter.objects.first()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = ANN, alias(letter), "Re: The bridge"
    mail["Message-ID"] = "<1@offices.example>"
    mail.set_content("We will open <it>.")
    mail.add_attachment(b"<script>", maintype="text", subtype="html", filename="plan.html")
    take_mail(mail.as_bytes(), door="smtp", now=FRIDAY, sender=ANN, recipients=[alias(letter)])
    read_waiting(FRIDAY)
    address = f"/reply/{reply_page().token(LetterReply.objects.get().pk)}"
    text = client.get(address).content.decode()
    assert "We will open &lt;it&gt;." in text
    assert "Download plan.html" in text
    file = client.get(f"{address}/files/1")
    assert (file.content, file["Content-Type"]) == (b"<script>", "application/octet-stream")
    assert file["Content-Disposition"].startswith("attachment")
    assert client.get(f"{address}/files/2").status_code == 404
    letter.supporter.forget(FRIDAY + timedelta(days=1))
    assert client.get(address).status_code == 404


def said(text: str, own: int = 80, **fields) -> Enclosed:
    return Enclosed(**{
        "name": "Anna", "place": "Seattle", "text": text, "own_share": own, "may_quote": True, "likeness": uuid.uuid4(),
        **fields,
    })  # fmt: skip


def test_a_digest_quotes_who_allows_it_most_own_words_first_and_what_is_nearly_the_same_once():
    same = uuid.uuid4()
    letters = [
        said("hardly own", 10),
        said("not allowed", 99, may_quote=False),
        said("good", 60),
        said("nearly the same", 70, likeness=same),
        said("nearly the  same!", 90, likeness=same),
    ]
    assert [(each.text, each.alike) for each in quotes(letters)] == [("nearly the same!", 2), ("good", 1)]
    assert len(quotes([said(f"{n}") for n in range(9)])) == 5


def test_places_are_counted_however_they_are_spelt():
    letters = [said("", place=place) for place in ("Tacoma", "seattle", "Seattle ", "", "SEATTLE")]
    assert places(letters) == [("seattle", 3), ("Tacoma", 1)]


@pytest.mark.parametrize("language", TOGETHER)
def test_every_language_says_it_all_and_data_is_no_markup(language):
    letters = [said("**bold** [x](https://evil.example) {number}", place=f"Town {n}") for n in range(12)]
    words = digest(
        letters, language, title="A *title*", campaign="Bridge_Committee_", link="https://us.example/letters/x"
    )
    assert "**bold** [x](https://evil.example) {number}" in words.text
    assert "https://us.example/letters/x" in words.text
    assert "A *title*" in words.subject
    assert "<strong>bold" not in words.html
    assert 'href="https://evil.example' not in words.html
    assert "{" not in words.text.replace("{number}", "")
