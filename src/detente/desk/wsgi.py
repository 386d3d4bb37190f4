"""The site as a WSGI application: `gunicorn detente.desk.wsgi`."""

import os

from detente import logs

if not logs.ROOT.handlers:  # started by another server than `detente desk`
    logs.as_environment_says()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "detente.desk.settings")

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

application = get_wsgi_application()
import_string("detente.desk.theatres.state.warm")()  # models can be imported only now
