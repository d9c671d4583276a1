"""Pack a case or pages as evidence, and verify a package."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from sayso.errors import InvalidSetting
from sayso.exports.evidence import Packed
from sayso.exports.evidence import pack as write_package
from sayso.exports.verify import Verified
from sayso.exports.verify import verify as check_package

from .export import material_of

__all__ = ["Packed", "Verified", "pack", "verify"]


def pack(
    sources: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    story: str | None = None,
    skipped: Callable[[str, Exception], None] = lambda name, error: None,
) -> Packed:
    """Write a case, a story of it, or pages as an evidence package (WACZ); the same material gives the same bytes.

    Args:
        sources, story, skipped: see `sayso.service.export.material_of`.
        out: the file.
    Returns:
        How much it holds, and the digest that stands for all of it.
    Raises:
        InvalidSetting: `out` can't be written.
        TooLarge: it would pass two GiB.
    """
    target = Path(out)
    part = target.with_name(f"{target.name}.part")
    material = material_of(sources, story=story, skipped=skipped)
    try:
        with part.open("wb") as handle:
            packed = write_package(material, handle)
        os.replace(part, target)
    except OSError as error:
        raise InvalidSetting(f"expected to write, got “{error.strerror}” at {target}; check the path") from error
    finally:
        with suppress(OSError):
            part.unlink()
    return packed


def verify(package: str | os.PathLike[str], *, digest: str | None = None) -> Verified:
    """Check an evidence package: every byte, every hash, every statement's words in its page.

    Args:
        package: the file.
        digest: what `pack` gave when it was made; without it, whoever rewrote all of a package isn't noticed.
    Raises:
        InvalidSetting: the file can't be read.
    """
    path = Path(package)
    try:
        with path.open("rb") as handle:
            found = check_package(handle, path.stat().st_size)
    except OSError as error:
        raise InvalidSetting(f"expected a readable file, got “{error.strerror}” at {path}; check the path") from error
    if digest is not None and found.digest != digest.lower().removeprefix("sha256:"):
        found.add("datapackage.json", "isn't the one with the digest given: this is another package")
    return found
