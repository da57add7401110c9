"""All tables at once, for a database that has none: what the migrations before did one after the other.

Made from the models as they were then; what the database does by itself is taken from the migrations that say it.
A database that has gone the long way knows by `replaces` that it is there.
"""

import uuid
from importlib import import_module

import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.address
import campaigns.deadline
import campaigns.mailbox
import campaigns.position
import campaigns.sealed_text
from campaigns.tables import MakeTables

LEDGER = import_module("campaigns.migrations.0004_position_ledger")


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("campaigns", "0001_initial"),
        ("campaigns", "0002_contact_point_health"),
        ("campaigns", "0003_sending"),
        ("campaigns", "0004_position_ledger"),
        ("campaigns", "0005_seal_supporters"),
        ("campaigns", "0006_find_supporters"),
        ("campaigns", "0007_brakes"),
        ("campaigns", "0008_signatures"),
        ("campaigns", "0009_ladder"),
        ("campaigns", "0010_invalidations"),
        ("campaigns", "0011_localities"),
        ("campaigns", "0012_time_not_begun"),
        ("campaigns", "0013_redistricting"),
        ("campaigns", "0014_digests_only"),
        ("campaigns", "0015_embed"),
        ("campaigns", "0016_mailings"),
        ("campaigns", "0017_letters_of_supporters"),
        ("campaigns", "0018_consent"),
        ("campaigns", "0019_own_divisions"),
        ("campaigns", "0020_shares"),
        ("campaigns", "0021_watched_signatures"),
        ("campaigns", "0022_gatherings"),
    ]

    dependencies = [("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        MakeTables(
            migrations.CreateModel(
                name="Addressee",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("key", models.SlugField(max_length=80, unique=True)),
                    ("kind", models.CharField(max_length=20)),
                    ("name", models.CharField(max_length=200)),
                    ("holder", models.CharField(blank=True, max_length=200)),
                    ("salutation", models.CharField(blank=True, max_length=200)),
                    ("country", models.CharField(blank=True, max_length=2)),
                    ("languages", models.JSONField(default=list, help_text="In order of preference")),
                    ("time_zone", models.CharField(max_length=64)),
                    ("weekend", models.JSONField(default=list)),
                    (
                        "division",
                        models.CharField(blank=True, help_text="Whom they represent: a constituency", max_length=80),
                    ),
                ],
                options={
                    "ordering": ["name"],
                },
            ),
            migrations.CreateModel(
                name="Asked",
                fields=[
                    ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ("language", models.CharField(max_length=12)),
                    ("text", models.TextField()),
                ],
            ),
            migrations.CreateModel(
                name="Campaign",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("slug", models.SlugField(max_length=80, unique=True)),
                    ("title", models.JSONField()),
                    ("summary", models.JSONField(default=dict)),
                    (
                        "languages",
                        models.JSONField(help_text="Languages there are wordings in; the first is the default"),
                    ),
                    ("time_zone", models.CharField(max_length=64)),
                    ("publish_at", models.DateTimeField()),
                    ("published_at", models.DateTimeField(null=True)),
                    (
                        "clock",
                        models.CharField(
                            choices=[("publication", "publication"), ("delivery", "delivery")],
                            default=campaigns.position.Clock["PUBLICATION"],
                            max_length=16,
                        ),
                    ),
                    (
                        "satisfied",
                        models.CharField(
                            choices=[("all", "all"), ("any", "any")],
                            default=campaigns.position.Satisfied["ALL"],
                            max_length=8,
                        ),
                    ),
                    ("put_to", models.JSONField(default=list, help_text="Keys of the groups the demands are put to")),
                    ("fairness", models.JSONField(default=dict)),
                    ("sending", models.JSONField(default=dict, help_text="When messages to each audience may leave")),
                    ("facts", models.JSONField(default=list)),
                    ("sender", models.JSONField(default=dict)),
                    ("consent", models.JSONField(default=dict, help_text="What people are asked and told (asking.py)")),
                    ("terms", models.JSONField(default=dict)),
                    ("website", models.URLField(blank=True)),
                    (
                        "embed",
                        models.JSONField(
                            blank=True, default=list, help_text="Sites that may show the form for signing in a frame"
                        ),
                    ),
                    ("letter_rules", models.JSONField(default=dict, help_text="How letters of supporters begin")),
                    (
                        "fallbacks",
                        models.JSONField(
                            default=list, help_text="Keys of addressees for people whom nobody represents"
                        ),
                    ),
                    (
                        "divisions",
                        models.JSONField(
                            default=dict, help_text="What its own divisions.csv holds: rows, and their hash"
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[("draft", "Draft"), ("running", "Running"), ("closed", "Closed")],
                            default="draft",
                            max_length=16,
                        ),
                    ),
                    (
                        "is_invented",
                        models.BooleanField(default=False, help_text="A demonstration: its answers are made up"),
                    ),
                    ("created_at", models.DateTimeField()),
                    ("closed_at", models.DateTimeField(null=True)),
                    (
                        "failed_at",
                        models.DateTimeField(help_text="Since when the clock cannot pass over it", null=True),
                    ),
                    ("failure", models.CharField(blank=True, max_length=300)),
                ],
                options={
                    "ordering": ["-created_at", "slug"],
                },
            ),
            migrations.CreateModel(
                name="Appeal",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("planned", "Planned"),
                                ("waiting", "Waiting"),
                                ("acted", "Acted"),
                                ("exhausted", "Exhausted"),
                                ("withdrawn", "Withdrawn"),
                            ],
                            default="planned",
                            max_length=10,
                        ),
                    ),
                    (
                        "begun_at",
                        models.DateTimeField(
                            help_text="When this step's time began; a hold moves it with the deadline", null=True
                        ),
                    ),
                    ("due_at", models.DateTimeField(help_text="The last second still in time", null=True)),
                    (
                        "look_at",
                        models.DateTimeField(help_text="The first instant at which something could be due", null=True),
                    ),
                    (
                        "stopped_at",
                        models.DateTimeField(help_text="Since when a hold keeps the clock still", null=True),
                    ),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "addressee",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="appeals",
                            to="campaigns.addressee",
                        ),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="appeals", to="campaigns.campaign"
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("status__in", ["planned", "waiting"])),
                            fields=["campaign", "look_at"],
                            name="alive",
                        ),
                        models.Index(
                            condition=models.Q(("due_at", None), ("status", "waiting")),
                            fields=["campaign"],
                            name="time_not_begun",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("campaign", "addressee"), name="one_appeal_per_addressee")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Redistricting",
                fields=[
                    (
                        "campaign",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="redistricting",
                            serialize=False,
                            to="campaigns.campaign",
                        ),
                    ),
                    ("after", models.UUIDField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name="Demand",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("number", models.PositiveSmallIntegerField()),
                    ("key", models.SlugField(max_length=60)),
                    ("title", models.JSONField()),
                    ("text", models.JSONField()),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="demands", to="campaigns.campaign"
                        ),
                    ),
                ],
                options={
                    "ordering": ["number"],
                    "constraints": [models.UniqueConstraint(fields=("campaign", "key"), name="one_demand_per_key")],
                },
            ),
            migrations.CreateModel(
                name="Gathering",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("author", models.CharField(help_text="Who says that these people signed", max_length=150)),
                    ("at", models.DateTimeField()),
                    ("number", models.PositiveIntegerField(default=0)),
                    ("undone_by", models.CharField(blank=True, max_length=150)),
                    ("undone_at", models.DateTimeField(null=True)),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="gatherings",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-at", "id"],
                },
            ),
            migrations.CreateModel(
                name="Group",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("number", models.PositiveSmallIntegerField()),
                    ("key", models.SlugField(max_length=60)),
                    ("title", models.JSONField()),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="campaigns.campaign"
                        ),
                    ),
                ],
                options={
                    "ordering": ["number"],
                    "constraints": [models.UniqueConstraint(fields=("campaign", "key"), name="one_group_per_key")],
                },
            ),
            migrations.CreateModel(
                name="HolderChange",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("before", models.CharField(blank=True, max_length=200)),
                    ("after", models.CharField(blank=True, max_length=200)),
                    ("reason", models.TextField()),
                    ("author", models.CharField(max_length=150)),
                    ("at", models.DateTimeField()),
                    (
                        "addressee",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="holder_changes",
                            to="campaigns.addressee",
                        ),
                    ),
                ],
                options={
                    "ordering": ["at"],
                },
            ),
            migrations.CreateModel(
                name="Intervention",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("extended", "Extended"),
                                ("withdrawn", "Withdrawn"),
                                ("carried", "Carried"),
                                ("restarted", "Restarted"),
                                ("zone", "Zone"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("reason", models.TextField()),
                    ("author", models.CharField(max_length=150)),
                    ("at", models.DateTimeField()),
                    ("due_before", models.DateTimeField(help_text="The deadline that ran", null=True)),
                    ("due_after", models.DateTimeField(help_text="The deadline that runs now", null=True)),
                    (
                        "appeal",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="interventions",
                            to="campaigns.appeal",
                        ),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="interventions",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "ordering": ["id"],
                    "indexes": [models.Index(fields=["campaign", "at"], name="interventions_of_a_campaign")],
                },
            ),
            migrations.CreateModel(
                name="Invalidation",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("suspects", models.JSONField(help_text="Which signatures, in words of campaigns.suspects")),
                    ("reason", models.TextField()),
                    ("author", models.CharField(max_length=150)),
                    ("at", models.DateTimeField()),
                    (
                        "meant",
                        models.PositiveIntegerField(default=0, help_text="How many it was to be when it was decided"),
                    ),
                    ("number", models.PositiveIntegerField(default=0, help_text="Signatures taken out so far")),
                    ("done_at", models.DateTimeField(null=True)),
                    ("undone_by", models.CharField(blank=True, max_length=150)),
                    ("undone_at", models.DateTimeField(null=True)),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="invalidations",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-at", "id"],
                },
            ),
            migrations.CreateModel(
                name="Locality",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("country", models.CharField(max_length=2)),
                    ("postcode", models.CharField(blank=True, help_text="Capitals and digits only", max_length=16)),
                    ("place", models.CharField(blank=True, max_length=120)),
                    ("folded", models.CharField(blank=True, help_text="The place in small letters", max_length=120)),
                    ("division", models.CharField(max_length=80)),
                    (
                        "campaign",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="localities",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["postcode"], name="by_postcode"),
                        models.Index(fields=["folded"], name="by_place"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("campaign", "country", "postcode", "folded", "division"),
                            name="one_row_for_a_locality",
                            nulls_distinct=False,
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Mailing",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("key", models.SlugField(max_length=40)),
                    ("title", models.CharField(help_text="For staff", max_length=150)),
                    ("segment", models.JSONField(default=dict, help_text="campaigns.segment")),
                    (
                        "wordings",
                        models.JSONField(default=list, help_text="Names; the first is the one that is sent in doubt"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "Draft"),
                                ("planned", "Planned"),
                                ("composing", "Composing"),
                                ("testing", "Testing"),
                                ("composed", "Composed"),
                                ("stopped", "Stopped"),
                            ],
                            default="draft",
                            max_length=10,
                        ),
                    ),
                    ("at", models.DateTimeField(help_text="When it is to begin", null=True)),
                    (
                        "expires_after",
                        models.DurationField(help_text="What could not leave for so long leaves no more", null=True),
                    ),
                    (
                        "above_cap",
                        models.CharField(
                            choices=[("left out", "Left Out"), ("waits", "Waits")], default="left out", max_length=10
                        ),
                    ),
                    (
                        "measure",
                        models.CharField(
                            choices=[
                                ("letters", "Letters"),
                                ("signatures", "Signatures"),
                                ("unsubscribes", "Unsubscribes"),
                            ],
                            default="letters",
                            max_length=12,
                        ),
                    ),
                    (
                        "test_share",
                        models.PositiveSmallIntegerField(
                            default=0, help_text="Per cent; 0 for no test before the rest"
                        ),
                    ),
                    ("test_time", models.DurationField(null=True)),
                    ("test_ends_at", models.DateTimeField(null=True)),
                    ("chosen", models.CharField(blank=True, help_text="The wording the rest gets", max_length=60)),
                    ("decision", models.JSONField(default=dict, help_text="What was counted when it was chosen")),
                    ("written_to", models.UUIDField(null=True)),
                    ("author", models.CharField(max_length=150)),
                    ("created_at", models.DateTimeField()),
                    ("composed_at", models.DateTimeField(null=True)),
                    ("stopped_at", models.DateTimeField(null=True)),
                    ("stopped_by", models.CharField(blank=True, max_length=150)),
                    ("stop_reason", models.TextField(blank=True)),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="mailings",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-created_at", "key"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state__in", ["planned", "composing", "testing"])),
                            fields=["state", "at"],
                            name="mailings_due",
                        )
                    ],
                    "constraints": [models.UniqueConstraint(fields=("campaign", "key"), name="one_mailing_per_key")],
                },
            ),
            migrations.CreateModel(
                name="MailingApproval",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("author", models.CharField(help_text="The approver's name", max_length=150)),
                    ("content", models.CharField(max_length=64)),
                    ("at", models.DateTimeField()),
                    ("taken_back_at", models.DateTimeField(null=True)),
                    (
                        "approver",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "mailing",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="approvals",
                            to="campaigns.mailing",
                        ),
                    ),
                ],
                options={
                    "ordering": ["id"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("taken_back_at", None)),
                            fields=("mailing", "approver", "content"),
                            name="one_approval_of_a_mailing_per_person",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Membership",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("capacity", models.CharField(blank=True, max_length=300)),
                    (
                        "addressee",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="memberships",
                            to="campaigns.addressee",
                        ),
                    ),
                    (
                        "group",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="memberships",
                            to="campaigns.group",
                        ),
                    ),
                ],
                options={
                    "ordering": ["group__number"],
                    "constraints": [models.UniqueConstraint(fields=("group", "addressee"), name="once_in_a_group")],
                },
            ),
            migrations.CreateModel(
                name="Outcome",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("refused", "Refused"),
                                ("deflected", "Deflected"),
                                ("committed", "Committed"),
                                ("partly", "Partly"),
                                ("done", "Done"),
                                ("none", "None"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "until",
                        models.DateField(help_text="The last day of a commitment, in the campaign's zone", null=True),
                    ),
                    ("summary", models.TextField(blank=True)),
                    ("evidence", models.TextField(help_text="A link, or what shows it")),
                    (
                        "evidence_kind",
                        models.CharField(
                            choices=[("words", "Words"), ("link", "Link"), ("response", "Response"), ("file", "File")],
                            default="words",
                            max_length=8,
                        ),
                    ),
                    (
                        "shown_by",
                        models.UUIDField(help_text="The answer, or the file that is kept, that shows it", null=True),
                    ),
                    ("author", models.CharField(max_length=150)),
                    ("at", models.DateTimeField()),
                    (
                        "appeal",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="outcomes", to="campaigns.appeal"
                        ),
                    ),
                    (
                        "demand",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="campaigns.demand"
                        ),
                    ),
                ],
                options={
                    "ordering": ["id"],
                },
            ),
            migrations.CreateModel(
                name="Review",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("reviewer", models.CharField(max_length=150)),
                    ("holds", models.BooleanField(help_text="Whether the evidence shows what the outcome says")),
                    ("note", models.TextField(blank=True)),
                    ("at", models.DateTimeField()),
                    (
                        "outcome",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="campaigns.outcome"
                        ),
                    ),
                ],
                options={
                    "ordering": ["id"],
                },
            ),
            migrations.CreateModel(
                name="Share",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    (
                        "app",
                        models.CharField(
                            choices=[
                                ("email", "Email"),
                                ("whatsapp", "WhatsApp"),
                                ("telegram", "Telegram"),
                                ("x", "X"),
                                ("bluesky", "Bluesky"),
                                ("mastodon", "Mastodon"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("number", models.PositiveIntegerField(default=1)),
                    (
                        "campaign",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="shares",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["campaign", "app"], include=("number",), name="shares_of_a_campaign")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Step",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("number", models.PositiveSmallIntegerField()),
                    ("key", models.SlugField(max_length=60)),
                    ("title", models.JSONField()),
                    ("patience", models.DurationField()),
                    (
                        "ends",
                        models.CharField(
                            choices=[("exact", "exact"), ("end of day", "end of day")],
                            default=campaigns.deadline.Ends["EXACT"],
                            max_length=12,
                        ),
                    ),
                    (
                        "days",
                        models.CharField(
                            choices=[("calendar", "calendar"), ("business", "business")],
                            default=campaigns.deadline.Days["CALENDAR"],
                            max_length=8,
                        ),
                    ),
                    ("only_if", models.JSONField(default=list)),
                    ("signatures", models.PositiveIntegerField(default=0, help_text="How many there must be")),
                    (
                        "at_once",
                        models.BooleanField(default=False, help_text="It does not wait for the deadline before it"),
                    ),
                    ("next", models.JSONField(default=list)),
                    (
                        "approvers",
                        models.PositiveSmallIntegerField(default=0, help_text="How many people must approve it"),
                    ),
                    ("minimum_gap", models.DurationField(help_text="In place of the campaign's", null=True)),
                    ("dispatches", models.JSONField(default=list)),
                    ("reminders", models.JSONField(default=list)),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="campaigns.campaign"
                        ),
                    ),
                ],
                options={
                    "ordering": ["number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("campaign", "key"), name="one_step_per_key"),
                        models.UniqueConstraint(
                            deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                            fields=("campaign", "number"),
                            name="one_step_per_number",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Skip",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("sentence", models.TextField()),
                    ("at", models.DateTimeField()),
                    (
                        "appeal",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="skips", to="campaigns.appeal"
                        ),
                    ),
                    (
                        "step",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="skips", to="campaigns.step"
                        ),
                    ),
                ],
                options={
                    "ordering": ["at", "step__number"],
                    "constraints": [models.UniqueConstraint(fields=("appeal", "step"), name="a_step_is_left_out_once")],
                },
            ),
            migrations.CreateModel(
                name="Pause",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("code", models.CharField(max_length=16)),
                    ("sentence", models.TextField()),
                    ("began_at", models.DateTimeField()),
                    ("until", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "appeal",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="campaigns.appeal"
                        ),
                    ),
                    (
                        "step",
                        models.ForeignKey(
                            help_text="The step that would have begun",
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            to="campaigns.step",
                        ),
                    ),
                ],
                options={
                    "ordering": ["began_at"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("appeal", "code"),
                            name="one_running_pause_of_a_kind",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Hold",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("channel", models.CharField(blank=True, max_length=20)),
                    ("domain", models.CharField(blank=True, max_length=253)),
                    ("reason", models.TextField()),
                    (
                        "note",
                        models.TextField(blank=True, help_text="What public pages say while everything is stopped"),
                    ),
                    (
                        "is_doubt",
                        models.BooleanField(default=False, help_text="Who lifts it says that the clock is right"),
                    ),
                    ("author", models.CharField(max_length=150)),
                    ("began_at", models.DateTimeField()),
                    ("until", models.DateTimeField(null=True)),
                    ("lifted_at", models.DateTimeField(null=True)),
                    ("lifted_by", models.CharField(blank=True, max_length=150)),
                    (
                        "addressee",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="holds",
                            to="campaigns.addressee",
                        ),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="holds",
                            to="campaigns.campaign",
                        ),
                    ),
                    (
                        "mailing",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="holds",
                            to="campaigns.mailing",
                        ),
                    ),
                    (
                        "step",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="holds",
                            to="campaigns.step",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-began_at"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("lifted_at", None)), fields=["campaign"], name="standing_holds"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Approval",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("author", models.CharField(help_text="The approver's name", max_length=150)),
                    ("content", models.CharField(max_length=64)),
                    ("at", models.DateTimeField()),
                    ("taken_back_at", models.DateTimeField(null=True)),
                    ("appeals", models.ManyToManyField(related_name="approvals", to="campaigns.appeal")),
                    (
                        "approver",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "step",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="approvals", to="campaigns.step"
                        ),
                    ),
                ],
                options={
                    "ordering": ["at"],
                },
            ),
            migrations.AddField(
                model_name="appeal",
                name="step",
                field=models.ForeignKey(
                    null=True, on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="campaigns.step"
                ),
            ),
            migrations.CreateModel(
                name="Supporter",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("name", campaigns.sealed_text.SealedText(blank=True)),
                    ("email", campaigns.sealed_text.SealedText()),
                    ("email_digest", campaigns.address.DigestOf("email", editable=False, max_length=64)),
                    ("email_domain", campaigns.address.DomainOf("email", editable=False, max_length=253)),
                    (
                        "mailbox_digest",
                        campaigns.mailbox.MailboxOf("email", db_default="", editable=False, max_length=64),
                    ),
                    ("language", models.CharField(max_length=12)),
                    ("country", models.CharField(blank=True, max_length=2)),
                    ("postcode", campaigns.sealed_text.SealedText(blank=True)),
                    ("joined_at", models.DateTimeField()),
                    (
                        "confirmed_at",
                        models.DateTimeField(help_text="When the address was proven to be theirs", null=True),
                    ),
                    (
                        "agreed_at",
                        models.DateTimeField(help_text="When they allowed messages about this campaign", null=True),
                    ),
                    ("opted_out_at", models.DateTimeField(null=True)),
                    (
                        "forgotten_at",
                        models.DateTimeField(help_text="Since when we do not know any more who it was", null=True),
                    ),
                    (
                        "division",
                        models.CharField(
                            blank=True, help_text="Where they are represented; empty if not known", max_length=80
                        ),
                    ),
                    (
                        "chose_division",
                        models.BooleanField(db_default=False, default=False, help_text="They said it themselves"),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="supporters",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["campaign", "id"], name="supporters_in_order"),
                        models.Index(fields=["campaign", "email_domain"], name="supporters_by_domain"),
                        models.Index(
                            condition=models.Q(("mailbox_digest", ""), _negated=True),
                            fields=["mailbox_digest"],
                            name="supporters_by_mailbox",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("email_digest", ""), _negated=True),
                            fields=("campaign", "email_digest"),
                            name="one_supporter_per_email",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("mailbox_digest", ""), _negated=True),
                            fields=("campaign", "mailbox_digest"),
                            name="one_supporter_per_mailbox",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Signature",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("pending", "Pending"),
                                ("confirmed", "Confirmed"),
                                ("invalidated", "Invalidated"),
                                ("withdrawn", "Withdrawn"),
                            ],
                            default="pending",
                            max_length=12,
                        ),
                    ),
                    ("is_public", models.BooleanField(default=False, help_text="Whether the name may be shown")),
                    ("comment", campaigns.sealed_text.SealedText(blank=True)),
                    ("network", models.CharField(blank=True, max_length=32)),
                    ("marks", models.JSONField(blank=True, default=list)),
                    ("signed_at", models.DateTimeField()),
                    ("sheet", models.PositiveIntegerField(help_text="On paper: number of the sheet", null=True)),
                    ("row", models.PositiveSmallIntegerField(help_text="On paper: row of the sheet", null=True)),
                    (
                        "place",
                        campaigns.sealed_text.SealedText(
                            blank=True, help_text="On paper: where they live, as they wrote it"
                        ),
                    ),
                    ("confirmed_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "campaign",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="signatures",
                            to="campaigns.campaign",
                        ),
                    ),
                    (
                        "gathering",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="signatures",
                            to="campaigns.gathering",
                        ),
                    ),
                    (
                        "invalidation",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="signatures",
                            to="campaigns.invalidation",
                        ),
                    ),
                    (
                        "supporter",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="signature",
                            to="campaigns.supporter",
                        ),
                    ),
                ],
                options={
                    "ordering": ["id"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state", "confirmed")),
                            fields=["campaign", "-confirmed_at"],
                            name="newest_signed",
                        ),
                        models.Index(fields=["campaign", "state"], name="signatures_by_state"),
                        django.contrib.postgres.indexes.BrinIndex(
                            autosummarize=True, fields=["signed_at"], name="signatures_by_time"
                        ),
                        models.Index(
                            condition=models.Q(("network", ""), _negated=True),
                            fields=["campaign", "network"],
                            name="signatures_by_network",
                        ),
                        models.Index(
                            condition=models.Q(("invalidation", None), _negated=True),
                            fields=["invalidation"],
                            name="signatures_taken_out",
                        ),
                        models.Index(
                            condition=models.Q(("gathering", None), _negated=True),
                            fields=["gathering"],
                            name="signatures_on_paper",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("sheet__isnull", False), models.Q(("state", "withdrawn"), _negated=True)
                            ),
                            fields=("campaign", "sheet", "row"),
                            name="one_signature_per_row",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Consent",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("purpose", models.CharField(max_length=80)),
                    ("channel", models.CharField(default="email", max_length=20)),
                    ("is_given", models.BooleanField()),
                    ("source", models.CharField(help_text="The page or the door where it was said", max_length=40)),
                    ("at", models.DateTimeField()),
                    (
                        "asked",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="campaigns.asked",
                        ),
                    ),
                    (
                        "supporter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="consents",
                            to="campaigns.supporter",
                        ),
                    ),
                ],
                options={
                    "ordering": ["id"],
                },
            ),
            migrations.CreateModel(
                name="Tally",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("change", models.IntegerField()),
                    (
                        "campaign",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="tallies",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["campaign"], include=("change",), name="tallies_of_a_campaign")],
                },
            ),
            migrations.CreateModel(
                name="Version",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("number", models.PositiveIntegerField()),
                    ("author", models.CharField(max_length=150)),
                    ("at", models.DateTimeField()),
                    ("digest", models.CharField(max_length=64)),
                    ("changes", models.JSONField(help_text="A sentence for each thing that became different")),
                    ("is_live", models.BooleanField(default=False, help_text="The campaign was public already")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="versions",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("campaign", "number"), name="one_version_of_a_number")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Wave",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("reminder", models.PositiveSmallIntegerField(default=0)),
                    ("at", models.DateTimeField()),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="waves", to="campaigns.campaign"
                        ),
                    ),
                    (
                        "mailing",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="wave",
                            to="campaigns.mailing",
                        ),
                    ),
                    (
                        "step",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="waves",
                            to="campaigns.step",
                        ),
                    ),
                ],
                options={
                    "ordering": ["at"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("mailing", None), ("step__isnull", False)),
                                models.Q(("mailing__isnull", False), ("step", None)),
                                _connector="OR",
                            ),
                            name="a_wave_is_of_a_step_or_of_a_mailing",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Turn",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("reminder", models.PositiveSmallIntegerField(default=0)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("opening", "Opening"),
                                ("follow-up", "Follow Up"),
                                ("escalation", "Escalation"),
                                ("at once", "At Once"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("due_at", models.DateTimeField(help_text="The deadline that began to run with it", null=True)),
                    ("missed_at", models.DateTimeField(null=True)),
                    (
                        "appeal",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="turns", to="campaigns.appeal"
                        ),
                    ),
                    (
                        "step",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="campaigns.step"
                        ),
                    ),
                    (
                        "wave",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="campaigns.wave"
                        ),
                    ),
                ],
                options={
                    "ordering": ["at", "reminder"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("appeal", "step", "reminder"), name="a_step_begins_once_per_appeal"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Wording",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "name",
                        models.SlugField(
                            help_text="The step's key, or the name of a reminder's wording", max_length=60
                        ),
                    ),
                    ("channel", models.CharField(max_length=20)),
                    ("language", models.CharField(max_length=12)),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "status",
                        models.CharField(
                            choices=[("draft", "Draft"), ("reviewed", "Reviewed"), ("approved", "Approved")],
                            default="approved",
                            max_length=10,
                        ),
                    ),
                    ("subject", models.TextField(blank=True)),
                    ("body", models.TextField()),
                    ("written_at", models.DateTimeField()),
                    ("replaced_at", models.DateTimeField(null=True)),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="wordings",
                            to="campaigns.campaign",
                        ),
                    ),
                    (
                        "mailing",
                        models.ForeignKey(
                            help_text="It belongs to",
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="texts",
                            to="campaigns.mailing",
                        ),
                    ),
                ],
                options={
                    "ordering": ["name", "channel", "language", "-version"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("replaced_at", None)),
                            fields=("campaign", "name", "channel", "language"),
                            name="one_current_version_of_a_wording",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ContactPoint",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("channel", models.CharField(max_length=20)),
                    ("address", models.CharField(max_length=320)),
                    ("position", models.PositiveSmallIntegerField(default=1)),
                    (
                        "health",
                        models.CharField(
                            choices=[("good", "Good"), ("ailing", "Ailing"), ("dead", "Dead")],
                            default="good",
                            max_length=8,
                        ),
                    ),
                    (
                        "digests_only",
                        models.BooleanField(
                            db_default=False,
                            default=False,
                            help_text="Supporters' letters go there together, never one by one",
                        ),
                    ),
                    (
                        "failures",
                        models.PositiveSmallIntegerField(default=0, help_text="In a row, that may pass: mailbox full"),
                    ),
                    (
                        "addressee",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="contact_points",
                            to="campaigns.addressee",
                        ),
                    ),
                ],
                options={
                    "ordering": ["channel", "position"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("addressee", "channel", "address"), name="one_contact_point_per_address"
                        )
                    ],
                },
            ),
        ),
        migrations.RunSQL(LEDGER.APPEND_ONLY, LEDGER.AS_BEFORE),
    ]
