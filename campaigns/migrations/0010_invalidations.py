import uuid

import django.db.models.deletion
from django.db import migrations, models

import campaigns.mailbox
from campaigns.address import digest
from campaigns.mailbox import mailbox_of


def find_mailboxes(apps, schema_editor):
    """Who signed first under an address of a mailbox has it."""
    supporter = apps.get_model("campaigns", "Supporter")
    taken = set()
    rows = supporter.objects.exclude(email_digest="").order_by("joined_at", "pk").only("campaign_id", "email")
    for row in rows.iterator(chunk_size=2000):
        mailbox = mailbox_of(row.email)
        if mailbox and (row.campaign_id, mailbox) not in taken:
            taken.add((row.campaign_id, mailbox))
            supporter.objects.filter(pk=row.pk).update(mailbox_digest=digest(mailbox))


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0009_ladder"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invalidation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("suspects", models.JSONField(help_text="Which signatures, in words of campaigns.suspects")),
                ("reason", models.TextField()),
                ("author", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("number", models.PositiveIntegerField(default=0, help_text="Signatures taken out so far")),
                ("done_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=150)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-at", "id"],
            },
        ),
        migrations.AddField(
            model_name="supporter",
            name="mailbox_digest",
            field=campaigns.mailbox.MailboxOf("email", db_default="", editable=False, max_length=64),
        ),
        migrations.RunPython(find_mailboxes, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="supporter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("mailbox_digest", ""), _negated=True),
                fields=("campaign", "mailbox_digest"),
                name="one_supporter_per_mailbox",
            ),
        ),
        migrations.AddField(
            model_name="invalidation",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="invalidations", to="campaigns.campaign"
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="invalidation",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="signatures",
                to="campaigns.invalidation",
            ),
        ),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(
                condition=models.Q(("invalidation", None), _negated=True),
                fields=["invalidation"],
                name="signatures_taken_out",
            ),
        ),
    ]
