"""Write the parts of the origins set whose pages are written out whole in `evaluation/sets/origins/fresh-*.yaml`.

usage: python tools/make_origins_written.py

A structure lists its pages, an outlet and its paragraphs each; a topic fills in happening, people and papers.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "evaluation/sets/origins"
PARTS = ("fresh-8", "fresh-9", "fresh-10", "fresh-11")
Json = dict[str, Any]


def words_of(given: Json, topic: Json) -> dict[str, str]:
    """What stands for each word in braces; with a capital where the word has one."""
    words = {"agency": given["agency"], "away": given["away"]}
    words |= {key: topic[key] for key in ("org", "ngo", "both") if key in topic}
    lists = {
        "o": given["outlets"],
        "c": topic["says"],
        "p": [person["name"] for person in topic["people"]],
        "r": [person["role"] for person in topic["people"]],
        "s": topic["speakers"],
        "u": topic["unnamed"],
        "x": topic["apart"],
        "doc": topic["documents"],
        "n": [name.split()[-1] for name in topic["documents"]],
        "b": topic["beside"],
        "long": topic["long"],
    }
    words |= {f"{key}{at}": text for key, held in lists.items() for at, text in enumerate(held)}
    return words | {key[0].upper() + key[1:]: text[0].upper() + text[1:] for key, text in words.items()}


def case(given: Json, number: int, structure: Json) -> Json:
    topic = given["topics"][number]
    words = words_of(given, topic)
    pages = []
    for at, (by, *paragraphs) in enumerate(structure["pages"]):
        text = "\n\n".join(paragraph.format_map(words) for paragraph in paragraphs)
        published = f"2024-05-{6 + at // 2:02}T{8 + 6 * (at % 2):02}:15:00"
        title = words[f"C{(at + number) % 3}"]
        pages.append({"id": f"p{at}", "publisher": words[by], "published": published, "title": title, "text": text})
    return {
        "id": f"{structure['name']}-{number}",
        "claim": topic["claim"],
        "origins": structure["origins"],
        "pages": pages,
    }


def main() -> None:
    for part in PARTS:
        given = yaml.safe_load((FOLDER / f"{part}.yaml").read_text(encoding="utf-8"))
        rows = [
            json.dumps(case(given, number, structure), ensure_ascii=False)
            for number in range(len(given["topics"]))
            for structure in given["structures"]
        ]
        (FOLDER / f"{part}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(part, len(rows))


if __name__ == "__main__":
    main()
