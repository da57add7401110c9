"""What is taken for an automatic reply, an acknowledgement, an answer."""

import pytest

from channels.incoming.reading import Kind
from tests.channels.incoming.corpus import CORPUS, Letter
from tests.channels.incoming.mails import read


def kind_of(letter: Letter) -> Kind:
    return read(letter.text, letter.subject, letter.headers).kind


def those(kind: Kind) -> list[Letter]:
    return [letter for letter in CORPUS if letter.kind is kind]


def test_no_automatic_reply_counts_as_an_answer():
    assert [each.name for each in those(Kind.AUTO_REPLY) if kind_of(each) is not Kind.AUTO_REPLY] == []


def test_no_answer_is_taken_for_anything_else():
    assert {each.name: kind_of(each) for each in those(Kind.ANSWER) if kind_of(each) is not Kind.ANSWER} == {}


def test_an_acknowledgement_is_neither():
    wrong = {each.name: kind_of(each) for each in those(Kind.ACKNOWLEDGEMENT)}
    assert {name: kind for name, kind in wrong.items() if kind is not Kind.ACKNOWLEDGEMENT} == {}


def test_the_corpus_speaks_many_languages():
    for kind in (Kind.AUTO_REPLY, Kind.ACKNOWLEDGEMENT, Kind.ANSWER):
        languages = {letter.name[:2] for letter in those(kind)}
        assert {"en", "hy", "ru", "fr", "de", "es", "it", "pt", "ar", "zh", "ja", "tr", "az", "pl", "uk"} <= languages


@pytest.mark.parametrize("letter", [each for each in CORPUS if each.kind is Kind.AUTO_REPLY][:3], ids=lambda e: e.name)
def test_a_person_is_told_what_decided(letter):
    reading = read(letter.text, letter.subject, letter.headers)
    assert reading.is_automatic
    assert reading.why.endswith(".")
    assert len(reading.why) > 30


def test_a_document_is_never_an_automatic_reply():
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nI am out of the office.\r\n"
        '--b\r\nContent-Type: application/pdf; name="position.pdf"\r\n\r\n%PDF-\r\n--b--\r\n'
    )
    headers = {"Content-Type": "multipart/mixed; boundary=b", "Auto-Submitted": "auto-replied"}
    assert read(body, "Automatic reply: Open the road", headers).kind is Kind.ANSWER


def test_a_read_receipt_is_no_answer():
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nYour message was read on Friday.\r\n"
        "--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
        "Final-Recipient: rfc822;office@mfa.example\r\nDisposition: manual-action; displayed\r\n--b--\r\n"
    )
    headers = {"Content-Type": "multipart/report; report-type=disposition-notification; boundary=b"}
    reading = read(body, "Read: Open the road", headers)
    assert (reading.kind, reading.is_automatic) == (Kind.AUTO_REPLY, True)
    assert "read receipt" in reading.why
