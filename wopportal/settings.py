"""All settings of the portal, read from the environment with safe defaults.

docs/deploy.md lists the variables. Without any of them the portal starts on an
SQLite file under var/, for this machine only, with DEBUG off.
"""

import contextlib
import importlib.util
import tomllib
from pathlib import Path

from botocore.config import Config
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from wopportal import environment
from wopportal.environment import address, choice, contact, database, flag, hosts, level, networks, number, sender, text

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
environment.load_file()
VAR_DIR = environment.folder("WOP_VAR_DIR", BASE_DIR / "var")


def borrowed_catalogue(package, theirs, ours):
    """A folder of catalogues in which the language ``theirs`` of ``package`` goes by the name of ``ours``."""
    folder = VAR_DIR / "locale" / package
    folder.mkdir(parents=True, exist_ok=True)
    target = Path(importlib.util.find_spec(package).origin).parent / "locale" / theirs
    link = folder / ours
    if not link.is_symlink() or link.readlink() != target:
        link.unlink(missing_ok=True)
        with contextlib.suppress(FileExistsError):  # another process of the portal was quicker
            link.symlink_to(target)
    return folder


LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

DEBUG = flag("DEBUG")
DEMO = flag("WOP_DEMO")
ALLOWED_HOSTS = hosts("ALLOWED_HOSTS", ",".join(LOOPBACK))
if DEMO and set(ALLOWED_HOSTS) - set(LOOPBACK):
    environment.refuse(
        "WOP_DEMO", "prints its passwords: it only serves this machine", "Leave ALLOWED_HOSTS unset, or WOP_DEMO."
    )
SECRET_KEY_IS_KEPT = not text("SECRET_KEY")
SECRET_KEY = text("SECRET_KEY") or environment.kept_secret(VAR_DIR / "secret-key")

INSTALLED_APPS = [
    "wopportal.apps.SupportConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wopportal",
    "accounts",
    "vocabularies",
    "notices",
    "reviews",
    "operators",
    "platforms",
    "webhooks",
    "partnerships",
    "reports",
    "search",
    "directory",
    "desk",
    "api",
    "exports",
    "iati",
    "django_tasks",
    "django_tasks_db",  # after notices, whose db_worker outlives a restart of the database
]

MIDDLEWARE = [
    "wopportal.health.HealthMiddleware",
    "wopportal.answers.PageAnswersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "wopportal.middleware.KeptAnswersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "directory.middleware.ReferenceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.ExpiredSessionMiddleware",
    "accounts.middleware.SearchLimitMiddleware",
    "api.middleware.LimitsMiddleware",
    "wopportal.answers.ProgramAnswersMiddleware",
    # After those that know the person; what reads bodies, the check of tokens too, comes when all of these have begun.
    "wopportal.middleware.FilesMiddleware",
    "wopportal.middleware.CleanWordsMiddleware",
]

ROOT_URLCONF = "wopportal.urls"
WSGI_APPLICATION = "wopportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wopportal.context_processors.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "wopportal.templatetags.wop"],
        },
    }
]

FORM_RENDERER = "wopportal.forms.Renderer"

# --- data ---------------------------------------------------------------------------------------------
DATABASES = {"default": database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue instead of failing, readers never wait (docs/decisions/0003-two-databases.md).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    environment.make_folder("DATABASE_URL", Path(DATABASES["default"]["NAME"]).parent)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = address("REDIS_URL", "", schemes=("rediss", "unix", "redis"), path=True)
CACHES = {
    "default": {"BACKEND": "wopportal.cache.PatientRedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    # Room for the counts of many visitors: the cache of a process throws a third out when it is full.
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}},
    # Answers that are the same for everybody (wopportal/answers.py); without this cache none is kept.
    "answers": {"BACKEND": "wopportal.cache.PatientRedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "answers"}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "answers",
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
    # Made again when it is gone; beside the limits it would drive them out.
    "fact-sheets": {
        "BACKEND": "wopportal.cache.PatientFileCache",
        "LOCATION": VAR_DIR / "fact-sheets",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}

# --- people -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = [
    "accounts.backends.SupportBackend",
    "accounts.backends.PortalBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:workspace"
ACCOUNT_LOGOUT_REDIRECT_URL = "directory:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_ADAPTER = "notices.adapter.AccountAdapter"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_FORMS = {
    "change_password": "api.forms.ChangePasswordForm",
    "set_password": "api.forms.SetPasswordForm",
    "reset_password_from_key": "api.forms.ResetPasswordForm",
}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"add_webauthn": "accounts.forms.NewDeviceForm", "edit_webauthn": "accounts.forms.DeviceForm"}
MFA_PASSKEY_LOGIN_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Each of them per address (ip), account (user) or typed e-mail address (key); docs/deploy.md explains them.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "signup": "10/m/ip,60/d/ip",
    "reset_password": "10/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "confirm_email": "1/60s/key",
    "report_error": "5/10m/ip,30/d/ip",
}
# What accounts/rate_limits.py counts, each account (or network of somebody who is not signed in) for itself, in
# windows of a minute, an hour or a day (m, h, d). docs/deploy.md and docs/api.md explain them.
RATE_LIMITS = {
    "anonymous": "120/m",  # requests to the API without account
    "account": "600/m",  # those with token or session
    "write": "120/m",  # of these, the ones that change something
    "upload": "60/h",  # by pages and API together
    "export": "30/m",
    "search": "120/m",  # pages with ?q=
    "contact": "3/d",  # mails to one reader that they were entered as a contact
    # Mails that ask somebody in, or ask to be let in; how many one reader gets: notices/invitation_limits.py
    "invite": "30/h",
}
BEHIND_PROXY = flag("BEHIND_PROXY")
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_TOTP_ISSUER = "WOP Portal"
MFA_TOTP_TOLERANCE = 1  # phones are up to half a minute wrong
SECOND_FACTOR_REQUIRED = flag("SECOND_FACTOR_REQUIRED", default=not DEMO)

# --- mail and work behind the scenes ------------------------------------------------------------------
PORTAL_URL = address("PORTAL_URL", "http://127.0.0.1:8000")
# In a demonstration nothing leaves the machine: /demo/mails/ shows what was sent.
EMAIL_BACKEND = "notices.demo_mailbox.FileBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mails"
EMAIL_HOST = text("EMAIL_HOST", "localhost", without=" /@")
EMAIL_PORT = number("EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = text("EMAIL_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_PASSWORD")
EMAIL_TLS = choice("EMAIL_TLS", "", ["starttls", "ssl", ""])
EMAIL_USE_TLS = EMAIL_TLS == "starttls"
EMAIL_USE_SSL = EMAIL_TLS == "ssl"
EMAIL_TIMEOUT = 20  # seconds
REPLY_TO = sender("MAIL_REPLY_TO", "")
SECURITY_CONTACT = contact("SECURITY_CONTACT")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = sender("MAIL_FROM", "WOP Portal <portal@localhost>")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Webhooks go to public addresses and to these networks; in a demonstration only to this machine.
WEBHOOK_ALLOWED_NETWORKS = networks("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128" if DEMO else "")

# --- languages ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("fr", _("French")), ("pt", _("Portuguese"))]
LOCALE_PATHS = [BASE_DIR / "locale", borrowed_catalogue("allauth", "pt_BR", "pt")]
FORMAT_MODULE_PATH = "wopportal.formats"
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "UTC"
USE_TZ = True

# --- files --------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
# (prefix, folder): browser files of others are installed by npm, the land of the map is drawn by build_map.
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("fonts/source-serif-4", BASE_DIR / "node_modules/@fontsource-variable/source-serif-4/files"),
    ("fonts/source-sans-3", BASE_DIR / "node_modules/@fontsource-variable/source-sans-3/files"),
    ("map", VAR_DIR / "map"),
]
MEDIA_ROOT = VAR_DIR / "media"
SEARCH_FOLDER = VAR_DIR / "search"  # made from the database; "" keeps the index in memory
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "operators.storage_failures.PatientHandler",
]
UPLOAD_MAX_BYTES = number("UPLOAD_MAX_MEGABYTES", 20, least=1, most=200) * 1024 * 1024
UPLOAD_MAX_UNPACKED = 10 * UPLOAD_MAX_BYTES  # what an office document may unpack to
# Of a picture; a JPEG that is not progressive may have four times as many. One is drawn anew at a time in each process,
# and takes 450 MB at most.
UPLOAD_MAX_PIXELS = 24_000_000
UPLOAD_SCANNER = text("UPLOAD_SCANNER")
S3_BUCKET = text("S3_BUCKET", without=" /:")
S3_OPTIONS = {
    "bucket_name": S3_BUCKET,
    "endpoint_url": address("S3_ENDPOINT_URL", "", path=True) or None,
    "region_name": text("S3_REGION", without=" /:") or None,
    "client_config": Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        connect_timeout=5,
        read_timeout=30,
        retries={"total_max_attempts": 2},
    ),
    "file_overwrite": False,
    "querystring_expire": 300,  # seconds that a signed address of a file lasts
}
STORAGES = {
    "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": S3_OPTIONS}
    if S3_BUCKET
    else {"BACKEND": "wopportal.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- doors for programs -------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.TokenAuthentication",
        "api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.WithinScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer", "api.renderers.ProblemRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "api.openapi.generator.Schema",
    "EXCEPTION_HANDLER": "api.problems.answer_problem",
    "UNAUTHENTICATED_TOKEN": None,
    "URL_FIELD_NAME": "api_url",
    "URL_FORMAT_OVERRIDE": None,  # formats are asked for with Accept
}
SPECTACULAR_SETTINGS = {
    "TITLE": "WOP Portal",
    "DESCRIPTION": _(
        "The register of Water Operators’ Partnerships for programs: what everybody may read, and with a token all the "
        "work of drafting and review. Codes stay the same for ever, labels stand beside them in the language of the "
        "answer. What is not known is null, empty or missing, and never 0."
    ),
    "VERSION": "3.0.0",  # of the API alone: it moves when programs have to
    "OAS_VERSION": "3.1.0",
    "SERVERS": [{"url": "/"}],
    "SCHEMA_PATH_PREFIX": "/api/v[0-9]+",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["api.openapi.generator.finish"],
}

# --- safety -------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
HTTPS = flag("HTTPS", default=not DEMO and not DEBUG)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "accounts.views.errors.csrf_failure"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # forty tracks with sixty results on one page are 900 fields
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = []

# --- the portal ---------------------------------------------------------------------------------------
DATA_LICENCE = text("DATA_LICENCE", "CC BY 4.0")  # of the register's own words (vocabularies/licence.py)
DATA_LICENCE = "" if DATA_LICENCE.lower() == "none" else DATA_LICENCE
# Who publishes the register in IATI (docs/iati.md). Every identifier begins with the reference: set it once, for ever.
IATI_ORG_REF = text("IATI_ORG_REF", without="/ & | ? \t\n")
IATI_ORG_NAME = text("IATI_ORG_NAME", "WOP Portal")
IATI_ORG_TYPE = str(number("IATI_ORG_TYPE", 90, least=10, most=99))
DATA_DIR = BASE_DIR / "data"
EXPORT_AT_ONCE = 500  # partnerships; whole files of more are made behind the scenes (docs/exports.md)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": level("LOG_LEVEL", "WARNING")},
}

environment.finish()
