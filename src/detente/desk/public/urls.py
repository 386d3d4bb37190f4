"""Addresses of what everybody reads."""

from django.urls import path

from detente.desk.public import feeds, views
from detente.desk.review.reporting import report_error

app_name = "public"
urlpatterns = [
    path("", views.front, name="front"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("articles/<slug:slug>/versions/<int:number>/", views.version, name="version"),
    path("articles/<slug:slug>/card.png", views.card, name="card"),
    path("pictures/<str:name>", views.picture, name="picture"),
    path("corrections/", views.corrections, name="corrections"),
    path("about/", views.about, name="about"),
    path("report-error/<path:key>/", report_error, name="report_error"),
    path("feeds/atom.xml", feeds.Atom(), name="atom"),
    path("feeds/feed.json", feeds.json_feed, name="json_feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
]
