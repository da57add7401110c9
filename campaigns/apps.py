from django.apps import AppConfig


class Campaigns(AppConfig):
    """What we intend: campaigns, addressees, steps, appeals, outcomes, supporters."""

    name = "campaigns"
