"""This part as a Django app."""

from django.apps import AppConfig


class PartConfig(AppConfig):
    """From the machine's proposal to a published, corrected article."""

    name = "detente.desk.publishing"
    label = "publishing"
