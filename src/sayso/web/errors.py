"""What went wrong, for people and for programs: one shape, one status a kind."""

from __future__ import annotations

from typing import Any

from sayso.errors import BrokenStore, InvalidSetting, Retryable, SaysoError, Timeout, TooLarge, Unsupported

__all__ = ["Forbidden", "NotFound", "Pending", "body_of", "status_of"]


class NotFound(InvalidSetting):
    """There is nothing at this address."""


class Forbidden(SaysoError):
    """The request may not do this from where it comes."""


class Pending(Exception):
    """What was asked for is being worked out.

    Args:
        what: in words, as people are told it.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (NotFound, 404),
    (Forbidden, 403),
    (TooLarge, 413),
    (Unsupported, 415),
    (Timeout, 504),
    (Retryable, 503),
    (InvalidSetting, 400),
    (BrokenStore, 500),
    (SaysoError, 422),
)


def status_of(error: Exception) -> int:
    """The HTTP status of an error; 500 for what is no error of ours."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def body_of(error: Exception) -> dict[str, Any]:
    """The one shape of an error, as in reading/1."""
    if isinstance(error, SaysoError):
        return {"error": {"kind": error.kind, "message": str(error)}}
    message = "expected an answer, got a fault in sayso; please report it with the address that was asked for"
    return {"error": {"kind": "Fault", "message": message}}
