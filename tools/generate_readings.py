"""Generate pages of a case for measuring scale: invented words, with copies, edits, quotations and footers.

    python tools/generate_readings.py 10000 > pages.jsonl      # lines of the batch door

Words follow Zipf's law. Pages come in stories of a few pages: an original, pages with words of the same
story, copies with cuts and edits, pages that quote a sentence. The same count and seed give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

import numpy as np

SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeio"]
VOCABULARY = 60_000
EXPONENT = 1.07
STORY_WORDS = 30
OUTLETS = 300


def word(number: int) -> str:
    out = ""
    number += len(SYLLABLES)
    while number:
        number, digit = divmod(number, len(SYLLABLES))
        out += SYLLABLES[digit]
    return out


class Generator:
    def __init__(self, seed: int, words: int) -> None:
        self.random = np.random.default_rng(seed)
        self.words = words
        self.vocabulary = [word(number) for number in range(VOCABULARY)]
        ranks = np.arange(1, VOCABULARY + 1, dtype=np.float64) ** -EXPONENT
        self.cumulative = np.cumsum(ranks / ranks.sum())

    def draw(self, count: int) -> list[str]:
        numbers = np.searchsorted(self.cumulative, self.random.random(count))
        return [self.vocabulary[min(number, VOCABULARY - 1)] for number in numbers]

    def original(self, theme: list[str]) -> list[list[str]]:
        """Sentences of a page: common words mixed with the story's own."""
        sentences, total = [], 0
        while total < self.words:
            length = int(self.random.integers(12, 28))
            sentence = self.draw(length)
            for at in np.flatnonzero(self.random.random(length) < 0.15):
                sentence[at] = theme[int(self.random.integers(len(theme)))]
            sentences.append(sentence)
            total += length
        return sentences

    def copy(self, page: list[list[str]]) -> list[list[str]]:
        """A page taken from another: cut, with some words changed."""
        noise = float(self.random.choice([0.0, 0.0, 0.05, 0.25]))
        kept = [list(sentence) for sentence in page if self.random.random() > 0.15] or [list(page[0])]
        for sentence in kept:
            for at in np.flatnonzero(self.random.random(len(sentence)) < noise):
                sentence[at] = self.draw(1)[0]
        return kept

    def pages(self, count: int) -> Iterator[dict[str, str]]:
        made = story = 0
        while made < count:
            theme = [name.capitalize() for name in self.draw(STORY_WORDS * 3) if len(name) > 4][:STORY_WORDS] or [
                "Nova"
            ]
            told: list[list[list[str]]] = []
            for _ in range(min(count - made, 1 + int(self.random.geometric(0.3)))):
                told.append(self.next_page(told, theme))
                yield self.row(made, story, told[-1])
                made += 1
            story += 1

    def next_page(self, told: list[list[list[str]]], theme: list[str]) -> list[list[str]]:
        dice = self.random.random()
        if told and dice < 0.5:
            return self.copy(told[int(self.random.integers(len(told)))])
        page = self.original(theme)
        if told and dice < 0.65:
            page.insert(1, list(told[0][-1]))
        return page

    def row(self, number: int, story: int, page: list[list[str]]) -> dict[str, str]:
        outlet = f"Outlet {int(self.random.integers(OUTLETS))}"
        sentences = [" ".join([sentence[0].capitalize(), *sentence[1:]]) + "." for sentence in page]
        footer = f"Copyright {outlet}. All rights reserved. Sign up for the morning newsletter of {outlet}."
        minutes = story * 7 + number
        moment = np.datetime64("2024-01-01T00:00:00") + np.timedelta64(minutes, "m")
        return {
            "id": f"g{number:07d}",
            "text": "\n".join([*sentences, footer]),
            "title": sentences[0][:60],
            "published": str(moment),
            "publisher": outlet,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int, default=300, help="words of a page, about")
    args = parser.parse_args()
    for row in Generator(args.seed, args.words).pages(args.count):
        sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
