"""What cannot be put anywhere, told."""

from channels.news import Kind, News
from outreach.bulletin import Bulletin, keep_bulletin
from outreach.hear import read_bulletins
from outreach.keeping import keep
from tests.small_campaign import FRIDAY


def told_oddities() -> Bulletin:
    """A bulletin that could not be read, which is answered, and three pieces of news of nothing."""
    keep_bulletin("sendgrid", b"not json", FRIDAY)
    read_bulletins()
    told = [("1", "delivered"), ("2", "delivered"), ("3", "account_status_change")]
    keep("sendgrid", [News(name, Kind.OTHER, FRIDAY, said=said) for name, said in told], FRIDAY)
    return Bulletin.objects.get()
