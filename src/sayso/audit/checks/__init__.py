"""The checks: each looks at a scene and says what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sayso.audit.scene import Scene
from sayso.model import Finding

from .alone import single_sources
from .chains import hidden_chains
from .cues import cues
from .dates import rotting_dates
from .headline import firmer_headline, unsourced_headline
from .hearsay import hearsay
from .own_voice import disputable
from .plural import plural_for_one
from .quotations import unspoken_quotations
from .second_hand import told_as_first_hand
from .surnames import same_surname
from .unnamed import formulas, undescribed_sources, unnamed_sources

__all__ = ["CHECKS"]

CHECKS: dict[str, Callable[[Scene], Iterator[Finding]]] = {
    "SAY101": unnamed_sources,
    "SAY102": undescribed_sources,
    "SAY105": formulas,
    "SAY106": plural_for_one,
    "SAY107": single_sources,
    "SAY108": same_surname,
    "SAY201": unspoken_quotations,
    "SAY202": cues,
    "SAY203": hearsay,
    "SAY205": told_as_first_hand,
    "SAY206": hidden_chains,
    "SAY207": disputable,
    "SAY315": unsourced_headline,
    "SAY316": firmer_headline,
    "SAY403": rotting_dates,
}
