"""The views of the room: each works out what one address shows."""

from __future__ import annotations

from sayso.web.view import View

__all__ = ["all_views"]


def all_views() -> tuple[View, ...]:
    """Every view, in the order of the room's navigation."""
    from . import article, claims, judgements, pages, search, sources, stories

    return (
        *pages.VIEWS,
        *article.VIEWS,
        *stories.VIEWS,
        *claims.VIEWS,
        *sources.VIEWS,
        *search.VIEWS,
        *judgements.VIEWS,
    )
