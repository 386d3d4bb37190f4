"""This part as a Django app."""

from django.apps import AppConfig


class PartConfig(AppConfig):
    """What is watched: theatres, dyads, incidents, actors, tripwires, coverage."""

    name = "detente.desk.theatres"
    label = "theatres"
