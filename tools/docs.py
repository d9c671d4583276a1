"""Write the generated docs from the code, or check that they are current.

usage: python tools/docs.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

from sayso.audit.pages import index, page
from sayso.audit.rulebook import rules
from sayso.exports import dictionary_markdown
from sayso.service import finding_codes, schema_text

ROOT = Path(__file__).resolve().parent.parent
FAMILIES = {
    "1": "Sources",
    "2": "Attribution and quotation",
    "3": "Copy and page",
    "4": "Time",
    "5": "Across pages",
}

DICTIONARY = """# Data dictionary

The tables that `sayso export --format csv|jsonl|parquet` writes. Positions count Unicode code points of
`documents.text`, the end one past the last; what is unknown is empty (null in JSON Lines and Parquet), and lists
stand as JSON in CSV. Generated from `src/sayso/exports/tables.py`.

"""


def findings_page() -> str:
    lines = [
        "# Findings",
        "",
        "Numbered remarks on the sourcing or the text, as a linter gives; `sayso findings` lists them.",
    ]
    lines += ["A code is never used twice. Generated from `src/sayso/lang/en/findings_*.yaml`.", ""]
    family = ""
    for entry in finding_codes().values():
        if entry.code[3] != family:
            family = entry.code[3]
            lines += [f"## {FAMILIES[family]}", ""]
        lines += [f"### {entry.code} {entry.name}", "", f"*{entry.severity}.* {entry.summary}", ""]
        lines += [f"Raised by: {entry.bad}", "", f"Not raised by: {entry.good}", ""]
    return "\n".join(lines).rstrip() + "\n"


def pages() -> dict[Path, str]:
    audit = {ROOT / f"docs/audit/{code}.md": page(rule) for code, rule in rules().items()}
    return {
        ROOT / "docs/findings.md": findings_page(),
        ROOT / "docs/reading-1.schema.json": schema_text() + "\n",
        ROOT / "docs/audit/index.md": index(),
        ROOT / "docs/data-dictionary.md": DICTIONARY + dictionary_markdown().rstrip() + "\n",
        **audit,
    }


def main() -> None:
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        sys.exit("".join(f"{path.relative_to(ROOT)} is stale: run `make docs`\n" for path in stale) or 0)
    for path in stale:
        path.write_text(pages()[path], encoding="utf-8")


if __name__ == "__main__":
    main()
