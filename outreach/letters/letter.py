import uuid
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.sealed_text import SealedText
from campaigns.supporter import Supporter
from campaigns.wording import Wording
from outreach.letters.mailbag import Mailbag


class Letters(models.QuerySet["Letter"]):
    def visible_to(self, user: User | AnonymousUser) -> "Letters":
        return self.filter(campaign__in=Campaign.objects.visible_to(user))

    def waiting(self) -> "Letters":
        """Confirmed, and not in a mailbag yet: those confirmed first come first."""
        return self.filter(state=Letter.State.CONFIRMED).order_by("confirmed_at", "id")

    def standing(self) -> "Letters":
        """Those that leave or have left. A supporter has one of them for each addressee."""
        return self.filter(state__in=Letter.STANDING)

    def wipe(self, now: datetime) -> int:
        """Keep nothing of what they say and of who says it. That they were written stays known."""
        return self.filter(wiped_at=None).update(subject="", text="", name="", place="", wiped_at=now)

    def forget(self, now: datetime) -> None:
        """The same, and nothing by which they could be told apart; those that wait do not leave."""
        self.move(Letter.State.ERASED, ended_at=now)
        self.wipe(now)
        self.update(division="", fingerprint=[], bands=[], network="", marks=[], reason="")

    def move(self, after: str, **changes: object) -> int:
        """The one guarded UPDATE: only those go that may. Answers how many did."""
        return self.filter(state__in=Letter.sources(after)).update(state=after, **changes)


class Letter(models.Model):
    """A supporter's own message to one addressee, in the words that the supporter confirmed.

    Those of one `form` are confirmed together. `own_share`: per cent of the words that are not in the starting text.
    `fingerprint` and `bands`: by which nearly identical letters are found; keyed, so that they tell nothing of the
    words. `resembles`: the first letter of the campaign that this one is nearly identical to.
    """

    class State(models.TextChoices):
        WRITTEN = "written"  # nobody has pressed the button behind the link in the mail yet
        CONFIRMED = "confirmed"  # waits for its turn
        TAKEN = "taken"  # in a mailbag, whose state says what became of it
        DOUBLED = "doubled"  # there is an earlier one of this supporter to this addressee; it never leaves
        WITHDRAWN = "withdrawn"  # by the supporter, or «it was not me»
        EXPIRED = "expired"  # never confirmed
        REFUSED = "refused"  # by a rule or by staff; the reason says why
        ERASED = "erased"  # whoever wrote it asked us to forget them before it had left

    MOVES: dict[str, set[State]] = {
        State.WRITTEN: {State.CONFIRMED, State.DOUBLED, State.WITHDRAWN, State.EXPIRED, State.REFUSED, State.ERASED},
        State.CONFIRMED: {State.TAKEN, State.WITHDRAWN, State.REFUSED, State.ERASED},
        State.TAKEN: {State.CONFIRMED, State.REFUSED},  # where it is proven that the mailbag did not leave
        State.DOUBLED: set(),
        State.WITHDRAWN: set(),
        State.EXPIRED: set(),
        State.REFUSED: {State.CONFIRMED},  # staff thought better of it
        State.ERASED: set(),
    }
    STANDING = (State.CONFIRMED, State.TAKEN)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="letters", db_index=False)
    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="letters", db_index=False)
    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="letters", db_index=False)
    form = models.UUIDField(help_text="Letters of one form are confirmed together")
    state = models.CharField(max_length=10, choices=State, default=State.WRITTEN)
    reason = models.TextField(blank=True, help_text="Why it was refused; of no person")
    rank = models.PositiveSmallIntegerField(default=0, help_text="Of those confirmed to this addressee; from 1")
    division = models.CharField(max_length=80, blank=True, help_text="Where the supporter is represented, as chosen")
    place = SealedText(blank=True, help_text="The town, as signed")
    language = models.CharField(max_length=12)
    name = SealedText(blank=True, help_text="As signed")
    subject = SealedText(blank=True)
    text = SealedText(blank=True, help_text="Word for word, as the supporter confirmed it")
    may_quote = models.BooleanField(default=False, help_text="Own words may be shown to the office in a digest")
    shows_address = models.BooleanField(default=False, help_text="The office may see the supporter's own address")
    started_from = models.ForeignKey(
        Wording, models.PROTECT, null=True, related_name="+", db_index=False, help_text="The version it began with"
    )
    own_share = models.PositiveSmallIntegerField(default=100)
    words = models.PositiveIntegerField(default=0, help_text="How many")
    fingerprint = ArrayField(models.BigIntegerField(), default=list)
    bands = ArrayField(models.BigIntegerField(), default=list)
    resembles = models.ForeignKey("self", models.SET_NULL, null=True, related_name="alike")
    network = models.CharField(max_length=32, blank=True, help_text="A salted hash of where it came from")
    marks = models.JSONField(default=list, blank=True, help_text="What made it look less than genuine; for staff only")
    mailbag = models.ForeignKey(
        Mailbag, models.SET_NULL, null=True, related_name="letters", help_text="The message it goes in"
    )
    written_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="When it was withdrawn, refused, expired or erased")
    wiped_at = models.DateTimeField(null=True, help_text="Since when its words are not kept any more")

    objects = Letters.as_manager()

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["supporter", "addressee"],
                condition=Q(state__in=["confirmed", "taken"]),
                name="one_letter_per_supporter_and_addressee",
            )
        ]
        indexes = [
            models.Index(fields=["supporter", "addressee"], name="letters_of_a_supporter"),
            models.Index(fields=["form"], name="letters_of_a_form"),
            models.Index(fields=["addressee", "confirmed_at"], condition=Q(state="confirmed"), name="letters_waiting"),
            models.Index(fields=["campaign", "state"], name="letters_by_state"),
            models.Index(fields=["state", "written_at"], name="letters_by_age"),
            models.Index(fields=["campaign", "network"], condition=~Q(network=""), name="letters_by_network"),
            GinIndex(fields=["bands"], condition=Q(resembles=None), name="letters_by_likeness"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}: {self.state}"

    @classmethod
    def sources(cls, state: str) -> list[str]:
        """The states from which `state` may be reached."""
        return [before for before, after in cls.MOVES.items() if state in after]

    def confirm(self, now: datetime) -> bool:
        """It is theirs, and may leave; doubled, if an earlier one to this addressee has. False if it was so before."""
        same = Letter.objects.filter(supporter_id=self.supporter_id, addressee_id=self.addressee_id)
        rank = 1 + same.exclude(rank=0).count()
        if not same.standing().exists():
            try:
                with transaction.atomic():
                    return self._move(self.State.CONFIRMED, confirmed_at=now, rank=rank)
            except IntegrityError:  # another one of theirs has just been
                rank += 1
        return self._move(self.State.DOUBLED, confirmed_at=now, ended_at=now, rank=rank)

    def withdraw(self, now: datetime) -> bool:
        """They take it back. False once it is in a mailbag, or if it had ended before."""
        return self._move(self.State.WITHDRAWN, ended_at=now)

    def refuse(self, reason: str, now: datetime) -> bool:
        """It does not leave. `reason`: a sentence that names nobody."""
        return self._move(self.State.REFUSED, reason=reason, ended_at=now)

    def _move(self, after: State, **changes: object) -> bool:
        """Change the state once: False if that is not allowed from the state it is in."""
        moved = Letter.objects.filter(pk=self.pk).move(after, **changes) == 1
        self.refresh_from_db()
        return moved
