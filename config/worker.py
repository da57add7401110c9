"""What Dramatiq loads: Django, the broker, and every actor there is."""

import os
from importlib import import_module
from importlib.util import find_spec

import django
import dramatiq

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
if find_spec("outreach.actors"):
    import_module("outreach.actors")
broker = dramatiq.get_broker()
