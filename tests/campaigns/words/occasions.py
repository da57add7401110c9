"""One small campaign to write about."""

from dataclasses import replace
from datetime import UTC, date, datetime

from campaigns.words.brief import Asked, Brief, Dated, Occasion, Office, context_of
from campaigns.words.context import Context, Links
from campaigns.words.link import Link
from campaigns.words.wording import Rendered, Source, render

BRIEF = Brief(
    title={"en": "Open the road", "fr": "Ouvrez la route"},
    summary={"en": "Three demands."},
    url="https://road.example/campaigns/road",
    published_at=datetime(2023, 4, 28, 6, tzinfo=UTC),
    total=2,
    time_zone="Asia/Yerevan",
    default_language="en",
    sender_name={"en": "The people of the road"},
    sender_email="people@road.example",
    demands=(
        Asked(1, "open", {"en": "Open it", "fr": "Ouvrez-la"}, {"en": "The road is open."}),
        Asked(2, "free", {"en": "Let them go"}, {"en": "Captives go home."}),
    ),
    facts=(Dated("closed", date(2022, 12, 12), {"en": "The road is closed."}, "https://news.example/?a=1&b=2"),),
    terms={"French Republic": {"fr": "République française", "ru": "Французская Республика"}},
)
FRANCE = Office("fr", "French Republic", "Permanent Representative", "Your Excellency", "FR", ("co-chair", "member"))
MALTA = Office("mt", "Republic of Malta", "Permanent Representative", "Your Excellency", "MT", ("member",))
LETTER = Occasion(
    language="en",
    deadline=datetime(2023, 5, 5, 19, 59, 59, tzinfo=UTC),
    answer_by=None,
    first_letter_at=datetime(2023, 4, 28, 6, tzinfo=UTC),
    addressee=FRANCE,
    silent=(FRANCE,),
    links=Links(record=Link("https://road.example/r/fr"), campaign=Link("https://road.example/campaigns/road")),
)


def context(**changes: object) -> Context:
    return context_of(BRIEF, replace(LETTER, **changes))  # type: ignore[arg-type]


def letter(body: str, **changes: object) -> Rendered:
    return render(Source(body, subject="To {{ addressee.name }}"), context(**changes))


def post(body: str, **changes: object) -> str:
    return render(Source(body, is_letter=False), context(**changes)).text
