"""All tables at once, for a database that has none: what the migrations before did one after the other.

Made from the models as they were then; what the database does by itself is taken from the migrations that say it.
A database that has gone the long way knows by `replaces` that it is there.
"""

import datetime
import uuid
from importlib import import_module

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

import campaigns.sealed_text
from campaigns.tables import MakeTables

SAID_BEFORE = ("0002_roles", "0013_evidence", "0017_evidence_kept", "0025_evidence_of_ladder")


def _by_itself(name: str) -> list[Operation]:
    """What a migration makes the database do, and writes into it, apart from its tables."""
    operations = import_module(f"outreach.migrations.{name}").Migration.operations
    return [each for each in operations if isinstance(each, (migrations.RunSQL, migrations.RunPython))]


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("outreach", "0001_initial"),
        ("outreach", "0002_roles"),
        ("outreach", "0003_accounts"),
        ("outreach", "0004_rates"),
        ("outreach", "0005_bad_news"),
        ("outreach", "0006_reports"),
        ("outreach", "0007_chunks"),
        ("outreach", "0008_questions"),
        ("outreach", "0009_tasks"),
        ("outreach", "0010_digest_and_again"),
        ("outreach", "0011_incoming"),
        ("outreach", "0012_exhibits"),
        ("outreach", "0013_evidence"),
        ("outreach", "0014_pulse"),
        ("outreach", "0015_signups"),
        ("outreach", "0016_bulletins"),
        ("outreach", "0017_evidence_kept"),
        ("outreach", "0018_statements"),
        ("outreach", "0019_replies"),
        ("outreach", "0020_set_aside"),
        ("outreach", "0021_mailbox"),
        ("outreach", "0022_incoming_tries"),
        ("outreach", "0023_attention"),
        ("outreach", "0024_reading_lease"),
        ("outreach", "0025_evidence_of_ladder"),
        ("outreach", "0026_own_data"),
        ("outreach", "0027_letters"),
        ("outreach", "0028_mailbags"),
        ("outreach", "0029_mailings"),
        ("outreach", "0030_letter_replies"),
        ("outreach", "0031_alarms"),
        ("outreach", "0032_partners"),
        ("outreach", "0033_sealed_words"),
        ("outreach", "0034_letters_by_appeal"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("campaigns", "from_nothing"),
    ]

    operations = [
        MakeTables(
            migrations.CreateModel(
                name="Account",
                fields=[
                    ("name", models.CharField(max_length=300, primary_key=True, serialize=False)),
                    (
                        "spent",
                        models.DecimalField(
                            decimal_places=4, default=0, help_text="Cents: the sum of its payments", max_digits=14
                        ),
                    ),
                    (
                        "replies_since",
                        models.CharField(
                            db_default="", default="", help_text="How far answers were read", max_length=600
                        ),
                    ),
                    (
                        "look_at",
                        models.DateTimeField(help_text="When to look for answers next, in real time", null=True),
                    ),
                    ("looked_at", models.DateTimeField(help_text="When that was done last, in real time", null=True)),
                    ("trouble", models.TextField(db_default="", default="", help_text="Why answers cannot be read")),
                    ("session", models.BinaryField(default=b"", help_text="Sealed; empty if none is open")),
                ],
            ),
            migrations.CreateModel(
                name="Bucket",
                fields=[
                    ("name", models.CharField(max_length=320, primary_key=True, serialize=False)),
                    ("full_at", models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name="Delivery",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("audience", models.CharField(max_length=60)),
                    ("channel", models.CharField(max_length=20)),
                    ("recipient", models.CharField(max_length=80)),
                    ("place", models.PositiveSmallIntegerField(help_text="In the chunk, from 0", null=True)),
                    ("wording_name", models.CharField(max_length=60)),
                    ("language", models.CharField(blank=True, max_length=12)),
                    ("subject", models.TextField(blank=True)),
                    ("text", models.TextField(blank=True, help_text="Word for word, as it went out")),
                    ("html", models.TextField(blank=True)),
                    (
                        "words_sealed",
                        campaigns.sealed_text.SealedText(
                            blank=True, db_default="", help_text="Subject, text, HTML: to a supporter alone"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("planned", "Planned"),
                                ("due", "Due"),
                                ("claimed", "Claimed"),
                                ("sending", "Sending"),
                                ("handed", "Handed"),
                                ("sent", "Sent"),
                                ("delivered", "Delivered"),
                                ("delayed", "Delayed"),
                                ("bounced", "Bounced"),
                                ("refused", "Refused"),
                                ("suppressed", "Suppressed"),
                                ("expired", "Expired"),
                                ("cancelled", "Cancelled"),
                                ("unknown", "Unknown"),
                            ],
                            default="due",
                            max_length=10,
                        ),
                    ),
                    ("due_at", models.DateTimeField()),
                    ("expires_at", models.DateTimeField(null=True)),
                    (
                        "token",
                        models.UUIDField(help_text="Fence: only the holder of the newest claim may settle", null=True),
                    ),
                    ("lease_until", models.DateTimeField(help_text="Real time, also in a demonstration", null=True)),
                    ("attempts", models.PositiveSmallIntegerField(default=0)),
                    (
                        "digest",
                        models.UUIDField(
                            help_text="The message it goes in together with others; one of their ids", null=True
                        ),
                    ),
                    ("tried_at", models.DateTimeField(help_text="When it was last handed to the wire", null=True)),
                    ("wire", models.CharField(blank=True, max_length=20)),
                    (
                        "asks",
                        models.PositiveSmallIntegerField(
                            db_default=0, default=0, help_text="Questions to its provider"
                        ),
                    ),
                    ("ask_at", models.DateTimeField(help_text="When to ask next, in real time", null=True)),
                    ("reference", models.CharField(blank=True, max_length=300)),
                    ("reason", models.TextField(blank=True)),
                    ("sent_at", models.DateTimeField(null=True)),
                    ("delivered_at", models.DateTimeField(null=True)),
                    ("created_at", models.DateTimeField()),
                    (
                        "addressee",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="deliveries",
                            to="campaigns.addressee",
                        ),
                    ),
                    (
                        "appeal",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="deliveries",
                            to="campaigns.appeal",
                        ),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="deliveries",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "ordering": ["created_at", "id"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state__in", ["claimed", "sending"])),
                            fields=["lease_until"],
                            name="leased",
                        ),
                        models.Index(condition=models.Q(("state", "unknown")), fields=["ask_at"], name="unknown"),
                        models.Index(
                            condition=models.Q(("appeal__isnull", False)),
                            fields=["appeal", "created_at"],
                            name="of_an_appeal",
                        ),
                        models.Index(fields=["campaign", "state"], name="by_state"),
                        models.Index(
                            condition=models.Q(("addressee__isnull", False)),
                            fields=["addressee"],
                            name="of_an_addressee",
                        ),
                        models.Index(
                            condition=models.Q(("digest__isnull", False)), fields=["digest"], name="of_a_digest"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Erasure",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("reason", models.TextField(help_text="How they asked; nothing by which they could be known")),
                    ("author", models.CharField(max_length=150)),
                    ("at", models.DateTimeField()),
                    ("campaigns", models.JSONField(default=list, help_text="Slugs of those they took part in")),
                    ("mails", models.PositiveIntegerField(default=0, help_text="Mails of theirs that were wiped")),
                    (
                        "is_suppressed",
                        models.BooleanField(default=False, help_text="They must never be written to again"),
                    ),
                ],
                options={
                    "ordering": ["-at", "id"],
                },
            ),
            migrations.CreateModel(
                name="Evidence",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("number", models.PositiveIntegerField(help_text="Within the campaign, from 1")),
                    ("kind", models.CharField(max_length=16)),
                    ("about", models.CharField(help_text="The id of what it is about", max_length=40)),
                    (
                        "addressee",
                        models.CharField(blank=True, help_text="The key of whom it concerns, if one", max_length=80),
                    ),
                    ("content", models.TextField()),
                    ("hash", models.CharField(max_length=64)),
                    (
                        "campaign",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="evidence",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "ordering": ["campaign", "number"],
                    "indexes": [
                        models.Index(fields=["campaign", "kind", "about"], name="evidence_about"),
                        models.Index(fields=["campaign", "addressee"], name="evidence_of_an_addressee"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("campaign", "number"), name="one_entry_of_a_number")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Mailbox",
                fields=[
                    (
                        "name",
                        models.CharField(
                            help_text="user@host:port/folder", max_length=300, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "validity",
                        models.BigIntegerField(default=0, help_text="UIDVALIDITY: with another one numbers begin anew"),
                    ),
                    ("uid", models.BigIntegerField(default=0, help_text="The last number that was taken in")),
                    ("taken", models.BigIntegerField(default=0, help_text="How many were taken in, ever")),
                    ("polled_at", models.DateTimeField(help_text="Real time", null=True)),
                    ("problem", models.TextField(blank=True, help_text="Why it could not be read lately")),
                ],
            ),
            migrations.CreateModel(
                name="Pulse",
                fields=[
                    ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                    ("installation", models.UUIDField(default=uuid.uuid4)),
                    ("number", models.BigIntegerField(default=0)),
                    ("at", models.DateTimeField(help_text="In real time", null=True)),
                    ("boot", models.CharField(blank=True, max_length=64)),
                    ("uptime", models.FloatField(default=0)),
                    (
                        "zones",
                        models.CharField(blank=True, help_text="Version of the time-zone database", max_length=40),
                    ),
                    (
                        "skew",
                        models.DurationField(
                            default=datetime.timedelta(0), help_text="By which the database's clock is known to differ"
                        ),
                    ),
                    (
                        "is_doubted",
                        models.BooleanField(
                            default=False, help_text="A person has been asked whether the clock is right"
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Response",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("channel", models.CharField(max_length=20)),
                    ("text", models.TextField(blank=True)),
                    ("language", models.CharField(blank=True, max_length=12)),
                    (
                        "kind",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("auto-reply", "Auto Reply"),
                                ("acknowledgement", "Acknowledgement"),
                                ("deflection", "Deflection"),
                                ("substantive", "Substantive"),
                                ("refusal", "Refusal"),
                                ("commitment", "Commitment"),
                            ],
                            max_length=16,
                        ),
                    ),
                    (
                        "kind_by",
                        models.CharField(
                            blank=True, help_text="The person, or the rule, that gave the kind", max_length=150
                        ),
                    ),
                    (
                        "reference",
                        models.CharField(
                            blank=True, help_text="Its name where it came from: a post's address", max_length=300
                        ),
                    ),
                    (
                        "proposed_kind",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("auto-reply", "Auto Reply"),
                                ("acknowledgement", "Acknowledgement"),
                                ("deflection", "Deflection"),
                                ("substantive", "Substantive"),
                                ("refusal", "Refusal"),
                                ("commitment", "Commitment"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("proposed_why", models.TextField(blank=True)),
                    (
                        "doubt",
                        models.CharField(
                            blank=True, help_text="What is not proven about it, such as its sender", max_length=300
                        ),
                    ),
                    ("received_at", models.DateTimeField()),
                    ("read_at", models.DateTimeField(null=True)),
                    ("recorded_by", models.CharField(max_length=150)),
                    ("is_invented", models.BooleanField(default=False)),
                    (
                        "appeal",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="responses", to="campaigns.appeal"
                        ),
                    ),
                ],
                options={
                    "ordering": ["received_at"],
                    "indexes": [models.Index(condition=models.Q(("read_at", None)), fields=["appeal"], name="unread")],
                },
            ),
            migrations.CreateModel(
                name="TaskProof",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("name", models.CharField(max_length=120)),
                    ("media_type", models.CharField(max_length=40)),
                    ("size", models.PositiveIntegerField(help_text="Bytes")),
                    ("sha256", models.CharField(max_length=64)),
                    ("content", models.BinaryField(help_text="Sealed")),
                    ("added_by", models.CharField(max_length=150)),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "ordering": ["at", "id"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="UsedProof",
                fields=[
                    ("nonce", models.CharField(max_length=32, primary_key=True, serialize=False)),
                    ("used_at", models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name="ApiKey",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("name", models.CharField(max_length=100)),
                    (
                        "scope",
                        models.CharField(choices=[("read", "Read"), ("write", "Write")], default="write", max_length=8),
                    ),
                    ("digest", models.CharField(max_length=64, unique=True)),
                    ("created_at", models.DateTimeField()),
                    ("revoked_at", models.DateTimeField(null=True)),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="api_keys",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Attention",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("key", models.CharField(max_length=80, unique=True)),
                    ("since", models.DateTimeField(help_text="Real time, also in a demonstration")),
                    ("aside_at", models.DateTimeField(null=True)),
                    ("note", models.TextField(blank=True, help_text="Why nothing is to be done")),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Bulletin",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("provider", models.CharField(max_length=20)),
                    (
                        "sha256",
                        models.CharField(
                            help_text="Of the body, so that a repetition is known", max_length=64, null=True
                        ),
                    ),
                    ("body", models.BinaryField(help_text="Packed and sealed")),
                    ("received_at", models.DateTimeField(help_text="Real time")),
                    ("read_at", models.DateTimeField(help_text="Real time", null=True)),
                    ("problem", models.TextField(blank=True, help_text="Why it could not be read")),
                    (
                        "set_aside_by",
                        models.CharField(blank=True, db_default="", help_text="Who has looked at it", max_length=150),
                    ),
                    ("set_aside_at", models.DateTimeField(help_text="Real time", null=True)),
                ],
                options={
                    "indexes": [
                        models.Index(condition=models.Q(("read_at", None)), fields=["id"], name="unread_bulletins"),
                        models.Index(
                            condition=models.Q(("problem", ""), _negated=True),
                            fields=["id"],
                            name="unreadable_bulletins",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("provider", "sha256"), name="a_bulletin_is_kept_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Chunk",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("channel", models.CharField(max_length=20)),
                    ("wording_name", models.CharField(max_length=60)),
                    ("number", models.PositiveIntegerField(help_text="Within its wave, channel and wording, from 0")),
                    ("size", models.PositiveSmallIntegerField(help_text="Places, from 0")),
                    ("intended", models.PositiveSmallIntegerField(default=0)),
                    (
                        "state",
                        models.CharField(
                            choices=[("due", "Due"), ("claimed", "Claimed"), ("done", "Done"), ("folded", "Folded")],
                            default="due",
                            max_length=8,
                        ),
                    ),
                    ("due_at", models.DateTimeField()),
                    ("expires_at", models.DateTimeField(null=True)),
                    ("attempts", models.PositiveSmallIntegerField(default=0)),
                    (
                        "token",
                        models.UUIDField(help_text="Fence: only the holder of the newest claim may go on", null=True),
                    ),
                    ("lease_until", models.DateTimeField(help_text="Real time, also in a demonstration", null=True)),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="chunks", to="campaigns.campaign"
                        ),
                    ),
                    (
                        "step",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="campaigns.step",
                        ),
                    ),
                    (
                        "wave",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="chunks",
                            to="campaigns.wave",
                        ),
                    ),
                ],
                options={
                    "ordering": ["due_at", "id"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state", "due")), fields=["channel", "due_at"], name="claimable_chunks"
                        ),
                        models.Index(
                            condition=models.Q(("state__in", ["claimed", "done"])),
                            fields=["state"],
                            name="chunks_at_work",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("wave", "channel", "wording_name", "number"), name="one_chunk_of_a_number_per_wave"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Task",
                fields=[
                    (
                        "delivery",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="task",
                            serialize=False,
                            to="outreach.delivery",
                        ),
                    ),
                    ("due_at", models.DateTimeField()),
                    ("taken_at", models.DateTimeField(null=True)),
                    (
                        "enclosure",
                        models.JSONField(default=list, help_text="Of a letter: a title, and the demands in full"),
                    ),
                    ("settled_at", models.DateTimeField(null=True)),
                    ("settled_by", models.CharField(blank=True, max_length=150)),
                    (
                        "note",
                        models.TextField(
                            blank=True, help_text="What the person wrote down, or why it could not be done"
                        ),
                    ),
                ],
                options={
                    "ordering": ["due_at", "delivery_id"],
                },
            ),
            migrations.AddField(
                model_name="delivery",
                name="chunk",
                field=models.ForeignKey(
                    db_index=False,
                    help_text="It goes with",
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="deliveries",
                    to="outreach.chunk",
                ),
            ),
            migrations.AddField(
                model_name="delivery",
                name="contact_point",
                field=models.ForeignKey(
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="deliveries",
                    to="campaigns.contactpoint",
                ),
            ),
            migrations.AddField(
                model_name="delivery",
                name="instead_of",
                field=models.ForeignKey(
                    db_index=False,
                    help_text="The one that did not arrive",
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="again",
                    to="outreach.delivery",
                ),
            ),
            migrations.AddField(
                model_name="delivery",
                name="step",
                field=models.ForeignKey(
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="deliveries",
                    to="campaigns.step",
                ),
            ),
            migrations.AddField(
                model_name="delivery",
                name="supporter",
                field=models.ForeignKey(
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="deliveries",
                    to="campaigns.supporter",
                ),
            ),
            migrations.AddField(
                model_name="delivery",
                name="wave",
                field=models.ForeignKey(
                    db_index=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="deliveries",
                    to="campaigns.wave",
                ),
            ),
            migrations.AddField(
                model_name="delivery",
                name="wording",
                field=models.ForeignKey(
                    db_index=False,
                    help_text="The version that was sent",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    to="campaigns.wording",
                ),
            ),
            migrations.CreateModel(
                name="Entry",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("place", models.PositiveSmallIntegerField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("planned", "Planned"),
                                ("due", "Due"),
                                ("claimed", "Claimed"),
                                ("sending", "Sending"),
                                ("handed", "Handed"),
                                ("sent", "Sent"),
                                ("delivered", "Delivered"),
                                ("delayed", "Delayed"),
                                ("bounced", "Bounced"),
                                ("refused", "Refused"),
                                ("suppressed", "Suppressed"),
                                ("expired", "Expired"),
                                ("cancelled", "Cancelled"),
                                ("unknown", "Unknown"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("wire", models.CharField(max_length=20)),
                    ("reference", models.CharField(help_text="Or the code, where it was not taken", max_length=300)),
                    ("said", models.TextField(help_text="The wire's own words, or the reason")),
                    ("again_at", models.DateTimeField(help_text="When what was delayed is tried again", null=True)),
                    ("sheet", models.BigIntegerField(null=True)),
                    (
                        "chunk",
                        models.ForeignKey(
                            db_constraint=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to="outreach.chunk",
                        ),
                    ),
                ],
                options={
                    "db_table": "outreach_journal",
                },
            ),
            migrations.CreateModel(
                name="Event",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("kind", models.CharField(max_length=20)),
                    ("at", models.DateTimeField()),
                    ("detail", models.JSONField(default=dict)),
                    (
                        "delivery",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="events", to="outreach.delivery"
                        ),
                    ),
                ],
                options={
                    "ordering": ["id"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("kind__in", ["bounced", "complaint", "refused"])),
                            fields=["at"],
                            name="bad_news",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="EvidenceSalt",
                fields=[
                    (
                        "entry",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="salt",
                            serialize=False,
                            to="outreach.evidence",
                        ),
                    ),
                    ("secret", models.BinaryField()),
                    (
                        "kept",
                        models.BinaryField(default=b"", help_text="Sealed: short values that would be lost otherwise"),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="EvidenceMark",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("kind", models.CharField(max_length=16)),
                    ("about", models.CharField(max_length=40)),
                    ("seen", models.JSONField(null=True)),
                    (
                        "problem",
                        models.TextField(
                            blank=True, db_default="", help_text="Why it could not be noted; a person must look"
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(condition=models.Q(("problem", "")), fields=["id"], name="evidence_to_note")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Exhibit",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("name", models.CharField(max_length=120)),
                    ("media_type", models.CharField(max_length=40)),
                    ("size", models.PositiveIntegerField(help_text="Bytes")),
                    ("sha256", models.CharField(max_length=64)),
                    ("content", models.BinaryField(help_text="Sealed")),
                    ("added_by", models.CharField(max_length=150)),
                    ("at", models.DateTimeField()),
                    (
                        "appeal",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="exhibits", to="campaigns.appeal"
                        ),
                    ),
                ],
                options={
                    "ordering": ["at", "id"],
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(fields=("appeal", "sha256"), name="an_exhibit_is_kept_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Incoming",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("channel", models.CharField(max_length=20)),
                    (
                        "door",
                        models.CharField(
                            choices=[
                                ("parse", "Parse"),
                                ("smtp", "Smtp"),
                                ("imap", "Imap"),
                                ("poll", "Poll"),
                                ("hand", "Hand"),
                                ("link", "Link"),
                            ],
                            max_length=6,
                        ),
                    ),
                    (
                        "name",
                        models.CharField(
                            help_text="Of a mail: its Message-ID and hash; of a post: its id", max_length=300
                        ),
                    ),
                    ("raw", models.BinaryField(help_text="As it came, sealed")),
                    ("size", models.PositiveBigIntegerField(help_text="Bytes, as it came")),
                    ("sha256", models.CharField(help_text="Of the bytes as they came", max_length=64)),
                    ("envelope", models.BinaryField(help_text="Sealed: which addresses it was handed in from and for")),
                    ("verdicts", models.JSONField(default=dict, help_text="SPF, DKIM and DMARC, and who says so")),
                    ("received_at", models.DateTimeField()),
                    ("read_at", models.DateTimeField(null=True)),
                    (
                        "tries",
                        models.PositiveSmallIntegerField(default=0, help_text="How often a worker began to read it"),
                    ),
                    ("tried_at", models.DateTimeField(help_text="When a worker last did, in real time", null=True)),
                    ("gist_sealed", models.BinaryField(default=b"", help_text="What a person reads of it, sealed")),
                    (
                        "sender_digest",
                        models.CharField(blank=True, help_text="Keyed hash of the sender's address", max_length=64),
                    ),
                    ("kind", models.CharField(blank=True, help_text="What a rule takes it for", max_length=16)),
                    ("why", models.TextField(blank=True, help_text="What decided the kind")),
                    (
                        "is_certain",
                        models.BooleanField(default=False, help_text="Whether its kind stands without a person"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "Waiting"),
                                ("quarantined", "Quarantined"),
                                ("matched", "Matched"),
                                ("set aside", "Set Aside"),
                            ],
                            default="waiting",
                            max_length=12,
                        ),
                    ),
                    (
                        "aside",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("bounce", "Bounce"),
                                ("delay", "Delay"),
                                ("receipt", "Receipt"),
                                ("complaint", "Complaint"),
                                ("loop", "Loop"),
                                ("duplicate", "Duplicate"),
                                ("spam", "Spam"),
                                ("supporter", "Supporter"),
                                ("letter", "Letter"),
                                ("other", "Other"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("reason", models.TextField(blank=True, help_text="Why it is in quarantine, or was set aside")),
                    (
                        "heap",
                        models.CharField(
                            blank=True, help_text="Of a flood: the same for all that belong to it", max_length=80
                        ),
                    ),
                    ("settled_by", models.CharField(blank=True, help_text="The person, or the rule", max_length=150)),
                    ("settled_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["received_at", "id"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state", "waiting")), fields=["received_at"], name="to_be_read"
                        ),
                        models.Index(
                            condition=models.Q(("state", "quarantined")), fields=["received_at"], name="quarantined"
                        ),
                        models.Index(fields=["sender_digest", "received_at"], name="incoming_of_a_sender"),
                        models.Index(
                            condition=models.Q(("heap", ""), _negated=True), fields=["heap"], name="incoming_of_a_heap"
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("channel", "name"), name="what_comes_in_is_kept_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Guess",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("certainty", models.FloatField(help_text="From 0 to 1")),
                    ("why", models.TextField()),
                    ("holds", models.BooleanField(default=True)),
                    (
                        "appeal",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="guesses",
                            to="campaigns.appeal",
                        ),
                    ),
                    (
                        "incoming",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="guesses", to="outreach.incoming"
                        ),
                    ),
                ],
                options={
                    "ordering": ["-certainty", "id"],
                    "indexes": [
                        models.Index(fields=["appeal"], name="guesses_of_an_appeal"),
                        models.Index(condition=models.Q(("holds", True)), fields=["appeal"], name="guesses_that_hold"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("incoming", "appeal"), name="one_guess_per_appeal")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Attachment",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("number", models.PositiveSmallIntegerField(help_text="From 1, in the order of the mail")),
                    ("name", models.CharField(max_length=200)),
                    (
                        "media_type",
                        models.CharField(help_text="As the sender says; nobody has checked", max_length=120),
                    ),
                    (
                        "content_id",
                        models.CharField(blank=True, help_text="By which a letter's HTML names it", max_length=200),
                    ),
                    ("size", models.PositiveBigIntegerField(help_text="Bytes")),
                    ("sha256", models.CharField(max_length=64)),
                    ("content", models.BinaryField(help_text="Sealed")),
                    (
                        "incoming",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="attachments",
                            to="outreach.incoming",
                        ),
                    ),
                ],
                options={
                    "ordering": ["number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("incoming", "number"), name="one_attachment_per_number")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Letter",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("form", models.UUIDField(help_text="Letters of one form are confirmed together")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("written", "Written"),
                                ("confirmed", "Confirmed"),
                                ("taken", "Taken"),
                                ("doubled", "Doubled"),
                                ("withdrawn", "Withdrawn"),
                                ("expired", "Expired"),
                                ("refused", "Refused"),
                                ("erased", "Erased"),
                            ],
                            default="written",
                            max_length=10,
                        ),
                    ),
                    ("reason", models.TextField(blank=True, help_text="Why it was refused; of no person")),
                    (
                        "rank",
                        models.PositiveSmallIntegerField(
                            default=0, help_text="Of those confirmed to this addressee; from 1"
                        ),
                    ),
                    (
                        "division",
                        models.CharField(
                            blank=True, help_text="Where the supporter is represented, as chosen", max_length=80
                        ),
                    ),
                    ("place", campaigns.sealed_text.SealedText(blank=True, help_text="The town, as signed")),
                    ("language", models.CharField(max_length=12)),
                    ("name", campaigns.sealed_text.SealedText(blank=True, help_text="As signed")),
                    ("subject", campaigns.sealed_text.SealedText(blank=True)),
                    (
                        "text",
                        campaigns.sealed_text.SealedText(
                            blank=True, help_text="Word for word, as the supporter confirmed it"
                        ),
                    ),
                    (
                        "may_quote",
                        models.BooleanField(
                            default=False, help_text="Own words may be shown to the office in a digest"
                        ),
                    ),
                    (
                        "shows_address",
                        models.BooleanField(default=False, help_text="The office may see the supporter's own address"),
                    ),
                    ("own_share", models.PositiveSmallIntegerField(default=100)),
                    ("words", models.PositiveIntegerField(default=0, help_text="How many")),
                    (
                        "fingerprint",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.BigIntegerField(), default=list, size=None
                        ),
                    ),
                    (
                        "bands",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.BigIntegerField(), default=list, size=None
                        ),
                    ),
                    (
                        "network",
                        models.CharField(blank=True, help_text="A salted hash of where it came from", max_length=32),
                    ),
                    (
                        "marks",
                        models.JSONField(
                            blank=True, default=list, help_text="What made it look less than genuine; for staff only"
                        ),
                    ),
                    ("written_at", models.DateTimeField()),
                    ("confirmed_at", models.DateTimeField(null=True)),
                    (
                        "ended_at",
                        models.DateTimeField(help_text="When it was withdrawn, refused, expired or erased", null=True),
                    ),
                    (
                        "wiped_at",
                        models.DateTimeField(help_text="Since when its words are not kept any more", null=True),
                    ),
                    (
                        "addressee",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="letters",
                            to="campaigns.addressee",
                        ),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="letters",
                            to="campaigns.campaign",
                        ),
                    ),
                    (
                        "resembles",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="alike",
                            to="outreach.letter",
                        ),
                    ),
                    (
                        "started_from",
                        models.ForeignKey(
                            db_index=False,
                            help_text="The version it began with",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="campaigns.wording",
                        ),
                    ),
                    (
                        "supporter",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="letters",
                            to="campaigns.supporter",
                        ),
                    ),
                ],
                options={
                    "ordering": ["written_at", "id"],
                    "indexes": [
                        models.Index(fields=["supporter", "addressee"], name="letters_of_a_supporter"),
                        models.Index(fields=["form"], name="letters_of_a_form"),
                        models.Index(
                            condition=models.Q(("state", "confirmed")),
                            fields=["addressee", "confirmed_at"],
                            name="letters_waiting",
                        ),
                        models.Index(fields=["campaign", "state"], name="letters_by_state"),
                        models.Index(fields=["state", "written_at"], name="letters_by_age"),
                        models.Index(
                            condition=models.Q(("network", ""), _negated=True),
                            fields=["campaign", "network"],
                            name="letters_by_network",
                        ),
                        django.contrib.postgres.indexes.GinIndex(
                            condition=models.Q(("resembles", None)), fields=["bands"], name="letters_by_likeness"
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ["confirmed", "taken"])),
                            fields=("supporter", "addressee"),
                            name="one_letter_per_supporter_and_addressee",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="LetterReply",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "state",
                        models.CharField(
                            choices=[("held", "Held"), ("forwarded", "Forwarded"), ("kept", "Kept")], max_length=10
                        ),
                    ),
                    ("is_automatic", models.BooleanField(default=False, help_text="A machine wrote it")),
                    ("doubt", models.TextField(blank=True, help_text="Why it may not be the office's")),
                    ("forwarded_by", models.CharField(blank=True, help_text="The rule, or the person", max_length=150)),
                    ("at", models.DateTimeField(help_text="When it was forwarded, or decided about")),
                    (
                        "incoming",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="letter_replies",
                            to="outreach.incoming",
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="replies",
                            to="outreach.letter",
                        ),
                    ),
                ],
                options={
                    "ordering": ["at", "id"],
                    "constraints": [
                        models.UniqueConstraint(fields=("letter", "incoming"), name="one_reply_per_letter_and_mail")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Mailbag",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("is_digest", models.BooleanField(default=False)),
                    ("number", models.PositiveIntegerField(help_text="Letters in it")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("due", "Due"),
                                ("claimed", "Claimed"),
                                ("sending", "Sending"),
                                ("sent", "Sent"),
                                ("delivered", "Delivered"),
                                ("delayed", "Delayed"),
                                ("bounced", "Bounced"),
                                ("refused", "Refused"),
                                ("cancelled", "Cancelled"),
                                ("unknown", "Unknown"),
                            ],
                            default="due",
                            max_length=10,
                        ),
                    ),
                    ("due_at", models.DateTimeField()),
                    (
                        "token",
                        models.UUIDField(help_text="Fence: only the holder of the newest claim may settle", null=True),
                    ),
                    ("lease_until", models.DateTimeField(help_text="Real time, also in a demonstration", null=True)),
                    ("attempts", models.PositiveSmallIntegerField(default=0)),
                    ("tried_at", models.DateTimeField(help_text="When it was last handed to the wire", null=True)),
                    ("wire", models.CharField(blank=True, max_length=20)),
                    ("reference", models.CharField(blank=True, max_length=300)),
                    ("reason", models.TextField(blank=True)),
                    ("settled_by", models.CharField(blank=True, help_text="The person who found out", max_length=150)),
                    ("created_at", models.DateTimeField()),
                    ("sent_at", models.DateTimeField(null=True)),
                    ("delivered_at", models.DateTimeField(null=True)),
                    (
                        "addressee",
                        models.ForeignKey(
                            db_index=False,
                            help_text="Of its first letter",
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="mailbags",
                            to="campaigns.addressee",
                        ),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="mailbags",
                            to="campaigns.campaign",
                        ),
                    ),
                    (
                        "contact_point",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="mailbags",
                            to="campaigns.contactpoint",
                        ),
                    ),
                    (
                        "instead_of",
                        models.OneToOneField(
                            help_text="The one that did not arrive",
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="again",
                            to="outreach.mailbag",
                        ),
                    ),
                ],
                options={
                    "ordering": ["created_at", "id"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state__in", ["due", "delayed"])),
                            fields=["due_at"],
                            name="mailbags_due",
                        ),
                        models.Index(
                            condition=models.Q(("state__in", ["claimed", "sending"])),
                            fields=["lease_until"],
                            name="mailbags_leased",
                        ),
                        models.Index(fields=["campaign", "state"], name="mailbags_by_state"),
                        models.Index(fields=["addressee", "created_at"], name="mailbags_to_an_addressee"),
                        models.Index(fields=["created_at"], name="mailbags_by_age"),
                    ],
                },
            ),
            migrations.AddField(
                model_name="letter",
                name="mailbag",
                field=models.ForeignKey(
                    help_text="The message it goes in",
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="letters",
                    to="outreach.mailbag",
                ),
            ),
            migrations.CreateModel(
                name="Notice",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("confirm", "Confirm"),
                                ("already", "Already"),
                                ("data", "Data"),
                                ("reply", "Reply"),
                                ("letter", "Letter"),
                            ],
                            max_length=20,
                        ),
                    ),
                    (
                        "about",
                        models.UUIDField(help_text="The letter or batch it is about, if it is about one", null=True),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("due", "Due"),
                                ("sending", "Sending"),
                                ("sent", "Sent"),
                                ("refused", "Refused"),
                                ("suppressed", "Suppressed"),
                                ("expired", "Expired"),
                            ],
                            default="due",
                            max_length=10,
                        ),
                    ),
                    ("due_at", models.DateTimeField()),
                    (
                        "token",
                        models.UUIDField(help_text="Fence: only the holder of the newest claim may settle", null=True),
                    ),
                    ("lease_until", models.DateTimeField(help_text="Real time", null=True)),
                    ("attempts", models.PositiveSmallIntegerField(default=0)),
                    ("reason", models.TextField(blank=True)),
                    ("created_at", models.DateTimeField()),
                    ("sent_at", models.DateTimeField(null=True)),
                    (
                        "campaign",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="notices",
                            to="campaigns.campaign",
                        ),
                    ),
                    (
                        "supporter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="notices",
                            to="campaigns.supporter",
                        ),
                    ),
                ],
                options={
                    "ordering": ["created_at", "id"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state__in", ["due", "sending"])),
                            fields=["due_at"],
                            name="notices_to_send",
                        ),
                        models.Index(fields=["campaign", "state"], name="notices_by_state"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PartnerExport",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("partner", models.CharField(max_length=60)),
                    ("author", models.CharField(max_length=150)),
                    ("at", models.DateTimeField()),
                    ("number", models.PositiveIntegerField(help_text="People in it")),
                    ("to_delete", models.PositiveIntegerField(help_text="People the partner is told to delete")),
                    (
                        "key",
                        models.CharField(
                            blank=True, help_text="SHA-256 of the certificate; empty for a plain file", max_length=64
                        ),
                    ),
                    ("sha256", models.CharField(help_text="Of the file", max_length=64)),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="partner_exports",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-at", "id"],
                },
            ),
            migrations.CreateModel(
                name="PartnerShare",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("partner", models.CharField(help_text="The partner's key in the campaign", max_length=60)),
                    ("first_at", models.DateTimeField()),
                    ("last_at", models.DateTimeField()),
                    (
                        "ended_at",
                        models.DateTimeField(help_text="Since when the partner is told to delete them", null=True),
                    ),
                    (
                        "reason",
                        models.CharField(
                            blank=True,
                            choices=[("withdrawn", "Withdrawn"), ("erased", "Erased"), ("not counted", "Not Counted")],
                            max_length=12,
                        ),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="campaigns.campaign"
                        ),
                    ),
                    (
                        "supporter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="campaigns.supporter"
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("ended_at", None), _negated=True),
                            fields=["campaign", "partner"],
                            name="shares_that_ended",
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("supporter", "partner"), name="one_share_with_a_partner")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Payment",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("key", models.CharField(max_length=120)),
                    ("cents", models.DecimalField(decimal_places=4, max_digits=14)),
                    ("at", models.DateTimeField()),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="payments", to="outreach.account"
                        ),
                    ),
                ],
                options={
                    "constraints": [models.UniqueConstraint(fields=("account", "key"), name="a_post_is_paid_once")],
                },
            ),
            migrations.CreateModel(
                name="Release",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("suspects", models.JSONField(help_text="Which signatures, in words of campaigns.suspects")),
                    ("reason", models.TextField()),
                    ("author", models.CharField(max_length=150)),
                    ("at", models.DateTimeField()),
                    ("number", models.PositiveIntegerField(default=0)),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="releases",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-at", "id"],
                },
            ),
            migrations.CreateModel(
                name="Report",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("provider", models.CharField(max_length=20)),
                    ("name", models.CharField(max_length=200)),
                    ("key", models.UUIDField(null=True)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("taken", "taken"),
                                ("deferred", "deferred"),
                                ("delivered", "delivered"),
                                ("bounced", "bounced"),
                                ("blocked", "blocked"),
                                ("dropped", "dropped"),
                                ("complaint", "complaint"),
                                ("unsubscribed", "unsubscribed"),
                                ("seen", "seen"),
                                ("other", "other"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("said", models.CharField(max_length=60)),
                    ("reason", models.TextField()),
                    ("code", models.CharField(max_length=20)),
                    ("is_dead", models.BooleanField()),
                    ("wants_no_more", models.BooleanField()),
                    (
                        "is_machine",
                        models.BooleanField(db_default=False, default=False, help_text="Seen by a program, it seems"),
                    ),
                    (
                        "digest",
                        models.CharField(
                            help_text="Keyed hash of the recipient's address, if there is something to suppress",
                            max_length=64,
                        ),
                    ),
                    ("folded_at", models.DateTimeField(null=True)),
                    ("is_ours", models.BooleanField(default=True, help_text="Whether there is a message it is about")),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["key"], name="reports_of_a_message"),
                        models.Index(condition=models.Q(("folded_at", None)), fields=["id"], name="reports_to_fold"),
                        models.Index(
                            condition=models.Q(("is_ours", False)), fields=["said"], name="reports_of_nothing"
                        ),
                    ],
                    "constraints": [models.UniqueConstraint(fields=("provider", "name"), name="a_report_counts_once")],
                },
            ),
            migrations.CreateModel(
                name="Statement",
                fields=[
                    (
                        "response",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="statement",
                            serialize=False,
                            to="outreach.response",
                        ),
                    ),
                    (
                        "signer",
                        models.BinaryField(help_text="Sealed: the name of the person who answered for the office"),
                    ),
                    ("function", models.CharField(max_length=200)),
                    ("words", models.TextField(blank=True, help_text="What they said beside the demands")),
                    (
                        "may_be_published",
                        models.BooleanField(help_text="Whether they allow it to be published word for word"),
                    ),
                ],
            ),
            migrations.AddField(
                model_name="response",
                name="incoming",
                field=models.ForeignKey(
                    help_text="As it came, if not told by a person",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="responses",
                    to="outreach.incoming",
                ),
            ),
            migrations.CreateModel(
                name="Sheet",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("language", models.CharField(max_length=12)),
                    ("digest", models.CharField(max_length=64)),
                    ("content", models.JSONField(help_text="What fills it in: campaigns.words.stencil")),
                    (
                        "wave",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="sheets",
                            to="campaigns.wave",
                        ),
                    ),
                    (
                        "wording",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="campaigns.wording",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("wave", "wording", "digest"), name="each_sheet_once")
                    ],
                },
            ),
            migrations.AddField(
                model_name="delivery",
                name="sheet",
                field=models.ForeignKey(
                    db_index=False,
                    help_text="Words shared by many",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="outreach.sheet",
                ),
            ),
            migrations.CreateModel(
                name="SignInLink",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("digest", models.CharField(max_length=64, unique=True)),
                    ("expires_at", models.DateTimeField()),
                    ("used_at", models.DateTimeField(null=True)),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="sign_in_links",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Signup",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("content", models.BinaryField(help_text="Sealed")),
                    ("network", models.CharField(blank=True, max_length=32)),
                    ("received_at", models.DateTimeField()),
                    (
                        "problem",
                        models.TextField(blank=True, help_text="Why it could not be read; it is kept for a person"),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="signups",
                            to="campaigns.campaign",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("problem", "")), fields=["received_at"], name="signups_to_read"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="StatedPosition",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("refused", "refused"),
                                ("deflected", "deflected"),
                                ("committed", "committed"),
                                ("partly", "partly"),
                                ("done", "done"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "until",
                        models.DateField(help_text="The last day of a commitment, in the campaign's zone", null=True),
                    ),
                    ("words", models.TextField(blank=True)),
                    (
                        "demand",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="campaigns.demand"
                        ),
                    ),
                ],
                options={
                    "ordering": ["demand__number"],
                },
            ),
            migrations.CreateModel(
                name="StoredReply",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("key", models.CharField(max_length=200)),
                    ("fingerprint", models.CharField(max_length=64)),
                    ("status", models.PositiveSmallIntegerField()),
                    ("body", models.JSONField()),
                    ("at", models.DateTimeField()),
                    (
                        "user",
                        models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("user", "key"), name="one_reply_per_idempotency_key")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Suppression",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("channel", models.CharField(max_length=20)),
                    ("digest", models.CharField(max_length=64)),
                    ("reason", models.TextField()),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("channel", "digest"), name="one_suppression_per_address")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Alarm",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "of",
                        models.CharField(
                            choices=[("network", "Network"), ("domain", "Domain"), ("all", "All"), ("staff", "Staff")],
                            max_length=8,
                        ),
                    ),
                    ("value", models.CharField(blank=True, max_length=253)),
                    ("number", models.PositiveIntegerField(default=0)),
                    ("usual", models.FloatField(default=0)),
                    ("reason", models.TextField(blank=True)),
                    ("author", models.CharField(max_length=150)),
                    ("began_at", models.DateTimeField()),
                    ("seen_at", models.DateTimeField(help_text="When there was last a reason for it")),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("ended_by", models.CharField(blank=True, max_length=150)),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="alarms", to="campaigns.campaign"
                        ),
                    ),
                ],
                options={
                    "ordering": ["-began_at", "id"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("campaign", "of", "value"),
                            name="one_alarm_of_a_kind",
                        )
                    ],
                },
            ),
            migrations.AddField(
                model_name="taskproof",
                name="task",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="proofs", to="outreach.task"
                ),
            ),
            migrations.AddField(
                model_name="task",
                name="holder",
                field=models.ForeignKey(
                    help_text="Who has it",
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="tasks",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="statedposition",
                name="statement",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="positions", to="outreach.statement"
                ),
            ),
            migrations.AddConstraint(
                model_name="response",
                constraint=models.UniqueConstraint(fields=("incoming", "appeal"), name="one_response_per_appeal"),
            ),
            migrations.AddIndex(
                model_name="delivery",
                index=models.Index(
                    condition=models.Q(("chunk", None), ("state__in", ["due", "delayed"])),
                    fields=["channel", "due_at"],
                    name="claimable",
                ),
            ),
            migrations.AddIndex(
                model_name="delivery",
                index=models.Index(
                    condition=models.Q(("audience", "supporters"), _negated=True), fields=["step"], name="of_a_step"
                ),
            ),
            migrations.AddIndex(
                model_name="delivery",
                index=models.Index(
                    condition=models.Q(("chunk__isnull", False)), fields=["chunk", "place"], name="in_a_chunk"
                ),
            ),
            migrations.AddIndex(
                model_name="delivery",
                index=models.Index(
                    condition=models.Q(("supporter__isnull", False)), fields=["supporter"], name="of_a_supporter"
                ),
            ),
            migrations.AddIndex(
                model_name="delivery",
                index=models.Index(
                    condition=models.Q(("contact_point__isnull", False)),
                    fields=["contact_point"],
                    name="to_a_contact_point",
                ),
            ),
            migrations.AddConstraint(
                model_name="delivery",
                constraint=models.CheckConstraint(
                    condition=models.Q(("step__isnull", False), ("audience", "supporters"), _connector="OR"),
                    name="only_supporters_hear_outside_a_step",
                ),
            ),
            migrations.AddConstraint(
                model_name="delivery",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("instead_of", None)),
                    fields=("wave", "channel", "recipient"),
                    name="one_delivery_per_wave_and_recipient",
                ),
            ),
            migrations.AddConstraint(
                model_name="delivery",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("audience", "addressees"), ("instead_of", None)),
                    fields=("appeal", "step", "wave", "channel", "audience"),
                    name="one_letter_per_appeal_step_and_channel",
                ),
            ),
            migrations.AddConstraint(
                model_name="delivery",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("instead_of__isnull", False)),
                    fields=("instead_of",),
                    name="one_delivery_instead_of_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="taskproof",
                constraint=models.UniqueConstraint(fields=("task", "sha256"), name="a_proof_is_kept_once"),
            ),
            migrations.AddConstraint(
                model_name="statedposition",
                constraint=models.UniqueConstraint(
                    fields=("statement", "demand"), name="one_stated_position_per_demand"
                ),
            ),
        ),
        *(each for name in SAID_BEFORE for each in _by_itself(name)),
    ]
