from django.db import migrations, models


class Migration(migrations.Migration):
    """What may still be taken of each rate."""

    dependencies = [("outreach", "0003_accounts")]

    operations = [
        migrations.CreateModel(
            name="Bucket",
            fields=[
                ("name", models.CharField(max_length=320, primary_key=True, serialize=False)),
                ("full_at", models.DateTimeField()),
            ],
        ),
    ]
