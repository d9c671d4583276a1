"""A view: one address for people, and the same as JSON and CSV at the same address with `.json` and `.csv`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from sayso.exports.cells import csv_text

from .params import Param
from .room import Room

__all__ = ["Ask", "Shown", "View", "csv_text", "paging"]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a view."""

    room: Room
    at: Mapping[str, str]
    """Parts of the path."""
    args: Mapping[str, Any]
    """Parameters, read and checked."""
    path: str = ""
    """The address without its ending and parameters."""
    defaults: Mapping[str, Any] = field(default_factory=dict)

    def address(self, **changed: Any) -> str:
        """This view's address with parameters changed; those at their default are left out."""
        asked = {**self.args, **changed}
        args = {name: value for name, value in asked.items() if value not in (None, "", self.defaults.get(name))}
        return f"{self.path}?{urlencode(args)}" if args else self.path


@dataclass(slots=True)
class Shown:
    """What a view shows.

    Args:
        data: the JSON twin.
        table: the CSV twin's rows; None where there is no table.
        context: what the template needs beside the data.
    """

    data: dict[str, Any]
    table: Sequence[Mapping[str, Any]] | None = None
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class View:
    """One address of the room.

    Args:
        path: with parts in braces; `/api/v1` before it gives the JSON twin too.
        template: for people.
        summary: what it shows, in a few words.
        build: works it out.
        params: what may stand after `?`.
        data: JSON Schema of the twin, loosely; None leaves it open.
    """

    path: str
    template: str
    summary: str
    build: Callable[[Ask], Shown]
    params: tuple[Param, ...] = ()
    has_table: bool = True
    in_api: bool = True


def paging(ask: Ask, total: int) -> dict[str, Any]:
    """Where the rows shown stand among all, and the addresses before and after."""
    offset, limit = ask.args["offset"], ask.args["limit"]
    return {
        "total": total,
        "offset": offset,
        "limit": limit,
        "next": ask.address(offset=offset + limit) if offset + limit < total else None,
        "previous": ask.address(offset=max(0, offset - limit)) if offset else None,
    }
