# ruff: noqa: E501 (a case is a line)
"""A folder becomes rows once; an edited one changes what was edited; what was said in public stays."""

from datetime import UTC, datetime, timedelta

import pytest

from campaigns.addressee import Addressee, ContactPoint
from campaigns.campaign import Campaign
from campaigns.folder.allowed import NotLoadable
from campaigns.folder.load import difference, load
from campaigns.kept import edition_of
from campaigns.publication import publish
from campaigns.wave import Wave
from campaigns.wording import Wording
from tests.campaigns.folder.folders import PETITION, change, sound

pytestmark = pytest.mark.django_db
MONDAY = datetime(2023, 4, 24, 9, tzinfo=UTC)
FRIDAY = datetime(2023, 4, 28, 6, tzinfo=UTC)


def said(changes):
    return [str(change) for change in changes]


def test_loading_twice_changes_nothing(folder):
    first = load(sound(folder), MONDAY)
    assert len(first.changes) > 20
    rows = [list(model.objects.order_by("pk").values()) for model in (Campaign, Addressee, ContactPoint, Wording)]
    assert difference(sound(folder)) == []
    assert load(sound(folder), FRIDAY).changes == ()
    assert rows == [
        list(model.objects.order_by("pk").values()) for model in (Campaign, Addressee, ContactPoint, Wording)
    ]


def test_what_is_kept_and_what_the_folder_says_are_the_same_campaign():
    folder = sound(PETITION)
    kept, wanted = edition_of(load(folder, MONDAY).campaign), folder.edition()
    assert set(kept.asked) == set(wanted.asked)
    assert kept.readers == wanted.readers
    assert kept.rules == wanted.rules
    assert kept.brief == wanted.brief
    assert kept.wordings == wanted.wordings
    assert kept.satisfied == wanted.satisfied
    assert {group: set(keys) for group, keys in kept.members.items()} == {
        group: set(keys) for group, keys in wanted.members.items()
    }


def test_an_edited_folder_changes_what_was_edited_and_says_so_first(folder):
    load(sound(folder), MONDAY)
    change(folder, "campaign.yaml", "Let them go,", "Set them free,")
    change(folder, "campaign.yaml", "patience: 1 day", "patience: 2 days")
    change(folder, "addressees.csv", "mt@council.example", "malta@council.example")
    change(folder, "addressees.csv", "Dear Watch", "Dear Watchers")
    change(folder, "wordings/letter/email.en.md", "{{ addressee.salutation }},", "Dear {{ addressee.name }},")
    expected = [
        "remove contact point mt email mt@council.example",
        "demand free: title.en: “Let them go” → “Set them free”",
        "demand free: title.fr: “Let them go” → “Set them free”",
        "step notice: patience: 1 day, 0:00:00 → 2 days, 0:00:00",
        "addressee un: salutation: “Dear Watch” → “Dear Watchers”",
        "add contact point mt email malta@council.example",
    ]
    changes = said(difference(sound(folder)))
    assert changes[:-1] == expected
    assert changes[-1].startswith("wording letter/email.en: body: “{{ addressee.salutation }},")
    assert said(load(sound(folder), FRIDAY).changes) == changes
    assert difference(sound(folder)) == []


def test_a_wording_is_never_edited_a_new_version_replaces_it(folder):
    campaign = load(sound(folder), MONDAY).campaign
    change(folder, "wordings/letter/email.en.md", "{{ addressee.salutation }},", "Dear {{ addressee.name }},")
    load(sound(folder), FRIDAY)
    old, new = campaign.wordings.filter(name="letter", channel="email", language="en").order_by("version")
    assert (old.version, old.replaced_at, new.version, new.replaced_at) == (1, FRIDAY, 2, None)
    (folder / "wordings" / "letter" / "email.fr.md").unlink()
    load(sound(folder), FRIDAY)
    assert not campaign.wordings.current().filter(name="letter", language="fr").exists()


def test_steps_can_change_places_before_publication(folder):
    load(sound(folder), MONDAY)
    text = (folder / "campaign.yaml").read_text(encoding="utf-8")
    notice, report = text.index("  - step: notice"), text.index("  - step: report")
    moved = text[:notice] + text[report:].replace("channels: [email]\n", "channels: [email]\n    patience: 1 day\n", 1)
    (folder / "campaign.yaml").write_text(moved + text[notice:report], encoding="utf-8")
    campaign = load(sound(folder), MONDAY).campaign
    assert list(campaign.steps.values_list("number", "key")) == [(1, "letter"), (2, "report"), (3, "notice")]


def test_what_leaves_the_folder_leaves_the_campaign_but_addressees_stay_known(folder):
    campaign = load(sound(folder), MONDAY).campaign
    line = next(
        line for line in (folder / "addressees.csv").read_text(encoding="utf-8").split("\n") if line[:3] == "mt,"
    )
    change(folder, "addressees.csv", line + "\n", "")
    assert said(load(sound(folder), MONDAY).changes) == ["remove membership mt in council"]
    assert edition_of(campaign).asked == ("fr",)
    assert Addressee.objects.filter(key="mt").exists()


def test_an_addressee_known_from_another_campaign_is_not_written_twice(folder, tmp_path):
    load(sound(folder), MONDAY)
    change(folder, "campaign.yaml", "title:", "slug: another\ntitle:")
    load(sound(folder), MONDAY)
    assert Campaign.objects.count() == 2
    assert Addressee.objects.count() == 3
    assert ContactPoint.objects.count() == 4


def test_the_health_of_a_contact_point_is_not_forgotten(folder):
    load(sound(folder), MONDAY)
    ContactPoint.objects.filter(address="fr@council.example").update(health="dead")
    change(folder, "addressees.csv", "fr@council.example", "new@council.example;fr@council.example")
    load(sound(folder), MONDAY)
    points = ContactPoint.objects.filter(addressee__key="fr", channel="email").values_list(
        "address", "health", "position"
    )
    assert list(points) == [("new@council.example", "good", 1), ("fr@council.example", "dead", 2)]


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("campaign.yaml", "Asia/Yerevan", "Europe/Paris", "the deadline was given on its clock"),
        ("campaign.yaml", "put_to: [council]", "put_to: [council]\nsatisfied: any", "addressees are judged by it"),
        ("campaign.yaml", "Captives go home", "All captives go home", "the demands were put to the addressees in public"),
        ("campaign.yaml", "put_to: [council]", "put_to: [council]\ndeadline: {after: 5 days}", "this step has begun"),
        ("campaign.yaml", "before: 2 days", "before: 3 days", "this step has begun"),
        ("addressees.csv", "member of the council\nun", "member of the council\nxx,state,Xanadu,,Dear,,en,UTC,,x@x.example,,,,council,\nun",
         "the demands were put to this group as it was"),
    ],
)  # fmt: skip
def test_what_was_said_in_public_is_not_changed_and_nothing_else_is_either(folder, file, old, new, why):
    campaign = load(sound(folder), MONDAY).campaign
    publish(campaign, FRIDAY)
    Wave.objects.create(campaign=campaign, step=campaign.steps.get(number=1), at=FRIDAY)
    change(folder, file, old, new)
    change(folder, "addressees.csv", "Dear Watch", "Dear Watchers")
    with pytest.raises(NotLoadable, match=why):
        load(sound(folder), FRIDAY)
    assert Addressee.objects.get(key="un").salutation == "Dear Watch"


def test_a_running_campaign_may_still_change_what_comes_later(folder):
    campaign = load(sound(folder), MONDAY).campaign
    publish(campaign, FRIDAY)
    Wave.objects.create(campaign=campaign, step=campaign.steps.get(number=1), at=FRIDAY)
    change(folder, "campaign.yaml", "patience: 1 day", "patience: 3 days")
    change(folder, "wordings/notice/x.en.md", "is silent", "has not answered")
    load(sound(folder), FRIDAY)
    assert campaign.steps.get(key="notice").patience == timedelta(days=3)
    assert campaign.steps.get(number=1).title == {"en": "Letter", "fr": "Letter"}


def test_a_closed_campaign_does_not_change_any_more(folder):
    campaign = load(sound(folder), MONDAY).campaign
    Campaign.objects.filter(pk=campaign.pk).update(status="closed")
    assert load(sound(folder), FRIDAY).changes == ()
    change(folder, "addressees.csv", "Dear Watch", "Dear Watchers")
    with pytest.raises(NotLoadable, match="road is closed"):
        load(sound(folder), FRIDAY)
