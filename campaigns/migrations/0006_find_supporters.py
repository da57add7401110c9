from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0005_seal_supporters"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="supporter",
            constraint=models.UniqueConstraint(
                fields=["campaign", "email_digest"],
                condition=~models.Q(email_digest=""),
                name="one_supporter_per_email",
            ),
        ),
        migrations.AddIndex(
            model_name="supporter",
            index=models.Index(fields=["campaign", "email_domain"], name="supporters_by_domain"),
        ),
    ]
