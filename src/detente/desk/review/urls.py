"""Addresses below /review/."""

from django.urls import path

from detente.desk.review import views

app_name = "review"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("next/", views.upcoming, name="next"),
    path("agreement/", views.agreement, name="agreement"),
    path("training/<str:name>", views.training, name="training"),
    path("undo/", views.undo, name="undo"),
    path("<int:pk>/", views.item, name="item"),
    path("<int:pk>/decide/", views.decide, name="decide"),
    path("<int:pk>/group/", views.group, name="group"),
    path("<int:pk>/second/", views.second, name="second"),
    path("<int:pk>/answer/", views.answer, name="answer"),
]
