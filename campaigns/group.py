import uuid

from django.db import models

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign


class Group(models.Model):
    """A named set of addressees of a campaign."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    title = models.JSONField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "key"], name="one_group_per_key")]

    def __str__(self) -> str:
        return self.key


class Membership(models.Model):
    """An addressee in a group, and the capacity in which it is addressed there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    addressee = models.ForeignKey(Addressee, models.CASCADE, related_name="memberships")
    capacity = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["group__number"]
        constraints = [models.UniqueConstraint(fields=["group", "addressee"], name="once_in_a_group")]

    def __str__(self) -> str:
        return f"{self.addressee_id} in {self.group_id}"
