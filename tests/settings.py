"""Settings of the suite: the installation's own, on throw-away folders and fast where that
changes nothing that is tested."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="stocktaking-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
# before the settings are read: a test never touches the folder of an installation
os.environ.update(
    STOCKTAKING_DATA_DIR=str(FOLDER),
    STOCKTAKING_BASE_URL="http://127.0.0.1:8000",
    SECRET_KEY="a key for tests only, long enough to be accepted by every check",
)
# the browser tests leave an event loop in their process, which Django takes for asynchronous code
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
for name in list(os.environ):
    if name.startswith("STOCKTAKING_") and name not in (
        "STOCKTAKING_DATA_DIR",
        "STOCKTAKING_BASE_URL",
    ):
        del os.environ[name]
for name in ("EMAIL_URL", "CACHE_URL", "PORT"):
    os.environ.pop(name, None)

from stocktaking.config.settings import *  # noqa: E402, F403 - the environment comes first
from stocktaking.config.settings import DATABASES, STATIC_ROOT  # noqa: E402

STATIC_ROOT.mkdir(parents=True)
WHITENOISE_AUTOREFRESH = True  # else every test client lists all files first
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # a file, as in an installation: threads and processes meet in it; losing it is no loss
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
SEARCH_FOLLOWS = False  # no threads besides those a test asks for
