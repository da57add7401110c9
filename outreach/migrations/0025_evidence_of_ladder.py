from django.db import migrations

TABLES = {
    "campaigns_skip": ("'skip'", ("INSERT",)),
    "campaigns_approval": ("'approval', 'taken_back_at'", ("INSERT", "UPDATE")),
}
MARK_APPEALS = """
CREATE FUNCTION outreach_mark_new_appeals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outreach_evidencemark (kind, about)
  SELECT 'appeal', fresh.id::text FROM fresh JOIN campaigns_campaign AS campaign ON campaign.id = fresh.campaign_id
   WHERE campaign.published_at IS NOT NULL;
  RETURN NULL;
END $$;
DROP TRIGGER marks_evidence ON campaigns_appeal;
CREATE TRIGGER marks_evidence AFTER INSERT ON campaigns_appeal REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION outreach_mark_new_appeals();
"""  # those of a draft are noted when it is published
MARK_EACH = """
DROP TRIGGER marks_evidence ON campaigns_appeal;
CREATE TRIGGER marks_evidence AFTER INSERT ON campaigns_appeal
  FOR EACH ROW EXECUTE FUNCTION outreach_mark_one('appeal', 'id');
DROP FUNCTION outreach_mark_new_appeals;
"""


def _marking(table: str, arguments: str, deed: str) -> migrations.RunSQL:
    name = f"marks_evidence_of_{deed.lower()}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} AFTER {deed} ON {table} REFERENCING NEW TABLE AS fresh "
        f"FOR EACH STATEMENT EXECUTE FUNCTION outreach_mark_evidence({arguments})",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0009_ladder"),
        ("outreach", "0024_reading_lease"),
    ]

    operations = [
        migrations.RunSQL(MARK_APPEALS, MARK_EACH),
        *(_marking(table, arguments, deed) for table, (arguments, deeds) in TABLES.items() for deed in deeds),
    ]
