"""Django's settings; what an operator may set is in ``environment``."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from stocktaking.config.environment import read
from stocktaking.kernel import languages

ENVIRONMENT = read()
PACKAGE = Path(__file__).resolve().parents[1]
DATA_DIR = ENVIRONMENT.data_dir
BASE_URL = ENVIRONMENT.base_url
DEMO = ENVIRONMENT.demo
ORGANISER = ENVIRONMENT.organiser
CONTACT = ENVIRONMENT.contact
IDENTITY_PROVIDERS = ENVIRONMENT.identity
PROOF_COST = ENVIRONMENT.proof_cost
AGEING_AFTER_DAYS = ENVIRONMENT.ageing_after  # since somebody last vouched for an entry
STALE_AFTER_DAYS = ENVIRONMENT.stale_after
REMINDERS = ENVIRONMENT.reminders  # the periodic work writes to owners and authors by itself
DEEP_PAGES_PER_MINUTE = ENVIRONMENT.deep_pages  # different ones, of one network; see web.crawling

CONFIRMATION_EVERY_DAYS = 365  # an address is asked once in that time whether entries are right

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = [
    *ENVIRONMENT.hosts,
    urlsplit(BASE_URL).hostname or "",
    "127.0.0.1",
    "localhost",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "stocktaking.web.views.errors.csrf_failure"
ROOT_URLCONF = "stocktaking.config.urls"
WSGI_APPLICATION = "stocktaking.config.wsgi.application"

# From the lowest floor of the ladder to the highest; a test holds this order.
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "stocktaking.kernel",
    "stocktaking.history",
    "stocktaking.guards",
    "stocktaking.jobs",
    "stocktaking.files",
    "stocktaking.outbox",
    "stocktaking.reference",
    "stocktaking.accounts",
    "stocktaking.threads",
    "stocktaking.pages",
    "stocktaking.questionnaires",
    "stocktaking.search",
    "stocktaking.entries",
    "stocktaking.calls",
    "stocktaking.insight",
    "stocktaking.intake",
    "stocktaking.follow",
    "stocktaking.console",
    "stocktaking.web",
]

MIDDLEWARE = [
    "stocktaking.web.arrival.stamp",
    "django.middleware.security.SecurityMiddleware",
    # slow phones read this; answers that are kept are compressed already and left alone
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "stocktaking.web.crawling.slow_down",
    # nothing above reads the body; the protection of forms does so only after all of these
    "stocktaking.web.sizes.limit_size",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # ours come before the ones that allauth brings under the same names
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "stocktaking.web.context.page",
            ],
        },
    },
]

DATABASES = {"default": dj_database_url.parse(ENVIRONMENT.database_url)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # acknowledged means on the disk (synchronous=FULL); IMMEDIATE takes the write lock at
    # the start, so that a transaction never fails half-way with "database is locked"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {"client_encoding": "UTF8"}

# Limits on signing in stand in the default one; kept pages and paces of networks, which anybody
# may cause to be made in any number, must not push them out.
CACHES = {
    name: {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": ENVIRONMENT.cache_url,
        "KEY_PREFIX": name,
    }
    if ENVIRONMENT.cache_url
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": name,
        "OPTIONS": {"MAX_ENTRIES": most},
    }
    for name, most in (
        ("default", 10_000),
        ("pages", 2000),
        ("deep", 500),  # pages that robots.txt leaves out
        ("paces", 20_000),
    )
}

LANGUAGES = [(language.django, language.name) for language in languages.LANGUAGES]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True
FORM_RENDERER = "stocktaking.kernel.forms.Renderer"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
# for ever: addresses carry a mark of the content (kernel.assets)
WHITENOISE_MAX_AGE = 31_536_000 if not DEBUG else 0

INDEX_DIR = DATA_DIR / "index"
SEARCH_FOLLOWS = True  # a web process keeps its node's index in step by itself

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
# the editor of an entry: texts in many languages, hundreds of terms with notes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # bytes, files not counted
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BASE_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    # asked by the machine itself, past the proxy
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "require-trusted-types-for": ["'script'"],
    },
}

# People sign in with a code by mail or a passkey; there are no passwords.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "stocktaking.web.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "stocktaking.web.views.account.forms.SignupForm"
ACCOUNT_SIGNUP_REDIRECT_URL = "account"
ACCOUNT_FORMS = {
    "login": "stocktaking.web.views.account.sign_in_forms.SignInForm",
    "signup": "stocktaking.web.views.account.sign_in_forms.SignUpForm",
    "add_email": "stocktaking.web.views.account.sign_in_forms.ChangeAddressForm",
}
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE, two weeks; nobody is asked
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
SOCIALACCOUNT_ADAPTER = "stocktaking.web.identity.IdentityAdapter"
MFA_ADAPTER = "stocktaking.web.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "login_webauthn": "stocktaking.web.views.account.passkey_forms.LoginForm",
    "authenticate_webauthn": "stocktaking.web.views.account.passkey_forms.AuthenticateForm",
    "reauthenticate_webauthn": "stocktaking.web.views.account.passkey_forms.ReauthenticateForm",
    "add_webauthn": "stocktaking.web.views.account.passkey_forms.AddForm",
    "edit_webauthn": "stocktaking.web.views.account.passkey_forms.RenameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL.startswith("http://")
MFA_TOTP_TOLERANCE = 1


def mail_settings(url: str) -> dict[str, object]:
    """Django's mail settings from ``EMAIL_URL``; without one, mail is kept as files.

    ``smtp://user:password@host:587?tls=1`` · ``smtps://host:465`` · ``file:///folder``
    """
    parts = urlsplit(url)
    if parts.scheme in ("smtp", "smtps"):
        return {
            "MAIL_TRANSPORT": "stocktaking.outbox.transport.SmtpTransport",
            "EMAIL_HOST": parts.hostname or "localhost",
            "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_USE_TLS": parse_qs(parts.query).get("tls") == ["1"],
        }
    return {
        "MAIL_TRANSPORT": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": parts.path if parts.scheme == "file" else str(DATA_DIR / "mail"),
    }


globals().update(mail_settings(ENVIRONMENT.email_url))
MAIL_TRANSPORT = str(mail_settings(ENVIRONMENT.email_url)["MAIL_TRANSPORT"])
# everything waits in the outbox, also what libraries send; a worker hands it to the transport
EMAIL_BACKEND = "stocktaking.outbox.backend.EmailBackend"
DEFAULT_FROM_EMAIL = ENVIRONMENT.sender or f"stocktaking@{urlsplit(BASE_URL).hostname}"
EMAIL_TIMEOUT = 20  # seconds without a word
MAIL_SECONDS = 60  # for one mail in all, however slowly the server speaks
MAIL_BOUNCES = 1  # mails that came back for good, before an address gets no more
MAIL_KEEP_CODES = timedelta(days=1)  # subject and text of mails about accounts
MAIL_KEEP_TEXTS = timedelta(days=90)  # of all others
MAIL_KEEP_ROWS = timedelta(days=365)  # who was written to, when and why

FOLLOWED_MOST = 100  # searches and entries that one person follows
