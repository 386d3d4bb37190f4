"""Addresses below /newsroom/."""

from typing import Any

app_name = "publishing"
urlpatterns: list[Any] = []
