"""Write a case or pages in another tool's format: whole files, or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from sayso.errors import InvalidSetting
from sayso.exports import Exporter, Material, exporter, exporters

from .case import Case
from .material import is_case, material_of_case, material_of_pages

__all__ = ["export", "formats", "material_of"]


def formats() -> list[Exporter]:
    """Every format, by name."""
    return list(exporters().values())


def material_of(
    sources: Sequence[str | os.PathLike[str]],
    *,
    story: str | None = None,
    skipped: Callable[[str, Exception], None] = lambda name, error: None,
) -> Material:
    """What the sources hold: one case, or pages (files, folders, archives).

    Args:
        sources: a case alone, or pages.
        story: of a case, only this story, named by its id or one of its pages.
        skipped: told of pages that can't be read.
    Raises:
        InvalidSetting: a source isn't there, or a case is mixed with other sources.
    """
    names = [os.fspath(source) for source in sources]
    cases = [name for name in names if is_case(name)]
    if len(cases) == len(names) == 1:
        return material_of_case(Case(names[0]), story)
    if cases or not names:
        raise InvalidSetting(f"expected one case, or pages, got {', '.join(names) or 'nothing'}; name one case")
    if story is not None:
        raise InvalidSetting(f"expected a case for --story, got {names[0]}; make one with `sayso ingest`")
    return material_of_pages(names, skipped)


def export(
    sources: Sequence[str | os.PathLike[str]],
    format: str,
    out: str | os.PathLike[str] | BinaryIO,
    *,
    story: str | None = None,
    skipped: Callable[[str, Exception], None] = lambda name, error: None,
) -> list[Path]:
    """Write the sources in a format; the same material gives the same bytes.

    Args:
        sources, story, skipped: see `material_of`.
        format: the name of a format, one of `formats()`.
        out: a file, or a folder (new or empty) for formats of several files; an open binary file for one file.
    Returns:
        The files written.
    Raises:
        InvalidSetting: there is no such format, a package is missing, or `out` can't be written.
    """
    chosen = exporter(format)
    if not isinstance(out, str | os.PathLike):
        if chosen.many:
            raise InvalidSetting(f"expected a folder for the format {format}, got standard output; name one with -o")
        for _, parts in chosen.write(material_of(sources, story=story, skipped=skipped)):
            out.writelines(parts)
        return []
    target = Path(out)
    if chosen.many and target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InvalidSetting(f"expected a new or empty folder for {format}, got other files at {target}; name another")
    material = material_of(sources, story=story, skipped=skipped)
    try:
        return _write_folder(chosen, material, target) if chosen.many else _write_file(chosen, material, target)
    except OSError as error:
        raise InvalidSetting(f"expected to write, got “{error.strerror}” at {target}; check the path") from error


def _write_file(chosen: Exporter, material: Material, target: Path) -> list[Path]:
    part = target.with_name(f"{target.name}.part")
    try:
        for _, parts in chosen.write(material):
            _save(part, parts)
            os.replace(part, target)
    finally:
        with suppress(OSError):
            part.unlink()
    return [target]


def _write_folder(chosen: Exporter, material: Material, target: Path) -> list[Path]:
    """All files beside the target first, then the folder by its name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        names = []
        for name, parts in chosen.write(material):
            _save(part / name, parts)
            names.append(name)
        part.chmod(0o755)
        if target.exists():
            target.rmdir()
        os.replace(part, target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return [target / name for name in names]


def _save(path: Path, parts: Iterable[bytes]) -> None:
    with path.open("wb") as handle:
        handle.writelines(parts)
