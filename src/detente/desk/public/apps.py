"""This part as a Django app."""

from django.apps import AppConfig


class PartConfig(AppConfig):
    """What everybody reads: front page, articles, feeds."""

    name = "detente.desk.public"
    label = "public"
