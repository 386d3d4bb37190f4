"""This part as a Django app."""

from django.apps import AppConfig


class PartConfig(AppConfig):
    """What readers say: likes, comments, reports, moderation."""

    name = "detente.desk.comments"
    label = "comments"
