"""The tables of the database, and that they are those the code expects."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

LOCK = 0x0A7EAC  # any number, as long as everybody who migrates takes the same


def bring_up_to_date() -> None:
    """Make what is missing; of several processes one does it and the others wait."""
    if are_up_to_date():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def are_up_to_date() -> bool:
    """Whether every migration of the code has been made here."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
