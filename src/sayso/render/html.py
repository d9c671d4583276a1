"""A reading as HTML: one self-contained file, or a fragment for notebooks."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from .view import build_view

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["environment", "render_fragment", "render_html"]


@cache
def environment() -> Environment:
    """The templates' environment, escaping on; the web pages share it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("sayso.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _assets() -> tuple[str, str]:
    """Style sheet and script as they stand in the file, line ends as hashed."""
    env = environment()
    assert env.loader is not None
    style = env.loader.get_source(env, "style.css.j2")[0].replace("\r\n", "\n").strip()
    script = env.loader.get_source(env, "script.js")[0].replace("\r\n", "\n").strip()
    return style, script


def _csp_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _as_dict(reading: Any) -> Mapping[str, Any]:
    return reading if isinstance(reading, Mapping) else reading.to_dict()


def render_html(reading: Any) -> str:
    """The report of a reading as one HTML file: no network, nothing of the page executed, every character escaped.

    Args:
        reading: a reading/1 object, or a `Reading`.
    """
    from markupsafe import Markup

    style, script = _assets()
    return environment().get_template("report.html.j2").render(
        view=build_view(_as_dict(reading)),
        style=Markup(style),
        script=Markup(script),
        style_hash=_csp_hash(style),
        script_hash=_csp_hash(script),
    )  # fmt: skip


def render_fragment(reading: Any) -> str:
    """The same without document and script, for `_repr_html_`; its styles touch nothing outside it."""
    from markupsafe import Markup

    style = _assets()[0].replace(":root{", ".sayso{").replace("body{margin:0;background:var(--paper)}", "")
    view = build_view(_as_dict(reading))
    return environment().get_template("fragment.html.j2").render(view=view, style=Markup(style))
