from typing import Any

from django.db import migrations

ROLES = ("viewer", "organiser", "approver", "owner")  # as outreach/roles.py names them


def create_groups(apps: Any, schema_editor: Any) -> None:
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    """A group for each role, so that people can be put into them from the first day."""

    dependencies = [("outreach", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
