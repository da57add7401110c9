"""What SendGrid's Inbound Parse posts: forms taken apart, mails put together."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.form_data import CutShort, fields_of
from channels.incoming.read import read_mail
from channels.incoming.reading import Kind
from channels.sendgrid_parse import Posted, posted

EDGE = "xYzZY"
TYPE = f'multipart/form-data; boundary="{EDGE}"'
HEADERS = (
    "Received: from mx.offices.example by mx.example\r\nFrom: Ann <ann@offices.example>\r\nTo: reply@in.example\r\n"
    "Subject: Re: The bridge\r\nMessage-ID: <1@offices.example>\r\nContent-Type: multipart/mixed;\r\n boundary=old\r\n"
    "MIME-Version: 1.0\r\n"
)


def form(*fields: tuple[str, str | bytes], files: tuple[tuple[str, str, str, bytes], ...] = ()) -> bytes:
    """A form: names and contents; files as name, file name, media type and content."""
    plain = [(name, each.encode() if isinstance(each, str) else each) for name, each in fields]
    parts = [(f'form-data; name="{name}"', "", each) for name, each in plain]
    parts += [(f'form-data; name="{name}"; filename="{file}"', kind, each) for name, file, kind, each in files]
    lines = b""
    for disposition, kind, content in parts:
        head = f"Content-Disposition: {disposition}\r\n" + (f"Content-Type: {kind}\r\n" if kind else "")
        lines += f"--{EDGE}\r\n{head}\r\n".encode() + content + b"\r\n"
    return lines + f"--{EDGE}--\r\n".encode()


def taken(*fields: tuple[str, str | bytes], **more: tuple[tuple[str, str, str, bytes], ...]) -> Posted:
    return posted(fields_of(TYPE, form(*fields, **more)))


ENVELOPE = ("envelope", json.dumps({"to": ["reply+1@in.example"], "from": "ann@offices.example"}))


def test_a_raw_mail_is_taken_byte_for_byte_and_the_envelope_tells_for_whom():
    raw = b"From: ann@offices.example\r\nTo: somebody@else.example\r\n\r\n\xff\x00 any bytes\r\n"
    mail = taken(("email", raw), ENVELOPE, ("to", "somebody@else.example"), ("SPF", "pass"), ("dkim", "none"))
    assert (mail.raw, mail.sender, mail.recipients) == (raw, "ann@offices.example", ("reply+1@in.example",))


def test_spf_and_dkim_come_with_their_domains():
    mail = taken(("email", "x"), ENVELOPE, ("SPF", "Pass"), ("dkim", "{@offices.example : pass, @mx.example : fail}"))
    assert (mail.verdicts.spf, mail.verdicts.dkim, mail.verdicts.by) == ("pass", "pass", "SendGrid")
    assert mail.verdicts.proves("offices.example")
    assert not mail.verdicts.proves("mx.example")
    failed = taken(("email", "x"), ENVELOPE, ("SPF", "fail"), ("dkim", "{@offices.example : fail}")).verdicts
    assert failed.is_refuted


def test_each_field_has_a_charset_of_its_own_and_files_keep_their_content_ids():
    charsets = json.dumps({"to": "UTF-8", "text": "iso-8859-5", "html": "windows-1251", "subject": "UTF-8"})
    info = json.dumps({"attachment1": {"filename": "Պատասխան.pdf", "type": "application/pdf", "content-id": "one@x"}})
    mail = taken(
        ("headers", HEADERS),
        ("text", "Мост будет открыт".encode("iso-8859-5")),
        ("html", "<p>Мост будет открыт<img src='cid:one@x'></p>".encode("windows-1251")),
        ("charsets", charsets),
        ("attachment-info", info),
        ENVELOPE,
        files=(("attachment1", "x.pdf", "application/pdf", b"%PDF-1.7 \r\n--xYzZ not an edge\r\n\x00"),),
    )
    reading = read_mail(mail.raw)
    assert reading.own_text.strip() == "Мост будет открыт"
    assert (reading.message_id, reading.sender.address) == ("<1@offices.example>", "ann@offices.example")
    (file,) = reading.attachments
    assert (file.name, file.media_type, file.content_id.strip("<>")) == ("Պատասխան.pdf", "application/pdf", "one@x")
    assert file.content == b"%PDF-1.7 \r\n--xYzZ not an edge\r\n\x00"


def test_a_mail_put_together_again_has_the_same_bytes_each_time():
    fields = (("headers", HEADERS), ("text", "Yes"), ("html", "<p>Yes</p>"), ENVELOPE)
    files = (("attachment1", "a.txt", "text/plain", b"a"),)
    assert taken(*fields, files=files).raw == taken(*fields, files=files).raw


def test_a_servers_report_is_still_one_when_it_was_taken_apart():
    report = b"Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; ann@offices.example\nAction: failed\nStatus: 5.1.1\n"
    files = (("attachment1", "", "message/delivery-status", report),)
    reading = read_mail(taken(("headers", HEADERS), ("text", "It came back"), files=files).raw)
    assert reading.kind is Kind.BOUNCE
    assert [(each.address, each.is_permanent) for each in reading.recipients] == [("ann@offices.example", True)]


@pytest.mark.parametrize("said", ["no json", "[]", '{"to": 5}', "{" * 5000, '{"to": [7, "a@b"], "from": 1}'])
def test_an_envelope_that_makes_no_sense_leaves_it_to_the_mails_own_header(said):
    mail = taken(("email", "x"), ("envelope", said))
    assert set(mail.recipients) <= {"a@b"}
    assert mail.sender is None


@pytest.mark.parametrize(
    ("content_type", "body", "problem"),
    [
        ("application/json", b"{}", "no form|not a form"),
        (TYPE, b"nonsense", "does not begin"),
        (TYPE, b"--xYzZY\r\nno head\r\n--xYzZY--\r\n", "no head"),
        (TYPE, form(("subject", "x")), "holds no mail"),
    ],
)
def test_what_is_no_form_or_holds_no_mail_is_refused_with_a_sentence(content_type, body, problem):
    with pytest.raises(ValueError, match=problem):
        posted(fields_of(content_type, body))


@settings(max_examples=30)
@given(st.data())
def test_a_form_that_was_cut_short_anywhere_is_known_for_it(data):
    whole = form(("email", "From: a@b.example\r\n\r\nx"), ENVELOPE)
    end = data.draw(st.integers(len(EDGE) + 2, len(whole) - 5))
    with pytest.raises((CutShort, ValueError)):
        fields_of(TYPE, whole[:end])


@settings(max_examples=60)
@given(st.binary(max_size=300), st.sampled_from([b"", b"--xYzZY", b"--xYzZY\r\n"]))
def test_any_bytes_are_refused_or_taken(body, beginning):
    with suppress(ValueError):
        assert isinstance(posted(fields_of(TYPE, beginning + body)), Posted)
