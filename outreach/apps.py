from django.apps import AppConfig


class Outreach(AppConfig):
    """What happened: deliveries, events, responses; and the pages, the API and the command line over it all."""

    name = "outreach"
