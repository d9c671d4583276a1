"""What an address may ask for after its `?`: declared once, checked, and told in the OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sayso.errors import InvalidSetting

__all__ = ["LIMIT", "OFFSET", "PAGING", "Param", "parse"]

MAX_TEXT = 500
DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z", re.ASCII)
INT = re.compile(r"-?[0-9]{1,9}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of an address."""

    name: str
    help: str
    kind: Literal["text", "int", "day", "choice"] = "text"
    default: Any = None
    low: int = 0
    high: int = 1_000_000_000
    choices: tuple[str, ...] = ()

    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""
        if self.kind == "int":
            return {"type": "integer", "minimum": self.low, "maximum": self.high, "default": self.default}
        if self.kind == "choice":
            return {"type": "string", "enum": list(self.choices)}
        pattern = {"pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"} if self.kind == "day" else {}
        return {"type": "string", "maxLength": MAX_TEXT, **pattern}

    def read(self, value: str) -> Any:
        """The value as given in an address.

        Raises:
            InvalidSetting: it isn't one.
        """
        value = value.strip()
        if not value:
            return self.default
        if self.kind == "int":
            if INT.match(value) and self.low <= int(value) <= self.high:
                return int(value)
            raise self._wrong(f"a whole number from {self.low} to {self.high}", value)
        if self.kind == "choice" and value not in self.choices:
            raise self._wrong(f"one of {', '.join(self.choices)}", value)
        if self.kind == "day" and not DAY.match(value):
            raise self._wrong("a day such as 2018-09-11, a month or a year", value)
        if len(value) > MAX_TEXT or "\0" in value:
            raise self._wrong(f"at most {MAX_TEXT} characters", f"{len(value)}")
        return value

    def _wrong(self, expected: str, got: str) -> InvalidSetting:
        return InvalidSetting(f"expected {expected}, got {got[:60]!r} at `{self.name}`; mend the address")


OFFSET = Param("offset", "rows passed over", "int", 0)
LIMIT = Param("limit", "rows given at most", "int", 50, 1, 500)
PAGING = (OFFSET, LIMIT)


def parse(params: Sequence[Param], query: Mapping[str, str]) -> dict[str, Any]:
    """The values of an address's parameters, defaults for those not given; others are passed over.

    >>> parse(PAGING, {"limit": "10"})
    {'offset': 0, 'limit': 10}

    Raises:
        InvalidSetting: a value is none that the parameter takes.
    """
    return {param.name: param.read(query[param.name]) if param.name in query else param.default for param in params}
