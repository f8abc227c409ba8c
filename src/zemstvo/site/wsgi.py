"""The web application for another WSGI server; «zemstvo up» brings its own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zemstvo.site.settings")
application = get_wsgi_application()
