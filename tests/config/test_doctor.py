import pytest

from campaigns.supporter import Supporter
from config.doctor import old_seals, wrong_wires
from outreach.reseal import reseal
from tests.small_campaign import FRIDAY, published


def test_a_wire_that_cannot_work_is_told_before_the_first_message(settings):
    settings.CHANNELS = {
        "email": "smtp://mail.example?dkim=spring:artsakh.example:/no/such/key",
        "x": "telegraph://x.example",
        "bluesky": None,
    }
    dkim, unknown = wrong_wires()
    assert dkim == "OUTREACH_EMAIL: The DKIM key cannot be read from the file that was named: No such file or directory"
    assert unknown.startswith("OUTREACH_X: No wire has an address that begins with telegraph:")


@pytest.mark.django_db
def test_what_rests_under_an_earlier_secret_is_told_until_it_is_sealed_anew(settings):
    Supporter.objects.create(campaign=published(), name="Anna", email="a@people.example", joined_at=FRIDAY)
    assert list(old_seals()) == []
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    (complaint,) = old_seals()
    assert complaint.startswith("sealed under an earlier SECRET_KEY: campaigns_supporter.name, ")
    reseal()
    assert list(old_seals()) == []
