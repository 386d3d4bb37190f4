"""Addresses of what everybody reads."""

from django.urls import path

from detente.desk.public import views

app_name = "public"
urlpatterns = [path("", views.front, name="front")]
