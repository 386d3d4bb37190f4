"""Every address of the desk: each part brings its own list."""

from django.urls import include, path

from detente.desk.api import urlpatterns as api_patterns
from detente.desk.measures import metrics

urlpatterns = [
    path("", include("detente.desk.public.urls")),
    path("comments/", include("detente.desk.comments.urls")),
    path("theatres/", include("detente.desk.theatres.urls")),
    path("review/", include("detente.desk.review.urls")),
    path("newsroom/", include("detente.desk.publishing.urls")),
    path("accounts/", include("detente.desk.accounts.urls")),
    path("api/", include((api_patterns, "api"))),
    path("metrics", metrics, name="metrics"),
    path("i18n/", include("django.conf.urls.i18n")),
]
handler400 = "detente.desk.errors.bad_request"
handler403 = "detente.desk.errors.forbidden"
handler404 = "detente.desk.errors.not_found"
handler500 = "detente.desk.errors.broken"
