# ruff: noqa: E501 (a case is a line)
"""A folder with mistakes is answered with all of them, each at its place; one without is read in full."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest

from campaigns.folder.check import check
from tests.campaigns.folder.folders import PETITION, change, defect_of, sound, stands_at_its_place


def complaints(folder):
    return [str(defect) for defect in check(folder).defects]


def test_the_petition_is_sound_and_read_in_less_than_a_second_and_a_half():
    check(PETITION)
    started = time.process_time()
    petition = sound(PETITION)
    assert time.process_time() - started < 1.5
    assert len(petition.asked) == 17
    assert len(petition.campaign.demands) == 6
    rules = petition.rules()
    deadline = rules.ladder.rung(1).patience.deadline(rules.published_at, rules.zone)
    assert deadline == datetime(2023, 5, 5, 19, 59, 59, tzinfo=UTC)


def test_a_sound_folder_is_read_with_its_defaults(folder):
    read = sound(folder)
    assert read.slug == "road"
    assert read.campaign.deadline.after.span == timedelta(days=7)
    assert read.campaign.fairness.minimum_gap == timedelta(hours=24)
    assert read.campaign.demands[0].title == {"en": "Open it", "fr": "Open it"}
    assert [row.key for row in read.asked] == ["fr", "mt"]
    assert read.edition().language_for(["fr"], "letter", "email").language == "fr"


def test_a_fallback_of_language_is_said(folder):
    notes = [str(note) for note in check(folder).notes]
    assert "addressees.csv:2: fr gets reminder in en: there is nothing in fr" in notes


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("website:", 'embed: ["https://news.example/page"]\nwebsite:', "embed: a site is https:// and a name, with nothing after it (https://news.example/page) — did you mean https://news.example?"),
        ("website:", 'embed: ["http://news.example"]\nwebsite:', "embed: a site is https:// and a name, with nothing after it (http://news.example) — did you mean https://news.example?"),
        ("website:", 'embed: ["*"]\nwebsite:', "embed: a site is https:// and a name, with nothing after it (*)"),
        ("summary:", "sumary:", "there is no key `sumary` here"),
        ("summary: A road is closed.\n", "", "`summary` is missing"),
        ("summary: A road is closed.", "summary:", "summary: this is empty"),
        ("summary: A road is closed.", "summary: [a]", "summary: a text is needed here"),
        ("fr: Ouvrez la route", "de: Auf", "title: 'de' is not a language of this campaign"),
        ("{en: Open the road, fr: Ouvrez la route}", "{en: Open the road}", "title: this text is not there in fr"),
        ("languages: [en, fr]", "languages: [en, frr, xx]", "languages: there is no such language code (xx)"),
        ("languages: [en, fr]", "languages: en", "languages: a list is needed here (en)"),
        ("Asia/Yerevan", "Asia/Erevan", "time_zone: there is no such time zone (Asia/Erevan) — did you mean Asia/Yerevan?"),
        ("2023-04-28 10:00", "9999-12-31 10:00", "publish_at: a campaign is published between 1970 and 2100"),
        ("2023-04-28 10:00", "28.4.2023", "publish_at: a time is year-month-day hour:minute"),
        ("put_to: [council]", "put_to: [counsil]", "put_to: there is no such group (there is: council, watch) (counsil) — did you mean council?"),
        ("key: free", "key: open", "key: this key is taken: it is first used on line 8 (open)"),
        ("date: 2022-12-12", "date: 2022-13-12", "date: a date is year-month-day: 2023-04-28 (2022-13-12)"),
        ('"https://news.example/1"', '"javascript:1"', "source: a link begins with https://"),
        ("people@road.example", "people", "email: people has no @"),
        ("audience: watch", "audience: wacth", "audience: there is no such audience or group"),
        ("channels: [x]", "channels: [twitter]", "channels: this is one of:"),
        ("patience: 1 day", "patience: 1 dya", "patience: a span of time is a number and minutes, hours, days or weeks: 7 days (1 dya) — did you mean 1 day?"),
        ("    patience: 1 day\n", "", "this step needs patience"),
        ("before: 2 days", "before: 8 days", "before: this reminder falls outside the time the step waits (8 days)"),
        ("before: 2 days", "before: 2 days, after: 1 day", "reminders: a reminder has either before or after"),
        ("summary: A road", "\tsummary: A road", "there is a tab here: YAML is indented with spaces"),
        ("summary: A road", "title: A road", "this key is here twice: it was first on line 1 (title)"),
        ("summary: A road", "summary: a: b", "there is a second colon here"),
        ("summary: A", "summary: *a A", "aliases are not used here"),
        ("summary: A", "summary: &a A", "anchors are not used here"),
        ("summary: A", "summary: !!python/object/apply:os.system A", "tags are not used here"),
        ("ladder:", "---\nladder:", "there is a second document here"),
        ("[en, fr]", "[" * 40 + "]" * 40, "more than 20 lists and maps inside one another"),
        ("put_to: [council]", "put_to: [council, empty]", "put_to: there is no such group"),
        ("wording: thanks", "wording: tanks", "this needs wordings/tanks/email.en.md, approved, and there is none"),
    ],
)  # fmt: skip
def test_each_mistake_in_the_campaign_file_is_named_at_its_place(folder, old, new, expected):
    change(folder, "campaign.yaml", old, new)
    assert stands_at_its_place(folder, defect_of(check(folder).defects, "campaign.yaml", expected))


@pytest.mark.parametrize(
    ("old", "new", "whom"),
    [
        ("audience: supporters, channels: [email]", "audience: watch, channels: [email]", "un"),
        ("channels: [x]", "channels: [x]\n    also:\n      - {audience: council, channels: [x], wording: notice}", "fr"),
    ],
)  # fmt: skip
def test_two_messages_to_the_same_recipients_on_one_channel_in_one_step_are_refused_at_their_line(
    folder, old, new, whom
):
    change(folder, "campaign.yaml", old, new)
    (named, *others) = [each for each in check(folder).defects if "at the same moment" in each.message]
    line = (folder / "campaign.yaml").read_text(encoding="utf-8").split("\n")[named.line - 1]
    assert f"writes to {whom} on " in named.message
    assert "- {audience: " in line
    assert others == []


def test_a_channel_listed_twice_is_refused(folder):
    change(folder, "campaign.yaml", "channels: [x]", "channels: [x, x]")
    assert any("channels: this is listed twice (x)" in each for each in complaints(folder))


def test_a_step_may_write_to_one_audience_on_several_channels_and_remind_it(folder):
    change(folder, "campaign.yaml", "channels: [x]", "channels: [email, x]\n    wording: notice")
    assert not any("at the same moment" in each for each in complaints(folder))


def test_a_text_that_a_wording_puts_in_and_that_has_no_words_in_its_language_is_named(folder):
    change(folder, "campaign.yaml", "French Republic: {fr", "French Republik: {fr")
    assert complaints(folder) == [
        "campaign.yaml:18:3: terms: there are no words in fr for this, which wordings/letter/email.fr.md uses "
        "(French Republic) — did you mean French Republik?"
    ]


def test_a_local_time_that_clocks_skip_is_refused(folder):
    change(folder, "campaign.yaml", "Asia/Yerevan", "Europe/Paris")
    change(folder, "campaign.yaml", "2023-04-28 10:00", "2023-03-26 02:30")
    assert "clocks are put forward" in complaints(folder)[0]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("letter/email.en.md", "salutation }}", "salutaton }}", "an addressee has no `.salutaton` (it has: key, name, holder, salutation, country, capacities) — did you mean salutation?"),
        ("letter/email.en.md", "campaign.title", "campain.title", "`campain` is not known here"),
        ("letter/email.en.md", "salutation }}", "__class__ }}", "`addressee.__class__` reaches outside"),
        ("letter/email.en.md", "in demands", "in range(9)", "this wording would never end: `range`"),
        ("letter/email.en.md", "{{ addressee.salutation }}", "{{ supporter.name }}", "written for fr and 1 other: nobody in particular is written to here, so there is no `supporter`"),
        ("letter/email.en.md", "---\nsubject", "---\nstatus: aproved\nsubject", "status is one of: approved, reviewed, draft (aproved) — did you mean approved?"),
        ("letter/email.en.md", "subject:", "subjekt:", "there is no key `subjekt` here (there is: subject, status) — did you mean subject?"),
        ("letter/email.en.md", '---\nsubject: "{{ campaign.title }}"\n---\n', "", "a letter needs a subject"),
        ("letter/email.en.md", "---\n{{", "{{", "what begins with --- ends with another line of ---"),
        ("letter/email.en.md", "{% endfor %}", "[x](javascript:alert(1))\n{% endfor %}", "written for fr and 1 other: a link leads to"),
        ("notice/x.en.md", " is silent", " is silent" + "." * 260, "written for mt and 1 other: This counts"),
        ("notice/x.en.md", "{{ addressee.name }} is silent: {{ links.record }}\n", "{% if answer_by == 1 %}x{% endif %}", "written for fr and 1 other: the text is empty"),
        ("report/email.en.md", "silent|listing(attribute='name')", "silent[1].name", "written for un: there is nothing here"),
    ],
)  # fmt: skip
def test_each_mistake_in_a_wording_is_named_at_its_place_in_the_file(folder, file, old, new, expected):
    change(folder, f"wordings/{file}", old, new)
    assert stands_at_its_place(folder, defect_of(check(folder).defects, f"wordings/{file}", expected))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lettre/email.en.md", "no step, reminder, also or letter uses a wording of this name (there is: letter, reminder, notice, report, thanks) (lettre) — did you mean letter?"),
        ("letter/mail.en.md", "there is no such channel (there is: email, bluesky, mastodon, x) (mail) — did you mean email?"),
        ("letter/email.fra.md", "this is not a language of the campaign (there is: en, fr) (fra) — did you mean fr?"),
        ("letter/email.md", "a wording is called <channel>.<language>.md, such as email.en.md"),
    ],
)  # fmt: skip
def test_a_wording_under_a_wrong_name_is_named_with_what_was_probably_meant(folder, name, expected):
    path = folder / "wordings" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("---\nsubject: x\n---\nx\n", encoding="utf-8")
    assert any(expected.split(" (there is")[0] in each and each.endswith(expected[-25:]) for each in complaints(folder))


def test_a_wording_that_is_not_approved_is_not_used_and_that_is_said(folder):
    change(folder, "wordings/letter/email.fr.md", "---\n", "---\nstatus: draft\n")
    assert sound(folder).edition().language_for(["fr", "en"], "letter", "email").language == "en"
    assert any("this wording is draft" in str(note) for note in check(folder).notes)


def test_mistakes_in_all_files_come_together_and_in_order(folder):
    change(folder, "campaign.yaml", "Asia/Yerevan", "Asia/Erevan")
    change(folder, "campaign.yaml", "summary:", "sumary:")
    change(folder, "addressees.csv", "Europe/Paris", "Europe/Pariss")
    change(folder, "wordings/letter/email.en.md", "salutation }}", "salutaton }}")
    report = check(folder)
    assert report.campaign is None
    assert [d.file for d in report.defects] == ["addressees.csv", *["campaign.yaml"] * 3, "wordings/letter/email.en.md"]
    assert list(report.defects) == sorted(report.defects)


def test_files_that_are_missing_are_named(folder):
    (folder / "campaign.yaml").unlink()
    (folder / "addressees.csv").unlink()
    assert complaints(folder) == [
        "addressees.csv:1:1: this file is missing",
        "campaign.yaml:1:1: this file is missing",
    ]


def test_a_folder_whose_name_is_no_key_needs_a_slug(folder):
    moved = folder.rename(folder.parent / "Open the Road!")
    assert complaints(moved)[0].endswith("(Open the Road!) — did you mean open-the-road?")
    change(moved, "campaign.yaml", "title:", "slug: road\ntitle:")
    assert sound(moved).slug == "road"


def test_a_wording_is_tried_for_a_supporter_who_gave_no_name(folder):
    text = "---\nsubject: Thanks\n---\n{% if supporter.name %}Dear {{ supporter.name }}{% endif %}\n"
    (folder / "wordings/thanks/email.en.md").write_text(text, encoding="utf-8")
    assert complaints(folder) == ["wordings/thanks/email.en.md:4:1: written for supporters: the text is empty"]


def test_front_matter_may_be_empty_and_a_post_may_have_none(folder):
    change(folder, "wordings/notice/x.en.md", "{{ addressee.name }}", "---\n---\n{{ addressee.name }}")
    assert sound(folder)


def test_a_file_name_that_is_no_text_can_still_be_named(folder):
    name = os.fsencode(folder / "wordings" / "letter") + b"/email.\xff.md"
    os.close(os.open(name, os.O_CREAT | os.O_WRONLY))
    assert "\n".join(complaints(folder)).encode()


def test_what_is_not_a_folder_is_answered_as_such(folder, tmp_path):
    assert "there is no such folder" in complaints(tmp_path / "nowhere")[0]
    assert "this is not a folder" in complaints(folder / "campaign.yaml")[0]
    assert complaints("\0")


@pytest.mark.parametrize("file", ["campaign.yaml", "addressees.csv", "wordings/letter/email.en.md"])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("x\n".encode("utf-16"), "saved as UTF-16: save it as UTF-8"),
        ("a\nbé".encode("latin-1"), "not saved as UTF-8"),
        (b"a\nb\x00", "this character has no business in a text file"),
        (b"", ":1:1: "),
    ],
)  # fmt: skip
def test_a_file_of_a_wrong_encoding_is_named_with_the_place(folder, file, content, expected):
    (folder / file).write_bytes(content)
    assert any(each.startswith(file) and expected in each for each in complaints(folder))


@pytest.mark.parametrize(
    ("file", "size"),
    [("campaign.yaml", 1_000_001), ("addressees.csv", 5_000_001), ("wordings/letter/email.en.md", 100_001)],
)
def test_a_file_larger_than_its_limit_is_not_read(folder, file, size):
    (folder / file).write_bytes(b"#" * size)
    assert f"{file}:1:1: this file is larger than {size - 1:,} bytes" in complaints(folder)


def test_a_link_out_of_the_folder_is_not_followed(folder, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("secret", encoding="utf-8")
    (folder / "addressees.csv").unlink()
    (folder / "addressees.csv").symlink_to(secret)
    (folder / "wordings" / "letter" / "email.en.md").unlink()
    (folder / "wordings" / "letter" / "email.en.md").symlink_to(secret)
    found = complaints(folder)
    assert "addressees.csv:1:1: this is a link to a file outside the folder" in found
    assert "wordings/letter/email.en.md:1:1: this is a link to a file outside the folder" in found
