"""Names and addresses of supporters were in clear; from here on they are sealed, and found by a keyed hash."""

from django.db import migrations

import campaigns.address
import campaigns.sealed_text
from campaigns.address import digest, domain_of

AT_ONCE = 1000


def seal(apps, schema_editor):
    Supporter = apps.get_model("campaigns", "Supporter")
    kept = Supporter.objects.order_by("pk").iterator(AT_ONCE)
    some = []
    for each in kept:
        each.name, each.email = each.clear_name, each.clear_email
        each.email_digest, each.email_domain = digest(each.email), domain_of(each.email)
        some.append(each)
        if len(some) == AT_ONCE:
            _save(Supporter, some)
            some = []
    _save(Supporter, some)


def _save(model, some):
    model.objects.bulk_update(some, ["name", "email", "email_digest", "email_domain"])


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0004_position_ledger"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="supporter", name="one_supporter_per_email"),
        migrations.RenameField(model_name="supporter", old_name="name", new_name="clear_name"),
        migrations.RenameField(model_name="supporter", old_name="email", new_name="clear_email"),
        migrations.AddField(
            model_name="supporter", name="name", field=campaigns.sealed_text.SealedText(blank=True, default="")
        ),
        migrations.AddField(model_name="supporter", name="email", field=campaigns.sealed_text.SealedText(default="")),
        migrations.AddField(
            model_name="supporter",
            name="email_digest",
            field=campaigns.address.DigestOf("email", max_length=64, editable=False, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="supporter",
            name="email_domain",
            field=campaigns.address.DomainOf("email", max_length=253, editable=False, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.AlterField(model_name="supporter", name="name", field=campaigns.sealed_text.SealedText(blank=True)),
        migrations.AlterField(model_name="supporter", name="email", field=campaigns.sealed_text.SealedText()),
        migrations.RemoveField(model_name="supporter", name="clear_name"),
        migrations.RemoveField(model_name="supporter", name="clear_email"),
    ]
