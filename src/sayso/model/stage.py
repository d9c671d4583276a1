"""The stage protocol: the one contract that every step from Article to Reading follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeVar, cast, runtime_checkable

from .annotation import Annotation
from .article import Article

__all__ = ["Context", "Layers", "Stage"]

A = TypeVar("A", bound=Annotation)


@dataclass(frozen=True, slots=True)
class Context:
    """What a stage may know beside the article."""

    published: str | None = None
    """Anchor for times: the caller's, else the page's, ISO 8601; None where unknown."""
    url: str | None = None


class Layers:
    """The annotations made so far, by type; reading a layer that no stage made is an error."""

    def __init__(self, made: Mapping[type[Annotation], Iterable[Annotation]] | None = None) -> None:
        self._made: dict[type[Annotation], tuple[Annotation, ...]] = {k: tuple(v) for k, v in (made or {}).items()}

    def __getitem__(self, kind: type[A]) -> Sequence[A]:
        return cast("Sequence[A]", self._made[kind])

    def __contains__(self, kind: type[Annotation]) -> bool:
        return kind in self._made

    def get(self, kind: type[A]) -> Sequence[A]:
        """The layer, or an empty one where no stage made it."""
        return cast("Sequence[A]", self._made.get(kind, ()))

    def with_made(self, provides: Iterable[type[Annotation]], annotations: Iterable[Annotation]) -> Layers:
        """A copy with what one stage made added; each type it provides is there, empty if nothing was found."""
        made: dict[type[Annotation], list[Annotation]] = {kind: list(self._made.get(kind, ())) for kind in provides}
        for annotation in annotations:
            made[type(annotation)].append(annotation)
        return Layers({**self._made, **made})


@runtime_checkable
class Stage(Protocol):
    """One step: reads an article and the layers before it, yields annotations; the runner stores them.

    A stage is pure: same article, layers and context, same output, in any process and order, safe to
    retry. `__init__` is cheap; models load in `warm_up()`, once per process. `requires` and `provides`
    are checked before anything runs. It never raises for what stands in a page.
    """

    name: ClassVar[str]
    """Dotted and versioned: `sayso.timex.rules.v1`; new behaviour, new version."""
    requires: ClassVar[frozenset[type[Annotation]]]
    provides: ClassVar[frozenset[type[Annotation]]]

    def warm_up(self) -> None:
        """Load models; called once per process before the first call."""
        ...

    def __call__(self, article: Article, layers: Layers, context: Context) -> Iterator[Annotation]:
        """Yield annotations of the types in `provides`, in text order."""
        ...
