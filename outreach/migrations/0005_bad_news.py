from django.db import migrations, models


class Migration(migrations.Migration):
    """Find the few events that brakes look at among the many."""

    dependencies = [("outreach", "0004_rates")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("kind__in", ["bounced", "complaint", "refused"])), fields=["at"], name="bad_news"
            ),
        ),
    ]
