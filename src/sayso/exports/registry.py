"""The exporters there are: built in, and those that installed packages add under `sayso.exporters`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec

from sayso.errors import InvalidSetting

from .material import Material

__all__ = ["Exporter", "File", "exporter", "exporters"]

File = tuple[str, Iterable[bytes]]
"""A file's name within the export, and its bytes in pieces."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format.

    Args:
        name: by which it is asked for.
        summary: what it is, in a line.
        media_type, extension: of its files.
        write: the files of a material, the same bytes for the same material; a format of one file names it by its
            extension.
        many: whether it writes a folder.
        needs: packages beyond the core.
    """

    name: str
    summary: str
    media_type: str
    extension: str
    write: Callable[[Material], Iterator[File]]
    many: bool = False
    needs: tuple[str, ...] = ()

    def check(self) -> None:
        """See that what it needs is installed.

        Raises:
            InvalidSetting: it isn't.
        """
        missing = [package for package in self.needs if find_spec(package) is None]
        if missing:
            raise InvalidSetting(
                f"expected {', '.join(missing)} for the format {self.name}, got none installed; "
                "install it with `pip install sayso[export]`"
            )


BUILT_IN: tuple[str, ...] = (
    "sayso.exports.brat:BRAT",
    "sayso.exports.cas:UIMA_CAS",
    "sayso.exports.docbin:SPACY",
    "sayso.exports.ftm:FTM",
    "sayso.exports.news_metadata:CSL_JSON",
    "sayso.exports.news_metadata:NINJS",
    "sayso.exports.news_metadata:SCHEMA_ORG",
    "sayso.exports.provenance:PROV_JSON",
    "sayso.exports.provenance:PROV_O",
    "sayso.exports.say_so_graph:GEXF",
    "sayso.exports.say_so_graph:GRAPHML",
    "sayso.exports.table_files:CSV",
    "sayso.exports.table_files:JSONL",
    "sayso.exports.table_files:PARQUET",
    "sayso.exports.tei:TEI",
    "sayso.exports.web_annotation:WEB_ANNOTATION",
)


@cache
def exporters() -> dict[str, Exporter]:
    """Every exporter by name, built in and from entry points."""
    made: list[Exporter] = [_load(path) for path in BUILT_IN]
    made += [point.load() for point in sorted(entry_points(group="sayso.exporters"), key=lambda p: (p.name, p.value))]
    return {one.name: one for one in sorted(made, key=lambda one: one.name)}


def _load(path: str) -> Exporter:
    module, _, name = path.partition(":")
    found: Exporter = getattr(import_module(module), name)
    return found


def exporter(name: str) -> Exporter:
    """The exporter of that name, with what it needs installed.

    Raises:
        InvalidSetting: there is none, or a package is missing.
    """
    known = exporters()
    if name not in known:
        raise InvalidSetting(f"expected a format among {', '.join(known)}, got {name!r}; see `sayso export --list`")
    known[name].check()
    return known[name]
