"""The web role's application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

from django.conf import settings  # noqa: E402

from config.headers import HEADERS  # noqa: E402
from outreach.public.packed import PackedFiles  # noqa: E402
from outreach.public.quick_door import QuickDoor  # noqa: E402

packed = PackedFiles(django, settings.STATIC_URL, settings.STATICFILES_DIRS, HEADERS)
application = QuickDoor(packed, HEADERS)
