"""Where relative times count from: the publication, or what was told just before."""

from __future__ import annotations

from dataclasses import dataclass, field

from .calendar import When

__all__ = ["Stated", "Tellings", "Told", "strays"]


@dataclass(frozen=True, slots=True)
class Told:
    """A resolved time that later ones may count from."""

    when: When
    position: int
    id: str
    block: int
    flashback: bool = False
    """A time off the telling's course: it serves what refers to it, and moves nothing else."""


@dataclass(slots=True)
class Tellings:
    """Times told so far, in text order."""

    items: list[Told] = field(default_factory=list)

    def add(self, told: Told) -> None:
        """Add the next one."""
        self.items.append(told)

    def course(self) -> Told | None:
        """The latest on the telling's course."""
        return next((told for told in reversed(self.items) if not told.flashback), None)

    def last(self, *grains: str, within: int | None = None, position: int = 0) -> Told | None:
        """The latest of the grains (any if none is named), at most `within` characters back."""
        for told in reversed(self.items):
            if within is not None and position - told.position > within:
                return None
            if not grains or told.when.grain in grains:
                return told
        return None


@dataclass(frozen=True, slots=True)
class Stated:
    """A time written out in full, at its place in the text."""

    position: int
    when: When


def strays(stated: list[Stated]) -> set[int]:
    """Positions of written-out years that lie off the course of their neighbours on both sides: asides."""
    out: set[int] = set()
    for at in range(1, len(stated) - 1):
        before, here, after = (item.when.year for item in stated[at - 1 : at + 2])
        span = abs(after - before)
        if (
            min(abs(here - before), abs(here - after)) > max(1, span)
            and stated[at].when.grain
            not in (
                "month",
                "day",
                "time",
            )
        ) or min(abs(here - before), abs(here - after)) > 4 * max(1, span):
            out.add(stated[at].position)
    return out
