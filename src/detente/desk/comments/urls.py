"""Addresses below /comments/."""

from django.urls import path

from detente.desk.comments import desk, views

app_name = "comments"
urlpatterns = [
    path("policy/", views.policy, name="policy"),
    path("sent/<str:signed>/", views.status, name="status"),
    path("report/<int:pk>/", views.report, name="report"),
    path("my-data/", views.my_data, name="my_data"),
    path("my-data/<str:signed>/", views.own_data, name="own_data"),
    path("queue/", desk.queue, name="queue"),
    path("queue/settle/", desk.settle, name="settle"),
    path("appeals/", desk.appeals, name="appeals"),
    path("appeals/<int:pk>/", desk.answer, name="answer"),
    path("bans/", desk.bans, name="bans"),
    path("bans/<int:pk>/lift/", desk.lift, name="lift"),
    path("on/<slug:subject>/", views.write, name="write"),
    path("on/<slug:subject>/like/", views.like, name="like"),
]
