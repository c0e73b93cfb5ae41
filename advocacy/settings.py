"""What an operator can set, read once from the environment. docs/operations.md explains each."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    database_url: str = "sqlite:///alphorn.db"
    base_url: str = "http://127.0.0.1:8000"
    bind: str = "127.0.0.1:8000"
    secret: str = ""
    smtp_url: str = "file:///mail"
    demo: bool = False
    private_sources: tuple[str, ...] = ()
    proxies: str = ""
    network: str = "Alpennetz"
    sender: str = "office@alpennetz.example"
    language: str = "de"
    replies: str = ""
    imap_url: str = ""
    translator_url: str = ""
    translator_kind: str = "libretranslate"
    translator_key: str = ""
    translator_model: str = ""
    letterhead: Path | None = None

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def sqlite_path(self) -> Path | None:
        if not self.database_url.startswith("sqlite:///"):
            return None
        return Path(self.database_url.removeprefix("sqlite:///"))

    @property
    def mail_folder(self) -> Path | None:
        """The folder of .eml files; `file:///mail` is `mail` in the working folder,
        `file:////var/mail` an absolute one, as SQLAlchemy made customary for SQLite.
        """
        if urlsplit(self.smtp_url).scheme != "file":
            return None
        return Path(self.smtp_url.removeprefix("file:///"))


def read(environment: Mapping[str, str]) -> Settings:
    """Raise ValueError with one clear sentence for a value that cannot be meant."""
    default = Settings()

    def value(name: str, otherwise: str) -> str:
        return environment.get(f"ALPHORN_{name}", "").strip() or otherwise

    database_url = value("DATABASE_URL", default.database_url)
    if not database_url.startswith(("sqlite:///", "postgresql://")):
        raise ValueError("ALPHORN_DATABASE_URL starts with sqlite:/// or postgresql://")
    smtp_url = value("SMTP_URL", default.smtp_url)
    if not smtp_url.startswith(("smtp://", "smtps://", "file:///")):
        raise ValueError("ALPHORN_SMTP_URL starts with smtp://, smtps:// or file:///")
    demo = value("DEMO", "0")
    if demo not in {"0", "1"}:
        raise ValueError("ALPHORN_DEMO is 0 or 1")
    replies = value("REPLIES", "")
    if replies and "@" not in replies.strip("@"):
        raise ValueError("ALPHORN_REPLIES is a mail address; letters are answered to a part of it")
    imap_url = value("IMAP_URL", "")
    if imap_url and not imap_url.startswith(("imap://", "imaps://")):
        raise ValueError("ALPHORN_IMAP_URL starts with imap:// or imaps://")
    translator_url = value("TRANSLATOR_URL", "")
    if translator_url and not translator_url.startswith(("http://", "https://")):
        raise ValueError("ALPHORN_TRANSLATOR_URL starts with http:// or https://")
    translator_kind = value("TRANSLATOR_KIND", default.translator_kind)
    if translator_kind not in {"libretranslate", "openai"}:
        raise ValueError("ALPHORN_TRANSLATOR_KIND is libretranslate or openai")
    letterhead = value("LETTERHEAD", "")
    if letterhead and not Path(letterhead).is_file():
        raise ValueError(f"ALPHORN_LETTERHEAD names no file: {letterhead}")
    networks = value("PRIVATE_SOURCES", "").replace(",", " ").split()
    return Settings(
        database_url=database_url,
        base_url=value("BASE_URL", default.base_url).rstrip("/"),
        bind=value("BIND", default.bind),
        secret=value("SECRET", ""),
        smtp_url=smtp_url,
        demo=demo == "1",
        private_sources=tuple(networks),
        proxies=value("PROXIES", ""),
        network=value("NETWORK", default.network),
        sender=value("SENDER", default.sender),
        language=value("LANGUAGE", default.language),
        replies=replies,
        imap_url=imap_url,
        translator_url=translator_url.rstrip("/"),
        translator_kind=translator_kind,
        translator_key=value("TRANSLATOR_KEY", ""),
        translator_model=value("TRANSLATOR_MODEL", ""),
        letterhead=Path(letterhead) if letterhead else None,
    )


@cache
def secret() -> str:
    """Without ALPHORN_SECRET a small office gets one beside its database file.

    Links in letters are derived from it, so it must outlive a restart. PostgreSQL is shared
    by several machines: there the operator sets it.
    """
    if settings().secret:
        return settings().secret
    database = settings().sqlite_path
    if database is None:
        raise ValueError("ALPHORN_SECRET is needed with PostgreSQL: any 32 random characters")
    path = database.with_suffix(".secret")
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    except OSError as error:
        raise ValueError(f"ALPHORN_DATABASE_URL: {error.strerror}: {path.parent}") from None
    with os.fdopen(descriptor, "w") as file:
        made = secrets.token_urlsafe(32)
        file.write(made)
    return made


@cache
def settings() -> Settings:
    return read(os.environ)
