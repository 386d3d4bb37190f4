"""Addresses below /theatres/."""

from typing import Any

app_name = "theatres"
urlpatterns: list[Any] = []
