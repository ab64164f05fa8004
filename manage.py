#!/usr/bin/env python
"""Run Django's commands, and the project's own, from the shell."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qalamoun.settings")
    execute_from_command_line(sys.argv)
