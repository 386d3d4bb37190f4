"""Addresses below /theatres/."""

from django.urls import path

from detente.desk.theatres import places, views

app_name = "theatres"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<str:theatre>/", views.theatre_page, name="theatre"),
    path("<str:theatre>/map/", places.map_page, name="map"),
    path("<str:theatre>/tripwires/", views.board_page, name="tripwires"),
    path("<str:theatre>/coverage/", views.coverage_page, name="coverage"),
    path("<str:theatre>/outlook/", views.record_page, name="record"),
    path("<str:theatre>/actors/", places.actors_page, name="actors"),
    path("<str:theatre>/actors/<str:actor>/", places.actor_page, name="actor"),
    path("<str:theatre>/dyads/<str:dyad>/", views.dyad_page, name="dyad"),
    path("<str:theatre>/incidents/<str:incident>/", places.incident_page, name="incident"),
]
