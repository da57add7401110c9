"""The letter of the benchmarks: about 4 KB of text and HTML, another for each recipient."""

from datetime import UTC, date, datetime

from campaigns.words.brief import Asked, Brief, Dated, Occasion, context_of
from campaigns.words.context import Links
from campaigns.words.link import Link
from campaigns.words.stencil import Stencil, stencil
from campaigns.words.wording import Rendered, Source, compiled
from channels.envelope import Sender
from channels.letter import Letter
from channels.skeleton import Skeleton

SENDER = Sender("The people of the road", "people@road.example")
AT = datetime(2023, 5, 6, 6, tzinfo=UTC)
SUBJECT = "{{ supporter.name }}, seven days have passed"
BODY = """Dear {{ supporter.name }},

on {{ campaign.published_at|day }} {{ campaign.title }} was put to those who can act on it. {{ campaign.summary }} The
time they were given ran until {{ deadline|moment }}. It has passed, and we have not heard from them.

Every part of what was asked can be done by a decision that they alone can take:

{% for each in demands %}
{{ each.number }}. **{{ each.title }}.** {{ each.text }}
{% endfor %}

What has happened is known, and nobody who is written to has contested it:

{% for each in facts %}
- {{ each.date|day }}: {{ each.text }} ([source]({{ each.source }}))
{% endfor %}

You signed, {{ supporter.name }}, and a letter that you write yourself is read where ours may not be:
[write to those who are silent]({{ links.write }}). Say in your own words why it matters to you.

Yours,
{{ sender.name }}

You can [stop these letters]({{ links.unsubscribe }}) at any time.
"""


def letter(number: int) -> Letter:
    """The letter for one recipient, filled in and spliced."""
    words = rendered(number)
    leave = f"https://road.example/leave/{key(number)}"
    return SKELETON.letter(key(number), address(number), name(number), words.subject, words.text, words.html, AT, leave)


def rendered(number: int) -> Rendered:
    """The words for one recipient."""
    filled = STENCIL.fill(name(number), links(number))
    assert filled is not None
    return STENCIL.whole(filled)


def name(number: int) -> str:
    """What the recipient is called."""
    return f"Alex Person{number}"


def address(number: int) -> str:
    """Where the recipient is."""
    return f"person{number}@bench.example"


def key(number: int) -> str:
    """The key of the recipient's letter."""
    return f"{number:032x}"


def links(number: int) -> Links:
    """Where the letter leads."""
    return Links(
        campaign=Link("https://road.example/"),
        record=Link("https://road.example/record"),
        evidence=Link("https://road.example/evidence"),
        write=Link(f"https://road.example/write/{key(number)}"),
        unsubscribe=Link(f"https://road.example/leave/{key(number)}"),
    )


def _stencil() -> Stencil:
    made = stencil(compiled(Source(BODY, subject=SUBJECT)), context_of(BRIEF, OCCASION), ("write", "unsubscribe"))
    assert made is not None
    return made


BRIEF = Brief(
    title={"en": "Open the road"},
    summary={"en": "Three demands, in public, and seven days for an answer."},
    url="https://road.example/",
    published_at=datetime(2023, 4, 28, 6, tzinfo=UTC),
    total=14,
    time_zone="Asia/Yerevan",
    default_language="en",
    sender_name={"en": SENDER.name},
    sender_email=SENDER.address,
    demands=(
        Asked(1, "open", {"en": "Open the road"}, {"en": "Let people and goods pass in both directions, unhindered."}),
        Asked(2, "free", {"en": "Free the captives"}, {"en": "Let those who are held go home, all of them, now."}),
        Asked(3, "see", {"en": "Send observers"}, {"en": "Let those who can bear witness in, and let them stay."}),
    ),
    facts=(
        Dated("closed", date(2022, 12, 12), {"en": "The road was closed."}, "https://news.example/closed"),
        Dated("order", date(2023, 2, 22), {"en": "The court ordered it opened."}, "https://court.example/order"),
    ),
    terms={},
)
OCCASION = Occasion(
    language="en",
    deadline=datetime(2023, 5, 5, 19, 59, 59, tzinfo=UTC),
    answer_by=None,
    first_letter_at=datetime(2023, 4, 28, 6, tzinfo=UTC),
    addressee=None,
    silent=(),
    links=links(0),
)
STENCIL = _stencil()
SKELETON = Skeleton(SENDER, language="en", return_path="bounces@road.example", is_tagged=True)
