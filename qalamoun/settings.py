"""All settings, in one file, from the environment, with defaults that work right after checkout.

`os.environ` is read here and nowhere else. What can be set:

==========================  ====================================================================
variable                    meaning (default)
==========================  ====================================================================
DATABASE_URL                which database (the SQLite file ``var/qalamoun.sqlite3``)
DJANGO_SECRET_KEY           key for signatures (made once and kept in ``var/secret_key``)
DJANGO_DEBUG                ``1`` shows tracebacks; never in public (off)
ALLOWED_HOSTS               host names, separated by commas (``localhost,127.0.0.1,[::1]``)
CSRF_TRUSTED_ORIGINS        origins, separated by commas (none)
HTTPS                       ``1`` where a proxy ends TLS: secure cookies, HSTS, redirects (off)
GUEST_DAYS                  idle days after which an unused guest is pruned (30)
==========================  ====================================================================
"""

import os
from contextlib import suppress
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"


def _flag(name: str) -> bool:
    """Whether an environment variable says yes."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def _names(name: str, default: str = "") -> list[str]:
    """The comma-separated values of an environment variable."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def _kept_secret_key() -> str:
    """The key of this installation: made at the first start, readable by its owner alone."""
    path = VAR_DIR / "secret_key"
    VAR_DIR.mkdir(exist_ok=True)
    if not path.exists():
        # Written whole under another name first, then linked: of several workers that start at once the first
        # one's link stands, and a start that is cut short leaves no empty key behind.
        draft = VAR_DIR / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key())
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


# --- Security -------------------------------------------------------------------------------

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY") or _kept_secret_key()
DEBUG = _flag("DJANGO_DEBUG")
ALLOWED_HOSTS = _names("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _names("CSRF_TRUSTED_ORIGINS")
HTTPS = _flag("HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
    }
}
# An answer is a few hundred bytes; the admin's largest form (an event with its claims) is far below 1 MiB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
# Nobody uploads anything; files would be written to disk before the request is even checked.
DATA_UPLOAD_MAX_NUMBER_FILES = 0

# --- Parts ----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "quiz",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Safe beside what a page keeps secret: the CSRF token is masked anew in each response, and Django pads what it
    # compresses by a random length (both against BREACH). Static files are compressed when they are collected.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "quiz.views.zone.learners_zone",
    "quiz.views.errors.method_told",
]
ROOT_URLCONF = "qalamoun.urls"
WSGI_APPLICATION = "qalamoun.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- Storage --------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'qalamoun.sqlite3'}", conn_max_age=None, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that will write takes the lock at once and waits its turn; DEFERRED ones fail
        # with 'database is locked' as soon as two writers meet.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # WAL lets readers go on beside a writer; FULL keeps every acknowledged answer over a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
    }
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Accounts -------------------------------------------------------------------------------

AUTH_USER_MODEL = "quiz.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "quiz:log-in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "quiz:home"
SESSION_COOKIE_AGE = 365 * 24 * 3600
# How long an editor's link for a new password is good, in seconds.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
GUEST_DAYS = int(os.environ.get("GUEST_DAYS", "30"))

# --- Language and time ----------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = USE_TZ = True

# --- Static files ---------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
# What browsers ask for by itself at the root of a site: /favicon.ico and the like.
WHITENOISE_ROOT = BASE_DIR / "quiz" / "static" / "root"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Logging --------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
