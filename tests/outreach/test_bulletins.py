"""What providers told that cannot be put anywhere, through every door."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from typer.testing import CliRunner

from outreach.bulletin import Bulletin
from outreach.cli import app
from outreach.hear import KEPT, has_news, read_bulletins
from outreach.loose import loose_news
from tests.outreach.bulletins import told_oddities


@pytest.fixture
def odd(db) -> Bulletin:
    return told_oddities()


def test_news_of_nothing_is_counted_by_what_was_said(odd):
    assert [(each.said, each.number) for each in loose_news()] == [("delivered", 2), ("account_status_change", 1)]


def test_what_was_set_aside_is_deleted_some_days_later_and_what_waits_is_not(odd):
    assert odd.set_aside("Mia", datetime.now(UTC))
    assert not odd.set_aside("Eve", datetime.now(UTC))
    assert not odd.read_again()
    assert (odd.set_aside_by, Bulletin.objects.unreadable().count()) == ("Mia", 0)
    Bulletin.objects.update(set_aside_at=datetime.now(UTC) - KEPT - timedelta(seconds=1))
    read_bulletins()
    assert not Bulletin.objects.exists()


def test_what_is_read_again_in_vain_comes_back(odd):
    assert odd.read_again()
    assert (has_news(), Bulletin.objects.unreadable().count()) == (True, 0)
    read_bulletins()
    assert (has_news(), Bulletin.objects.unreadable().count()) == (False, 1)


@pytest.fixture
def staff(admin_client: Client) -> Client:
    return admin_client


def test_the_page_shows_both_and_does_nothing_by_being_looked_at(odd, staff):
    shown = staff.get("/bulletins").content.decode()
    assert "Nobody could read" in shown
    assert "account_status_change" in shown
    file = staff.get(f"/bulletins/{odd.pk}")
    assert (file.content, file.headers["Content-Disposition"][:10]) == (b"not json", "attachment")
    assert staff.get(f"/bulletins/{odd.pk}/set-aside").status_code == 405
    assert Bulletin.objects.unreadable().exists()
    staff.post(f"/bulletins/{odd.pk}/set-aside")
    assert "Everything could be read" in staff.get("/bulletins").content.decode()


def test_the_page_lets_it_be_read_again(odd, staff):
    assert staff.post(f"/bulletins/{odd.pk}/reading").status_code == 302
    assert has_news()


def test_the_page_is_for_staff(odd, client):
    assert client.get("/bulletins").status_code == 302


def test_the_command_line_says_and_does_the_same(odd):
    def said(*words: str) -> dict:
        return json.loads(CliRunner().invoke(app, ["bulletins", *words, "--json"]).stdout)

    assert [each["id"] for each in said()["unreadable"]] == [odd.pk]
    assert said("--set-aside", str(odd.pk)) == {"error": "Say who sets it aside: --by NAME"}
    assert said("--set-aside", str(odd.pk), "--by", "Mia")["unreadable"] == []
    assert said("--read-again", str(odd.pk)) == {"error": f"Bulletin {odd.pk} waits for nobody"}
    assert "account_status_change" in CliRunner().invoke(app, ["bulletins"]).stdout
