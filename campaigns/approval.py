import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import models

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.step import Step

CONTENT = ("key", "ends", "days", "only_if", "signatures", "at_once", "next", "dispatches", "reminders")


class Approval(models.Model):
    """Somebody looked at what a step would send and said yes, for certain appeals.

    It holds for exactly that: `content` names the step and the versions of its wordings, and when either is changed the
    approval counts no longer. It may be taken back until the step begins.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.ForeignKey(Step, models.CASCADE, related_name="approvals")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author = models.CharField(max_length=150, help_text="The approver's name")
    content = models.CharField(max_length=64)
    appeals = models.ManyToManyField(Appeal, related_name="approvals")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.step_id} approved by {self.author}"


def contents(campaign: Campaign) -> dict[int, str]:
    """What is to be approved, by the number of each step that needs it: a digest of the step and its wordings."""
    steps = [step for step in campaign.steps.all() if step.approvers]
    if not steps:
        return {}
    versions: dict[str, list[str]] = defaultdict(list)
    for name, pk in campaign.wordings.usable().order_by("pk").values_list("name", "pk"):
        versions[name].append(str(pk))
    return {step.number: _digest(step, versions) for step in steps}


def approvals_of(campaign: Campaign, appeals: Iterable[Appeal]) -> dict[uuid.UUID, dict[int, int]]:
    """For each appeal, by the number of a step: how many people have approved it as it is now."""
    current = contents(campaign)
    found: dict[uuid.UUID, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    if current:
        standing = Approval.objects.filter(step__campaign=campaign, taken_back_at=None, appeals__in=list(appeals))
        rows = standing.order_by().exclude(approver=None)
        for appeal, number, content, approver in rows.values_list("appeals", "step__number", "content", "approver"):
            if current.get(number) == content:
                found[appeal][number].add(approver)
    return {appeal: {number: len(people) for number, people in by_step.items()} for appeal, by_step in found.items()}


def _digest(step: Step, versions: Mapping[str, list[str]]) -> str:
    named = sorted({each["wording"] for each in (*step.dispatches, *step.reminders)})
    said = {name: getattr(step, name) for name in CONTENT} | {
        "patience": step.patience.total_seconds(),
        "wordings": [versions.get(name, []) for name in named],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
