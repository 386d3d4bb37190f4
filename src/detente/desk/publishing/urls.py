"""Addresses below /newsroom/."""

from django.urls import path

from detente.desk.publishing import views

app_name = "publishing"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("propose/", views.propose, name="propose"),
    path("<int:pk>/", views.story, name="story"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/publish/", views.publish, name="publish"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/picture/", views.picture, name="picture"),
    path("<int:pk>/picture/remove/", views.remove_picture, name="remove_picture"),
    path("<int:pk>/<int:number>/", views.revision, name="revision"),
]
