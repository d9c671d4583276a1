"""The HTTP API beside the views: reading, annotating, and the OpenAPI document."""

from __future__ import annotations

from starlette.routing import Route

from .guard import Settings
from .room import Room

__all__ = ["api_routes"]


def api_routes(room: Room, settings: Settings) -> list[Route]:
    """Addresses under `/api/v1` that are no view's twin."""
    return []
