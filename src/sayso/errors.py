"""Errors, one tree; the class says what the caller should do.

    SaysoError
    ├── BadInput           skip this input: it can't be read
    │   ├── TooLarge       it is larger than the bound
    │   ├── Unsupported    its format is none that Sayso reads
    │   └── Timeout        reading it took longer than the bound
    ├── InvalidSetting     mend the call: an option, a file name or a value
    ├── Retryable          try again: something outside was busy
    └── BrokenStore        stop: data on disk isn't what was written

Every message says what was expected, what came, where, and what to do.
"""

from __future__ import annotations

__all__ = [
    "BadInput",
    "BrokenStore",
    "InvalidSetting",
    "Retryable",
    "SaysoError",
    "Timeout",
    "TooLarge",
    "Unsupported",
]


class SaysoError(Exception):
    """Root of every error that Sayso raises on purpose."""

    @property
    def kind(self) -> str:
        """The class's name, as it stands in `error.kind` of a reading."""
        return type(self).__name__


class BadInput(SaysoError):
    """The input can't be read; skip it and go on."""


class TooLarge(BadInput):
    """The input is larger than the bound set for it."""


class Unsupported(BadInput):
    """The input's format is none that Sayso reads."""


class Timeout(BadInput):
    """Reading the input took longer than the bound set for it."""


class InvalidSetting(SaysoError):
    """An option, file name or value in the call is wrong; mend the call."""


class Retryable(SaysoError):
    """Something outside was busy; the same call may succeed later."""


class BrokenStore(SaysoError):
    """Data on disk isn't what was written; stop and look."""
