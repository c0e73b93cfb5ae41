"""Secrets in links: random or derived from the office's secret, stored only as their hash."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from advocacy.settings import secret

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Of a short code on paper: no I, O, 0, 1, which are mistaken for one another."""


def random_token() -> str:
    """256 bits, 43 characters."""
    return secrets.token_urlsafe(32)


def digits(number: int = 6) -> str:
    return "".join(secrets.choice("0123456789") for _ in range(number))


def hashed(token: str) -> str:
    """What is stored. Tokens are long and random, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def hashed_code(code: str, subject: str) -> str:
    """Of a short code: keyed, because a few digits would be found from their plain hash."""
    return _mac(f"code:{subject}:{code}").hex()


def derived_token(purpose: str, number: int) -> str:
    """The same link in the call and its reminder without keeping the link itself."""
    return urlsafe_b64encode(_mac(f"{purpose}:{number}")).decode().rstrip("=")


def derived_code(purpose: str, number: int) -> str:
    """Eight characters for a sheet of paper, shown as K7M2-QXD4: 40 bits, throttled."""
    mac = _mac(f"short:{purpose}:{number}")
    return "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in mac[:8])


def _mac(text: str) -> bytes:
    return hmac.new(secret().encode(), text.encode(), hashlib.sha256).digest()
