"""What came in and is not matched or trusted: a person says whose answer it is, or that it is none."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q

from campaigns.appeal import Appeal
from campaigns.outcome import NotRecordable
from outreach.guess import Guess
from outreach.inbox.deciding import NotDecidable, deliver, set_aside
from outreach.incoming import Incoming
from outreach.letters.forwarding import forward
from outreach.letters.letter_reply import LetterReply
from outreach.needs.need import MOST, Ask, Choice, IsGone, Kind, Need, NotSettled, Scope, excerpt, name_of

DELIVER, ASIDE, FORWARD = "deliver", "aside", "forward"
MOST_GUESSES = 3
TOGETHER = (
    "guesses__appeal__campaign",
    "guesses__appeal__addressee",
    "letter_replies__letter__campaign",
    "letter_replies__letter__addressee",
)
NOTE = Ask("note", "Why, if it is no answer", "Optional; it is kept with the message.")
NOT_AN_ANSWER = (
    Choice(f"{ASIDE} {Incoming.Aside.SUPPORTER}", "A supporter’s, or somebody else’s", "person"),
    Choice(f"{ASIDE} {Incoming.Aside.SPAM}", "Spam", "suppressed"),
    Choice(f"{ASIDE} {Incoming.Aside.OTHER}", "Not for us", "cancelled"),
)


class Quarantine(Kind):
    name = "quarantine"
    title = "Quarantine"

    def among(self, scope: Scope, now: datetime, only: UUID | None = None) -> Iterator[Need]:
        rows = Incoming.objects.visible_to(scope.user).quarantined().without_weight()
        if scope.campaign is not None:
            about = Q(guesses__appeal__campaign=scope.campaign)
            rows = rows.filter(about | Q(letter_replies__letter__campaign=scope.campaign)).distinct()
        rows = rows if only is None else rows.filter(pk=only)
        seen: set[str] = set()
        for incoming in rows.prefetch_related(*TOGETHER)[:MOST]:
            if incoming.heap and incoming.heap in seen:
                continue  # a flood is one task
            seen.add(incoming.heap)
            yield _need(incoming)

    def settle(self, need: Need, do: str, said: Mapping[str, str], by: User, now: datetime) -> str:
        incoming = Incoming.objects.select_for_update().filter(pk=need.ref, state=Incoming.State.QUARANTINED).first()
        if incoming is None:
            raise IsGone
        what, _, which = do.partition(" ")
        try:
            if what == DELIVER:
                appeal = _appeal(by, which)
                deliver(incoming, appeal, by=name_of(by), now=now)
                return f"It is an answer from {appeal.addressee.name} now, unread."
            if what == FORWARD:
                return _forward(incoming, which, by, now)
            if what == ASIDE:
                return _aside(incoming, which, said.get("note", "").strip(), by, now)
        except (NotDecidable, NotRecordable) as reason:
            raise NotSettled(str(reason), reason.field) from None
        raise NotSettled("Say whose answer it is, or that it is none")


def _appeal(by: User, said: str) -> Appeal:
    """The appeal of that id, among those the person may see. Raises NotSettled."""
    try:
        found = Appeal.objects.visible_to(by).select_related("campaign", "addressee").filter(pk=UUID(said)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotSettled("Choose whose answer it is", "addressee")
    return found


def _forward(incoming: Incoming, said: str, by: User, now: datetime) -> str:
    """It goes on to whoever wrote the letter. Raises NotSettled, or IsGone."""
    reply = next((each for each in incoming.letter_replies.all() if str(each.pk) == said), None)
    if reply is None:
        raise NotSettled("Choose the letter that it answers")
    if not forward(reply, by=name_of(by), now=now):
        raise IsGone
    return "Forwarded to whoever wrote the letter."


def _aside(incoming: Incoming, aside: str, note: str, by: User, now: datetime) -> str:
    """All of a flood goes the same way."""
    together = [incoming]
    if incoming.heap:
        others = Incoming.objects.quarantined().filter(heap=incoming.heap).exclude(pk=incoming.pk)
        together += list(others.select_for_update())
    for each in together:
        set_aside(each, aside, by=name_of(by), now=now, note=note)
    return "Set aside; it is kept." if len(together) == 1 else f"Set aside, all {len(together)}; they are kept."


def _need(incoming: Incoming) -> Need:
    gist, guesses = incoming.gist, list(incoming.guesses.all())
    replies = [each for each in incoming.letter_replies.all() if each.state == LetterReply.State.HELD]
    campaigns = [*(each.appeal.campaign for each in guesses), *(each.letter.campaign for each in replies)]
    holds = any(guess.holds for guess in guesses)
    number = Incoming.objects.quarantined().filter(heap=incoming.heap).count() if incoming.heap else 1
    title = f"“{gist.subject}”" if gist.subject else "A message"
    return Need(
        kind=QUARANTINE.name,
        ref=str(incoming.pk),
        campaign=next(iter(campaigns), None),
        title=f"{title}, from {gist.author or 'somebody we do not know'}" + (f", and {number - 1} more" * (number > 1)),
        since=incoming.received_at,
        state="quarantine",
        state_said="Quarantined, may be an answer" if holds else "Quarantined",
        stops=holds,
        source=" · ".join(filter(None, [incoming.reason, _verdicts(incoming)])),
        said=excerpt(gist.own_text or gist.text),
        guess="; ".join(f"{each.appeal.addressee.name}, {each.certainty:.2f}: {each.why}" for each in guesses[:1]),
        then="Until somebody says whose it is, no step is taken that it may answer." if holds else "",
        path=f"/inbox/{QUARANTINE.name}/{incoming.pk}",
        choices=(*_written(replies), *_guessed(guesses), *NOT_AN_ANSWER),
        asks=(NOTE,),
    )


def _written(replies: list[LetterReply]) -> Iterator[Choice]:
    for each in replies:
        said = f"Forward to whoever wrote to {each.letter.addressee.name}"
        yield Choice(f"{FORWARD} {each.pk}", said, "mail", about=each.doubt)


def _guessed(guesses: list[Guess]) -> Iterator[Choice]:
    for number, guess in enumerate(guesses[:MOST_GUESSES]):
        about = f"{guess.certainty:.2f}: {guess.why}"
        yield Choice(f"{DELIVER} {guess.appeal_id}", guess.appeal.addressee.name, "mail", number == 0, about)


def _verdicts(incoming: Incoming) -> str:
    """SPF, DKIM and DMARC, as far as anybody looked."""
    said = {name: incoming.verdicts.get(name) for name in ("spf", "dkim", "dmarc")}
    return ", ".join(f"{name.upper()} {verdict}" for name, verdict in said.items() if verdict)


QUARANTINE = Quarantine()
