from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0025_evidence_of_ladder"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[("confirm", "Confirm"), ("already", "Already"), ("data", "Data")], max_length=20
            ),
        ),
    ]
