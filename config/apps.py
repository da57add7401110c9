"""Ties the parts together once Django knows its apps."""

from django.apps import AppConfig


class Config(AppConfig):
    """Sets the broker before any actor is imported: an actor belongs to the broker it was born under."""

    name = "config"

    def ready(self) -> None:
        from django.conf import settings

        from config import broker

        broker.use(settings.REDIS_URL)
