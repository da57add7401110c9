"""What people allowed, purpose by purpose: given, refused, or never asked. The newest entry counts, none is changed."""

import hashlib
from datetime import datetime

from django.db import models

from campaigns.asking import UPDATES, Asking
from campaigns.supporter import Supporter

__all__ = ["UPDATES", "Asked", "Consent", "keep_words", "record"]


class Asked(models.Model):
    """The words under which people were asked, kept once: what they saw when they decided."""

    digest = models.CharField(max_length=64, primary_key=True)
    language = models.CharField(max_length=12)
    text = models.TextField()

    def __str__(self) -> str:
        return self.text

    @classmethod
    def keep(cls, text: str, language: str) -> "Asked":
        """These words; written down if they are new."""
        words = {"language": language, "text": text}
        return cls.objects.get_or_create(digest=cls.key_of(text, language), defaults=words)[0]

    @staticmethod
    def key_of(text: str, language: str) -> str:
        """What a form names these words by."""
        return hashlib.sha256(f"{language}\n{text}".encode()).hexdigest()


class Consents(models.QuerySet["Consent"]):
    def standing(self, supporter: Supporter, purpose: str, channel: str = "email") -> bool | None:
        """Whether it is given; None if they were never asked."""
        entries = self.filter(supporter=supporter, purpose=purpose, channel=channel).order_by("-id")
        return entries.values_list("is_given", flat=True).first()

    def all_of(self, supporter: Supporter, channel: str = "email") -> dict[str, bool]:
        """Purpose → whether it is given, of all that they were asked and have answered."""
        entries = self.filter(supporter=supporter, channel=channel).order_by("id")
        return dict(entries.values_list("purpose", "is_given"))


class Consent(models.Model):
    """One decision of one person: for what, over which channel, under which words, when, and where it was said."""

    id = models.BigAutoField(primary_key=True)
    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=80)
    channel = models.CharField(max_length=20, default="email")
    is_given = models.BooleanField()
    asked = models.ForeignKey(Asked, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=40, help_text="The page or the door where it was said")
    at = models.DateTimeField()

    objects = Consents.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.purpose}: {'given' if self.is_given else 'refused'}"


def keep_words(asking: Asking) -> None:
    """Write down every text of a campaign's own that people may be shown; what it said before stays, too."""
    said = {Asked.key_of(text, language): (text, language) for text, language in asking.own_words()}
    rows = [Asked(digest=key, language=language, text=text) for key, (text, language) in said.items()]
    Asked.objects.bulk_create(rows, ignore_conflicts=True)


def record(supporter: Supporter, purpose: str, *, is_given: bool, source: str, now: datetime) -> Consent:
    """A decision said outside of a form, such as a press on «unsubscribe»."""
    return Consent.objects.create(supporter=supporter, purpose=purpose, is_given=is_given, source=source, at=now)
