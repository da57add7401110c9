"""What Dramatiq loads: Django, the broker, and every module with actors."""

import os
from importlib import import_module

import django
import dramatiq

ACTORS = (
    "outreach.begin",
    "outreach.send",
    "outreach.hear",
    "outreach.ask",
    "outreach.evidence.note",
    "outreach.poll",
    "outreach.inbox.reading",
    "outreach.inbox.imap_door",
    "outreach.signing",
    "outreach.letters.posting",
    "outreach.mailings.composing",
    "outreach.notify",
    "outreach.batches",
    "outreach.retention",
    "outreach.redistricting",
    "outreach.summing",
)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
for module in ACTORS:
    import_module(module)
broker = dramatiq.get_broker()
