"""Descriptions of unnamed sources: whom they can mean."""

from __future__ import annotations

from collections.abc import Mapping

from sayso.lang import load

from .source_names import plain_name

__all__ = ["MANY_ROLES", "compatible", "roles_meant"]

MANY_ROLES = 3
"""A description that fits so many roles says next to nothing: *officials*, *people*, *a source*."""


def compatible(first: str, second: str) -> bool:
    """Whether two descriptions of unnamed sources can mean the same people.

    >>> compatible("U.S. officials", "a senior American official"), compatible("a doctor", "two officials")
    (True, False)
    """
    a, b = roles_meant(first), roles_meant(second)
    if a.isdisjoint(b) and a and b:
        return False
    states = _state(first), _state(second)
    return not (states[0] and states[1] and states[0].isdisjoint(states[1]))


def roles_meant(description: str) -> frozenset[str]:
    """The roles that a description can mean; none where its words are known for none.

    >>> sorted(roles_meant("a nurse")), sorted(roles_meant("a rower"))
    (['medical'], [])
    """
    return _meant(description, load("unnamed_roles")["roles"])


def _state(description: str) -> frozenset[str]:
    return _meant(description, load("unnamed_roles")["states"])


def _meant(description: str, groups: Mapping[str, str]) -> frozenset[str]:
    words = set(plain_name(description).split())
    return frozenset(group for group, forms in groups.items() if words & set(forms.split()))
