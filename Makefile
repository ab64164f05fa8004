# Everything that is done with this tree. `make` lists the commands; `make run` and `make test` set up what
# they need, on a machine that has python3 (3.11 or later) and make.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
VENV := .venv
PYTHON := $(VENV)/bin/python
MANAGE := $(PYTHON) manage.py
PIP := $(PYTHON) -m pip --disable-pip-version-check --no-input
# Tests must not see what the caller's shell sets for a site.
PYTEST := env -u DJANGO_DEBUG -u HTTPS -u ALLOWED_HOSTS -u CSRF_TRUSTED_ORIGINS -u GUEST_DAYS $(PYTHON) -m pytest
# Two at a time: the suite is bound by Python, a journey takes a core and a half.
# `load` keeps the order within each worker, on which the journeys rely (tests/conftest.py).
PARALLEL := -n 2 --dist load
LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/bin/uv pip compile pyproject.toml \
	--universal --python-version 3.11 --generate-hashes --quiet

.PHONY: help
help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- The site ---------------------------------------------------------------------------------

.PHONY: run
run: database static  ## serve the quiz on 127.0.0.1 (PORT=8000), after setting up what is missing
	@$(PYTHON) -c 'import socket; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); \
		s.bind(("127.0.0.1", $(PORT)))' 2>/dev/null || \
		{ echo "Port $(PORT) is taken or not allowed. Choose another: make run PORT=8001" >&2; exit 1; }
	@echo
	@echo "  The quiz:      http://127.0.0.1:$(PORT)/   (Ctrl-C stops it; everything is kept in var/)"
	@echo "  For editors:   http://127.0.0.1:$(PORT)/admin/   (make an account with: make editor)"
	@echo
	@exec $(PYTHON) -m gunicorn qalamoun.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --log-level warning

.PHONY: editor
editor: database  ## make an editor's account (asks for name and password)
	@$(MANAGE) createsuperuser

.PHONY: database
database: $(VENV)/.installed
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_chronicle

.PHONY: static
static: $(VENV)/.installed
	@$(MANAGE) collectstatic --noinput --verbosity 0

# --- Setting up -------------------------------------------------------------------------------

# An environment that works is taken as it is; one that doesn't (another machine's, an old Python's) is made anew.
$(shell $(PYTHON) -c '' 2>/dev/null || rm -f $(VENV)/.made)

$(VENV)/.made:
	@if $(PYTHON) -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then touch $@; exit; fi; \
	for python in "$${PYTHON3:-python3}" python3.14 python3.13 python3.12 python3.11; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; python=; \
	done; \
	if [ -z "$$python" ]; then \
		echo "This needs Python 3.11 or later; python3 here is: $$(python3 --version 2>&1)" >&2; \
		echo "Install a newer one, or name it: make $(MAKECMDGOALS) PYTHON3=/path/to/python3.12" >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$python has no venv module. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$("$$python" --version) ..."; \
	"$$python" -m venv --clear $(VENV) && touch $@

$(VENV)/.installed: requirements.txt $(VENV)/.made
	@echo "Installing the locked packages ..."
	@$(PIP) install --quiet --require-hashes -r requirements.txt
	@touch $@

# A superset of the above with the same versions (tests/test_house.py sees to that).
$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.made
	@echo "Installing the locked packages, with those for development ..."
	@$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	@touch $(VENV)/.installed $@

.PHONY: setup
setup: $(VENV)/.installed-dev  ## install everything for development

# --- Tests ------------------------------------------------------------------------------------

.PHONY: test
test: setup  ## run every test, those in a real browser included (ARGS="-k name" for some)
	@browser=$$(.ci/chromium $(PYTHON)) && QALAMOUN_CHROMIUM="$$browser" $(PYTEST) $(PARALLEL) $(ARGS)

.PHONY: test-postgresql
test-postgresql: setup  ## run them on a throw-away PostgreSQL, of the journeys the smoke subset
	@command -v pg_virtualenv >/dev/null || \
		{ echo "pg_virtualenv is missing. On Debian and Ubuntu: sudo apt install postgresql postgresql-common" >&2; exit 1; }
	@browser=$$(.ci/chromium $(PYTHON)) && export QALAMOUN_CHROMIUM="$$browser" && \
		pg_virtualenv -t -o fsync=off -o synchronous_commit=off -o full_page_writes=off sh -c \
		'DATABASE_URL=postgres://$$PGUSER:$$PGPASSWORD@$$PGHOST:$$PGPORT/$$PGDATABASE \
		exec $(PYTEST) $(PARALLEL) -m "not journey or smoke" $(ARGS)'

.PHONY: coverage
coverage: setup  ## measure coverage: 100 % of the cellar, study and exchange
	@mkdir -p var
	@$(PYTEST) $(PARALLEL) -m "not journey" --cov --cov-report= --quiet
	@$(PYTHON) -m coverage report
	@$(PYTHON) -m coverage report --fail-under=100 \
		--include='quiz/chronology.py,quiz/gazetteer.py,quiz/scheduling.py,quiz/questions/*,quiz/study/*,quiz/exchange/*'

# The fixtures alone are proved, in a database that is thrown away, whatever the site's own holds.
.PHONY: proof
proof: setup  ## prove every question that the fixtures can give (ARGS="--seeds 8")
	@again=$$(mktemp -d) && trap 'rm -rf "$$again"' EXIT && export DATABASE_URL="sqlite:///$$again/proof.sqlite3" && \
		$(MANAGE) migrate --verbosity 0 && $(MANAGE) load_chronicle && $(MANAGE) check_questions $(ARGS)

# --- Checks -----------------------------------------------------------------------------------

.PHONY: check
check: format-check lint types contract migrations-check deploy-check lock-check  ## run all checks below

.PHONY: format
format: setup  ## write the code in its form
	@$(PYTHON) -m ruff check --quiet --select I --fix . && $(PYTHON) -m ruff format .

.PHONY: format-check
format-check: setup  ## is the code in its form?
	@$(PYTHON) -m ruff format --check --output-format concise .

.PHONY: lint
lint: setup  ## rules on code (ruff)
	@$(PYTHON) -m ruff check .

.PHONY: types
types: setup  ## types (mypy, strict)
	@$(PYTHON) -m mypy

.PHONY: contract
contract: setup  ## directions of import (import-linter)
	@$(PYTHON) -c 'from importlinter.cli import lint_imports_command as run; run()' --no-logo --no-cache

.PHONY: migrations-check
migrations-check: setup  ## do the migrations say what the models say?
	@$(MANAGE) makemigrations --check --dry-run

.PHONY: deploy-check
deploy-check: setup  ## Django's own checks, as in production
	@DJANGO_SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(60))') \
		DJANGO_DEBUG=0 HTTPS=1 ALLOWED_HOSTS=quiz.example CSRF_TRUSTED_ORIGINS=https://quiz.example \
		$(MANAGE) check --deploy --fail-level WARNING

# --- Fonts ------------------------------------------------------------------------------------

.PHONY: fonts
fonts:  ## cut the fonts anew from the packages of their makers (needs npm)
	@.ci/fonts

# --- Locked packages ----------------------------------------------------------------------------

.PHONY: lock
lock: setup  ## lock what pyproject.toml asks for, keeping versions where they fit (ARGS=--upgrade for the newest)
	@$(LOCK) $(ARGS) --output-file requirements.txt
	@$(LOCK) $(ARGS) --group dev --output-file requirements-dev.txt

.PHONY: lock-check
lock-check: setup  ## do the lock files say what pyproject.toml says, without an address?
	@again=$$(mktemp -d) && trap 'rm -rf "$$again"' EXIT && cp requirements.txt requirements-dev.txt "$$again" && \
		$(LOCK) --output-file "$$again/requirements.txt" && \
		$(LOCK) --group dev --output-file "$$again/requirements-dev.txt" && \
		{ diff -u requirements.txt "$$again/requirements.txt" && \
		diff -u requirements-dev.txt "$$again/requirements-dev.txt" || \
		{ echo "The lock files differ from pyproject.toml. Run: make lock" >&2; exit 1; }; }
	@! grep -n 'http' requirements.txt requirements-dev.txt || \
		{ echo "The lock files carry download addresses; they must not." >&2; exit 1; }
