"""The site as a WSGI application: `gunicorn detente.desk.wsgi`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "detente.desk.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
