"""This part as a Django app."""

from django.apps import AppConfig


class PartConfig(AppConfig):
    """What analysts correct: the queue and its decisions."""

    name = "detente.desk.review"
    label = "review"
