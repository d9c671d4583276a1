"""Addresses in object stores: pages read from them, and a case kept in one, worked on through a copy here.

A case at an address is pulled before it is opened and pushed shard by shard as they are written. A shard's manifest
goes last, so whoever pulls sees whole shards or none; shards never change, so what is there is never sent again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any

from sayso.errors import InvalidSetting, Retryable

from .shards import MANIFEST

__all__ = ["Remote", "fetched", "is_address", "listed", "mirror_of"]

SCHEMES = ("s3://", "gs://", "gcs://", "abfs://", "abfss://")
CARD = "case.json"
WORKED = "corpus"
CARDS = (MANIFEST, f"{WORKED}.json")
"""Files that come last: a folder without its own isn't whole."""
MUTABLE = ("case.db",)
"""Files of a case that change; sent whole when a run ends."""
COPY_BYTES = 2**22


def is_address(name: str) -> bool:
    """Whether the name is an address in an object store rather than a path."""
    return name.startswith(SCHEMES)


def mirror_of(address: str) -> Path:
    """Where the copy of a case at `address` is worked on: below `SAYSO_CACHE`, or the user's cache folder."""
    named = os.environ.get("SAYSO_CACHE")
    root = Path(named) if named else Path.home() / ".cache" / "sayso"
    digest = hashlib.sha256(address.encode()).hexdigest()[:12]
    return root / "cases" / f"{PurePosixPath(address.partition('?')[0]).name or 'case'}-{digest}"


def _opened(address: str) -> tuple[Any, str]:
    from pyarrow.fs import FileSystem

    try:
        found: tuple[Any, str] = FileSystem.from_uri(address.replace("gcs://", "gs://", 1))
    except (OSError, ValueError, NotImplementedError) as error:
        raise InvalidSetting(f"expected an address in an object store, got {address}: {error}") from error
    return found


def listed(address: str) -> list[str]:
    """Addresses of the files that `address` names: itself, those below it, or those its `*` matches, in order.

    Raises:
        InvalidSetting: nothing is there.
        Retryable: the store doesn't answer.
    """
    from pyarrow.fs import FileSelector

    plain, mark, options = address.partition("?")
    scheme = plain[: plain.index("://") + 3]
    fixed = plain.partition("*")[0]
    base = fixed.rpartition("/")[0] if "*" in plain else plain
    fs, path = _opened(f"{base}{mark}{options}")
    with _told(address):
        info = fs.get_file_info(path)
        if info.is_file:
            return [address]
        infos = fs.get_file_info(FileSelector(path, recursive=True, allow_not_found=True))
    wanted = plain[len(scheme) :]
    found = sorted(i.path for i in infos if i.is_file and ("*" not in plain or fnmatchcase(i.path, wanted)))
    if not found:
        raise InvalidSetting(f"expected files, got none at {address}; check the address and the credentials")
    return [f"{scheme}{path}{mark}{options}" for path in found]


@contextmanager
def fetched(address: str) -> Iterator[Path]:
    """A copy here of the file at `address`, under its own name, gone when the block ends.

    Raises:
        Retryable: the store doesn't answer.
    """
    fs, path = _opened(address)
    with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
        here = Path(folder) / PurePosixPath(path).name
        with _told(address):
            _copy(fs.open_input_stream(path), here)
        yield here


def _copy(stream: Any, here: Path) -> None:
    with stream, open(here, "wb") as handle:
        while chunk := stream.read(COPY_BYTES):
            handle.write(chunk)


@contextmanager
def _told(address: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise InvalidSetting(f"expected a file, got none at {address}; check the address") from error
    except OSError as error:
        why = str(error).strip().split("\n", 1)[0][:300]
        raise Retryable(
            f"expected the object store to answer for {address}, got “{why}”; run the same again"
        ) from error


class Remote:
    """A case at an address, and the copy of it that is worked on.

    Args:
        address: of the case's folder.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.root = mirror_of(address)
        self._fs, self._path = _opened(address)

    def pull(self) -> None:
        """Bring here what the address holds and the copy doesn't.

        Raises:
            Retryable: the store doesn't answer.
        """
        from pyarrow.fs import FileSelector

        with _told(self.address):
            infos = self._fs.get_file_info(FileSelector(self._path, recursive=True, allow_not_found=True))
            files = {PurePosixPath(i.path).relative_to(self._path).as_posix(): i.size for i in infos if i.is_file}
            whole = {str(PurePosixPath(name).parent) for name in files if PurePosixPath(name).name in CARDS}
            if WORKED in whole:
                shutil.rmtree(self.root / WORKED, ignore_errors=True)
            for name in sorted(files, key=lambda name: (PurePosixPath(name).name in CARDS, name)):
                folder = str(PurePosixPath(name).parent)
                if folder != "." and folder not in whole:
                    continue
                self._bring(name, files[name])

    def _bring(self, name: str, size: int) -> None:
        here = self.root / name
        if here.is_file() and here.stat().st_size == size and name not in MUTABLE:
            return
        here.parent.mkdir(parents=True, exist_ok=True)
        part = here.with_name(f"{here.name}.part")
        _copy(self._fs.open_input_stream(f"{self._path}/{name}"), part)
        os.replace(part, here)

    def push(self) -> None:
        """Send what the copy holds and the address doesn't: shards whole, then the files that change.

        Raises:
            Retryable: the store doesn't answer.
        """
        self._send(CARD)
        for folder in sorted((self.root / "shards").glob("[0-9]*")):
            self.push_shard(int(folder.name))
        for name in MUTABLE:
            if (self.root / name).is_file():
                self._send(name, again=True)

    def push_shard(self, number: int) -> None:
        """Send one shard, its manifest last."""
        folder = self.root / "shards" / f"{number:06}"
        names = sorted(path.name for path in folder.iterdir())
        for name in sorted(names, key=lambda name: (name == MANIFEST, name)):
            self._send(f"shards/{folder.name}/{name}")

    def push_worked(self) -> None:
        """Send the tables worked out from the case in the place of older ones, their card last.

        Raises:
            Retryable: the store doesn't answer.
        """
        from pyarrow.fs import FileSelector

        here = sorted(path.name for path in (self.root / WORKED).iterdir())
        with _told(self.address):
            for info in self._fs.get_file_info(FileSelector(f"{self._path}/{WORKED}", allow_not_found=True)):
                known = PurePosixPath(info.path).name
                if info.is_file and (known in CARDS or known not in here):
                    self._fs.delete_file(info.path)
        for file in sorted(here, key=lambda file: (file in CARDS, file)):
            self._send(f"{WORKED}/{file}", again=True)

    def _send(self, name: str, *, again: bool = False) -> None:
        here, there = self.root / name, f"{self._path}/{name}"
        with _told(self.address):
            info = self._fs.get_file_info(there)
            if info.is_file and info.size == here.stat().st_size and not again:
                return
            with here.open("rb") as source, self._fs.open_output_stream(there) as sink:
                while chunk := source.read(COPY_BYTES):
                    sink.write(chunk)
