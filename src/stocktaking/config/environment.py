"""What the operator sets: environment variables, read in one place."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stocktaking.accounts.rules.providers import IdentityProvider
from stocktaking.config.identity import one, several


@dataclass(frozen=True)
class Environment:
    """The settings of one installation. No other writable state exists than ``data_dir``."""

    data_dir: Path
    database_url: str
    base_url: str
    secret_key: str
    email_url: str
    hosts: tuple[str, ...]
    cache_url: str
    demo: bool
    debug: bool
    proxies: int  # between the world and us, each adding to X-Forwarded-For
    organiser: str = ""  # who runs the register, for its texts
    contact: str = ""  # an e-mail address or a page
    identity: tuple[IdentityProvider, ...] = ()  # others that people may sign in with
    sender: str = ""  # the address that mail comes from
    proof_cost: int = 50_000  # hashes at most that a visitor's browser computes per form
    ageing_after: int = 365  # days since an entry was registered or confirmed
    stale_after: int = 730
    reminders: bool = True
    deep_pages: int = 120  # different ones that a visitor's network may see a minute; 0: any


def read(environ: dict[str, str] | None = None) -> Environment:
    """Read the environment; the secret key is made once and kept in the data folder."""
    env = dict(os.environ if environ is None else environ)
    data_dir = Path(env.get("STOCKTAKING_DATA_DIR") or "var").absolute()
    ageing_after = _days(env.get("STOCKTAKING_AGEING_AFTER_DAYS") or "", 365)
    base_url = (env.get("STOCKTAKING_BASE_URL") or "http://127.0.0.1:8000").rstrip("/")
    return Environment(
        data_dir=data_dir,
        database_url=env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'stocktaking.sqlite3'}",
        base_url=base_url,
        secret_key=env.get("SECRET_KEY") or kept_secret(data_dir),
        email_url=env.get("EMAIL_URL") or "",
        hosts=tuple(filter(None, env.get("STOCKTAKING_HOSTS", "").split(","))),
        cache_url=env.get("CACHE_URL") or "",
        demo=env.get("STOCKTAKING_DEMO") == "1" or (data_dir / "demo").exists(),
        debug=env.get("STOCKTAKING_DEBUG") == "1",
        proxies=int(env.get("STOCKTAKING_PROXIES") or 0),
        organiser=env.get("STOCKTAKING_ORGANISER") or "",
        contact=env.get("STOCKTAKING_CONTACT") or "",
        identity=(
            *one(
                issuer=env.get("STOCKTAKING_OIDC_ISSUER") or "",
                client_id=env.get("STOCKTAKING_OIDC_CLIENT_ID") or "",
                client_secret=env.get("STOCKTAKING_OIDC_CLIENT_SECRET") or "",
                name=env.get("STOCKTAKING_OIDC_NAME") or "",
                domains=env.get("STOCKTAKING_OIDC_DOMAINS") or "",
            ),
            *several(data_dir / "oidc.toml"),
        ),
        sender=env.get("STOCKTAKING_SENDER") or "",
        proof_cost=min(max(int(env.get("STOCKTAKING_PROOF_COST") or 50_000), 1), 10_000_000),
        deep_pages=max(int(env.get("STOCKTAKING_DEEP_PAGES_PER_MINUTE") or 120), 0),
        ageing_after=ageing_after,
        reminders=env.get("STOCKTAKING_REMINDERS") != "0",
        stale_after=max(
            _days(env.get("STOCKTAKING_STALE_AFTER_DAYS") or "", 2 * ageing_after), ageing_after + 1
        ),
    )


def _days(said: str, usual: int) -> int:
    return min(max(int(said or usual), 1), 100_000)


def kept_secret(data_dir: Path) -> str:
    """The key in ``keys/secret``, made on first use, readable by its owner alone."""
    path = data_dir / "keys" / "secret"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # written whole under another name first: nobody ever reads half a key
        draft = path.with_name(f"secret.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        with suppress(FileExistsError):  # another process was first
            os.link(draft, path)
        draft.unlink()
    return path.read_text()
