from django.db import migrations, models


def _marking(table: str, kind: str) -> migrations.RunSQL:
    """What is written there once, and never changed, is marked (0013)."""
    return migrations.RunSQL(
        f"CREATE TRIGGER marks_evidence_of_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh "
        f"FOR EACH STATEMENT EXECUTE FUNCTION outreach_mark_evidence('{kind}')",
        f"DROP TRIGGER marks_evidence_of_insert ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0007_brakes"),
        ("outreach", "0016_bulletins"),
    ]

    operations = [
        migrations.AddField(
            model_name="evidencesalt",
            name="kept",
            field=models.BinaryField(default=b"", help_text="Sealed: short values that would be lost otherwise"),
        ),
        _marking("campaigns_intervention", "intervention"),
        _marking("campaigns_version", "version"),
    ]
