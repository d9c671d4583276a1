"""The rules' pages in the docs, written from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sayso import lang

from .assertions import KINDS, assertions
from .rulebook import Rule, rule_sets, rules

__all__ = ["index", "page"]

GUIDES = {"ap": "AP", "nyt": "The New York Times", "reuters": "Reuters"}
LISTS = {
    "formulas": "Formulas",
    "risks": "Words of a risk, which spare the sentence",
    "factive": "Words that say it is true",
    "doubting": "Words that doubt it",
    "hearsay": "Words",
    "behind_hearsay": "Words of somebody behind it, which spare the sentence",
    "settled": "Words that spare the sentence",
    "culprits": "Doers whom nobody accuses",
}


def page(rule: Rule) -> str:
    """A rule's page: what it flags, what it spares, a bad and a good example, what style guides say."""
    entry = rule.entry
    label = " It is a matter of judgement: the guides leave it to the desk." if rule.judgement else ""
    out = [f"# {entry.code} {entry.name}", "", entry.summary, ""]
    out += [
        f"Severity in the default set: **{rule_sets()['default'].severities.get(entry.code, entry.severity)}**.{label}",
        "",
    ]
    out += ["## What is flagged", "", " ".join(rule.flags.split()), ""]
    for name in rule.lists:
        out += [*_words(name), ""]
    if rule.spares:
        out += ["## What is not", "", *(f"- {' '.join(spared.split())}" for spared in rule.spares), ""]
    out += _examples("Bad", rule.bad) + _examples("Good", rule.good)
    if rule.guides:
        out += ["## What style guides say", ""]
        out += [f"- {GUIDES[guide]}: {said}" for guide, said in rule.guides.items()]
        out += ["", "Paraphrased; the guides' own text is what binds.", ""]
    return "\n".join(out).rstrip() + "\n"


def _examples(title: str, drafts: tuple[str, ...]) -> list[str]:
    out: list[str] = []
    for draft in drafts:
        out += [f"## {title}" if not out else "And:", "", "```text", draft.strip(), "```", ""]
    return out


def _words(name: str) -> list[str]:
    """A word list as the docs show it."""
    if name == "disputable":
        return [f"- {kind.capitalize()}: {_shown(assertions(kind))}" for kind in KINDS]
    own: Any = lang.load("audit_own_voice")
    phrases = own[name] if name in own else lang.load("audit_words")[name]
    return [f"{LISTS[name]}: {_shown(phrases)}"]


def _shown(phrases: Iterable[str]) -> str:
    return ", ".join(f"`{_plain(phrase)}`" for phrase in phrases)


def _plain(phrase: str) -> str:
    """An expression without the signs that only a machine needs."""
    for sign, shown in (("(?:", "("), (r"\w+", "…"), (r"\w*", "…"), ("['’]", "'"), ("{1,4}?", "")):
        phrase = phrase.replace(sign, shown)
    return phrase.split("(?!")[0]


def index() -> str:
    """The list of rules and of the sets they come in."""
    out = [
        "# The audit's rules",
        "",
        "What `sayso audit` looks for; each rule has a page, and `sayso audit --explain CODE` prints it.",
    ]
    out += ["Words in the lists are regular expressions, matched at word edges, in any case, outside quotations.", ""]
    out += ["| rule | default | family | |", "|---|---|---|---|"]
    default = rule_sets()["default"].severities
    for code, rule in rules().items():
        severity = default.get(code, "—")
        label = "judgement" if rule.judgement else "needs `--case`" if rule.case else ""
        out.append(f"| [{code} {rule.entry.name}]({code}.md) | {severity} | {rule.family} | {label} |")
    out += ["", "## Sets of rules", ""]
    for name, one in rule_sets().items():
        codes = ", ".join(f"{code} {severity}" for code, severity in one.severities.items())
        out += [f"**`--rules {name}`** ({one.title}): {codes}.", ""]
        if one.source:
            out += [one.source, ""]
    out += [
        "Every other [finding](../findings.md) of the reading can be selected too: `--select SAY3`, `--select ALL`.",
        "",
    ]
    return "\n".join(out).rstrip() + "\n"
