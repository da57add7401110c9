import uuid

from django.db import models

from outreach.incoming import Incoming
from outreach.letters.letter import Letter


class LetterReply(models.Model):
    """That something which came in answers one supporter's letter, and whether that supporter was told.

    It is theirs, and no answer to the campaign. A person decides about one that is not from the office, as far as
    anybody can tell.
    """

    class State(models.TextChoices):
        HELD = "held"  # a person is to say whether it goes on
        FORWARDED = "forwarded"
        KEPT = "kept"  # there is nobody to forward it to, or it is not worth it

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="replies", db_index=False)
    incoming = models.ForeignKey(Incoming, models.CASCADE, related_name="letter_replies")
    state = models.CharField(max_length=10, choices=State)
    is_automatic = models.BooleanField(default=False, help_text="A machine wrote it")
    doubt = models.TextField(blank=True, help_text="Why it may not be the office's")
    forwarded_by = models.CharField(max_length=150, blank=True, help_text="The rule, or the person")
    at = models.DateTimeField(help_text="When it was forwarded, or decided about")

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["letter", "incoming"], name="one_reply_per_letter_and_mail")]

    def __str__(self) -> str:
        return f"reply to {self.letter_id}: {self.state}"
