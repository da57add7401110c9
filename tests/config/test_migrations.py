"""The tables are what the models say."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


@pytest.mark.django_db
def test_no_change_of_a_model_is_without_its_migration():
    loader = MigrationLoader(connection)
    wanted = ProjectState.from_apps(apps)
    changes = MigrationAutodetector(loader.project_state(), wanted).changes(graph=loader.graph)
    assert changes == {}
    assert loader.detect_conflicts() == {}
