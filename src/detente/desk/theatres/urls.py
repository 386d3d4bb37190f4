"""Addresses below /theatres/."""

from django.urls import path

from detente.desk.theatres import views

app_name = "theatres"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<str:theatre>/", views.theatre_page, name="theatre"),
    path("<str:theatre>/dyads/<str:dyad>/", views.dyad_page, name="dyad"),
    path("<str:theatre>/incidents/<str:incident>/", views.incident_page, name="incident"),
]
