"""Programs that measure. They run outside pytest, so what is stored is made ready for them here."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qalamoun.settings")
django.setup()
