"""Without the extra every other command works, and `--engine ray` says what to install."""

from __future__ import annotations

import sys

import pytest

from sayso.engines.cluster import ray_map
from sayso.engines.local import Job
from sayso.errors import InvalidSetting


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InvalidSetting, match=r"pip install 'sayso\[cluster\]'"):
        list(ray_map(Job(str, str), ["a"], workers=1))
