"""Django's settings. Everything that differs between two installations comes from the environment."""

import os
from datetime import timedelta
from pathlib import Path

from config import environment, log, pace

ROOT = Path(__file__).resolve().parent.parent
DEBUG = environment.switch("DEBUG")
SECRET_KEY = environment.secret_key()
SECRET_KEY_FALLBACKS = environment.old_secret_keys()
OUTREACH_URL = environment.public_url()
CHANNELS = environment.wires()
SENDGRID_EVENTS_KEYS = environment.sendgrid_events_keys()
REPLY_DOMAIN = environment.reply_domain()
BOUNCES = environment.bounces()
MAIL_TRUSTED = environment.trusted_servers()
MAIL_LISTEN = environment.mail_listen()
MAILBOX = environment.mailbox()
PARSE_SECRETS = environment.parse_secrets()
LOOKUPS = environment.lookups()
DOMAIN_RATES = pace.domain_rates()
SENDER_RATES = pace.sender_rates()
BRAKES = pace.brakes()

ALLOWED_HOSTS = environment.hosts(OUTREACH_URL)
CSRF_TRUSTED_ORIGINS = [OUTREACH_URL]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "config.apps.Config",
    "campaigns",
    "outreach",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_structlog",
]

MIDDLEWARE = [
    "config.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "config.pages.environment",
            "context_processors": ["django.contrib.messages.context_processors.messages"],
        },
    }
]

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = environment.redis_url()
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "outreach",
    }
}

LEASE_SECONDS = int(os.environ.get("OUTREACH_LEASE", "60"))  # how long a worker may keep what it has claimed
CAP = environment.count("OUTREACH_CAP", 3)  # messages to one addressee, and to one inbox, over all campaigns, within:
CAP_TIME = timedelta(hours=environment.count("OUTREACH_CAP_HOURS", 24))
LETTERS_AN_HOUR = environment.count("OUTREACH_LETTERS_AN_HOUR", 6)  # of supporters, one by one, to one inbox
LETTERS_A_DAY = environment.count("OUTREACH_LETTERS_A_DAY", 30)  # what is above goes together, so many at the least:
LETTERS_IN_A_DIGEST = environment.count("OUTREACH_LETTERS_IN_A_DIGEST", 5)
LETTERS_DIGEST_AT = environment.time_of_day("OUTREACH_LETTERS_DIGEST_AT", "10:00")  # on the clock of the office
PERSON_CAP = environment.count("OUTREACH_PERSON_CAP", 4)  # letters to one supporter, over all campaigns, within:
PERSON_CAP_TIME = timedelta(days=environment.count("OUTREACH_PERSON_CAP_DAYS", 7))
TRY_FOR = timedelta(hours=environment.count("OUTREACH_TRY_FOR_HOURS", 48))  # before a message is given up
AILING_AFTER = environment.count("OUTREACH_AILING_AFTER", 2)  # failures in a row that may pass
DEAD_AFTER = environment.count("OUTREACH_DEAD_AFTER", 5)
SUPPORTERS_AT_LEAST_ONCE = environment.switch("OUTREACH_SUPPORTERS_AT_LEAST_ONCE")  # else at most once
RETENTION = {  # what is kept about people, and for how long; outreach/retention.py says what each is
    "networks": timedelta(days=environment.count("OUTREACH_KEEP_NETWORKS_DAYS", 7)),
    "unconfirmed": timedelta(days=environment.count("OUTREACH_KEEP_UNCONFIRMED_DAYS", 30)),
    "unconfirmed_letters": timedelta(days=environment.count("OUTREACH_KEEP_UNCONFIRMED_LETTERS_DAYS", 14)),
    "letters": timedelta(days=environment.count("OUTREACH_KEEP_LETTERS_DAYS", 90)),
    "unreadable": timedelta(days=environment.count("OUTREACH_KEEP_UNREADABLE_DAYS", 30)),
    "notices": timedelta(days=environment.count("OUTREACH_KEEP_NOTICES_DAYS", 30)),
    "mails": timedelta(days=environment.count("OUTREACH_KEEP_MAILS_DAYS", 90)),
    "supporters": timedelta(days=environment.count("OUTREACH_KEEP_SUPPORTERS_DAYS", 365)),
}
DISPOSABLE_DOMAINS = environment.disposable_domains()
FONTS = environment.fonts()
CAMPAIGN_FOLDERS = ROOT / "templates" / "campaigns"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_FOLDERS = (ROOT / "outreach" / "static", environment.beside("ninja", "static"))
STATICFILES_DIRS = [folder for folder in STATIC_FOLDERS if folder.is_dir()]
WHITENOISE_USE_FINDERS = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in"

IS_HTTPS = OUTREACH_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.switch("OUTREACH_BEHIND_PROXY") else None
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

LOG_AS_JSON = not (DEBUG or environment.is_embedded())
LOGGING = log.configuration(as_json=LOG_AS_JSON, level=os.environ.get("LOG_LEVEL", "INFO"))
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
