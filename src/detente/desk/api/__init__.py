"""The API: reading for everybody, writing for roles by token. Its description is at /api/openapi.json."""

from detente.desk.api.site import api

urlpatterns = api.urls[0]
