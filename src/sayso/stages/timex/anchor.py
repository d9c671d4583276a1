"""Where relative times count from: the publication, or what was told just before."""

from __future__ import annotations

from dataclasses import dataclass, field

from .calendar import When

__all__ = ["Tellings", "Told"]


@dataclass(frozen=True, slots=True)
class Told:
    """A resolved time that later ones may count from."""

    when: When
    position: int
    id: str
    block: int


@dataclass(slots=True)
class Tellings:
    """Times told so far, in text order."""

    items: list[Told] = field(default_factory=list)

    def add(self, told: Told) -> None:
        """Add the next one."""
        self.items.append(told)

    def last(self, *grains: str, within: int | None = None, position: int = 0) -> Told | None:
        """The latest of the grains (any if none is named), at most `within` characters back."""
        for told in reversed(self.items):
            if within is not None and position - told.position > within:
                return None
            if not grains or told.when.grain in grains:
                return told
        return None
