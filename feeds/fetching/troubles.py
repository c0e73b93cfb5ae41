"""What goes wrong on the way to a document, as a sentence for a person. Pure."""

import os
import ssl
from datetime import datetime
from http import HTTPStatus

import httpcore

from feeds.fetching.answers import Failed, Limits, Problem
from feeds.fetching.connecting import PrivateNetworkError, TooMuchError, UnknownServerError
from feeds.fetching.freshness import retry_after

TROUBLES = (
    PrivateNetworkError,
    UnknownServerError,
    TooMuchError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.NetworkError,
    OSError,
)

_SENTENCES = {
    204: "The server answers without content.",
    206: "The server sent only a part of the document.",
    304: "The server says that nothing has changed, although we know nothing yet.",
    401: "The server wants a password.",
    403: "The server refuses to show this to us.",
    404: "There is nothing at this address.",
    410: "The server says that this is gone for good.",
    429: "The server asks us to come less often.",
    451: "The server may not show this for legal reasons.",
    503: "The server is busy or being repaired.",
}
_PROBLEMS: dict[int, Problem] = {410: "gone", 429: "limited", 503: "limited"}


def of_status(status: int, wait: str | None, *, now: datetime) -> Failed:
    """An answer that brings no document; `wait` is its Retry-After."""
    sentence = _SENTENCES.get(status) or f"The server answers with error {status}."
    problem = _PROBLEMS.get(status, "status")
    return Failed(problem, sentence, status, retry_after(wait, now=now))


def of_size(limit: int) -> Failed:
    return Failed("large", f"The answer is larger than {limit // 1024} kB.", HTTPStatus.OK)


def of_connection(error: Exception, limits: Limits) -> Failed:
    """Any of TROUBLES."""
    match error:
        case PrivateNetworkError():
            return Failed("network", str(error))
        case UnknownServerError():
            return Failed("unreachable", str(error))
        case TooMuchError():
            return Failed("large", "The head of the answer is too long.")
        case TimeoutError() | httpcore.TimeoutException():
            return Failed("slow", _of_slowness(error, limits))
        case httpcore.ProtocolError():
            return _of_protocol(error)
    return Failed("unreachable", _of_reaching(error))


def _of_slowness(error: Exception, limits: Limits) -> str:
    match error:
        case httpcore.ConnectTimeout():
            return f"No connection stood within {limits.connect:g} seconds."
        case httpcore.TimeoutException():
            return f"The server was silent for {limits.silence:g} seconds."
    return f"The server took longer than {limits.total:g} seconds."


def _of_reaching(error: Exception) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return f"The server's certificate is not valid: {error.verify_message.rstrip('.')}."
        case ssl.SSLError():
            return "No encrypted connection to the server can be made."
        case ConnectionRefusedError():
            return "The server refuses the connection."
        case httpcore.NetworkError() | ConnectionError():
            return "The server broke the connection off."
        case OSError(errno=int(number)):
            return f"The server cannot be reached: {os.strerror(number)}."
    return "The server cannot be reached."


def _of_protocol(error: httpcore.ProtocolError) -> Failed:
    said = str(error).strip().rstrip(".")
    if "disconnected without" in said:
        return Failed("unreachable", "The server closed the connection without an answer.")
    if "without sending complete" in said:
        return Failed("broken", "The answer breaks off before its end.")
    hint = getattr(error.args[0], "error_status_hint", None) if error.args else None
    if hint == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
        return Failed("large", "The head of the answer is too long.")
    return Failed("broken", f"The server does not speak proper HTTP: {said[:120]}.")
