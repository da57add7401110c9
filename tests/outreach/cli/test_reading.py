import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from campaigns.appeal import Appeal
from outreach.cli import app
from outreach.incoming import Incoming
from outreach.reply_address import reply_to
from outreach.response import Response
from tests.channels.incoming.mails import mail
from tests.small_campaign import published

BOUNCE = mail(
    "A message that you sent could not be delivered.\n\n  anna@mfa.example\n    550 5.1.1 User unknown\n",
    "Mail delivery failed: returning message to sender",
    {"From": "Mailer-Daemon@mx.example", "Return-Path": "<>"},
)


def run(*arguments: str, stdin: bytes | None = None):
    return CliRunner().invoke(app, ["read", *arguments], input=stdin)


@pytest.fixture
def answer(tmp_path) -> Path:
    file = tmp_path / "answer.eml"
    file.write_bytes(mail("We shall open it.\n\nOn 1 May 2023 A <a@road.example> wrote:\n> Open the road.\n"))
    return file


@pytest.mark.django_db
def test_a_mail_is_shown_as_it_would_be_taken_and_nothing_is_written(answer):
    result = run(str(answer))
    assert result.exit_code == 0
    assert "kind      answer. It says something of its own." in result.output
    assert "answers   nothing says whom it answers" in result.output
    assert "sender    not proven: nobody who is trusted has looked" in result.output
    assert "| We shall open it." in result.output
    assert "Open the road." not in result.output.partition("| We")[2]
    assert (Incoming.objects.count(), Response.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_whom_it_answers_is_asked_of_the_database(answer, settings):
    settings.REPLY_DOMAIN = "in.road.example"
    published()
    appeal = Appeal.objects.select_related("campaign", "addressee").earliest("pk")
    (document,) = lines(run(str(answer), "--to", reply_to(appeal.campaign, appeal), "--json"))
    (found,) = document["answers"]
    assert (found["campaign"], found["addressee"]) == (appeal.campaign.slug, appeal.addressee.key)
    assert (found["certainty"], found["why"]) == (1.0, "It was sent to the address of this appeal")


@pytest.mark.django_db
def test_several_files_give_an_object_each_and_a_bounce_says_whom_it_missed(answer):
    first, second = lines(run(str(answer), "-", "--json", stdin=BOUNCE))
    assert (first["kind"], first["text"]) == ("answer", "We shall open it.")
    assert (second["file"], second["kind"]) == ("standard input", "bounce")
    (missed,) = second["recipients"]
    assert (missed["address"], missed["is_permanent"], missed["is_dead"]) == ("anna@mfa.example", True, True)
    assert "failed for good, nobody is there (550 5.1.1)" in run("-", stdin=BOUNCE).output


@pytest.mark.django_db
def test_what_is_no_mail_gets_a_sentence_and_the_others_are_read(answer, tmp_path):
    (tmp_path / "notes.txt").write_text("Buy bread.")
    result = run(str(tmp_path / "notes.txt"), str(tmp_path / "missing"), str(tmp_path), str(answer))
    assert result.exit_code == 2
    assert f"{tmp_path / 'notes.txt'} is no mail: it has none of a mail's headers" in result.stderr
    assert f"{tmp_path / 'missing'} cannot be read: no such file or directory" in result.stderr
    assert f"{tmp_path} cannot be read: is a directory" in result.stderr
    assert "We shall open it." in result.stdout
    (told,) = lines(run(str(tmp_path / "notes.txt"), "--json"))
    assert told["error"] == f"{told['file']} is no mail: it has none of a mail's headers"


def test_it_works_where_there_is_no_database(answer):
    without = {
        **os.environ,
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
        "REDIS_URL": "redis://127.0.0.1:9/0",
    }
    command = [sys.executable, "-m", "config", "read", str(answer)]
    done = subprocess.run(command, env=without, capture_output=True, text=True, timeout=50)
    assert (done.returncode, done.stderr) == (0, "")
    assert "answers   not known: there is no database here to ask" in done.stdout


def lines(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]
