from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import BadInput
from sayso.evaluation.chain_markup import Item, parse_items, plain_and_spans
from sayso.evaluation.chains import load_chains, score_chains

SET = Path(__file__).parents[3] / "evaluation" / "sets" / "chains"
AUTHORED = """
@ courts wire nested
[s1 The mayor] [q1 said] [c1 that [s2 an aide] [q2 told] him [c2 the bridge was safe]]. [s3 He] [q3 denied] [c3 a row].
1 named_official
2 ^1 unnamed_official hedged via="Radio Vale"
3 neg denial named_official ="The mayor"
"""


def item() -> Item:
    return next(parse_items(AUTHORED, prefix="x-"))


def reading_of(one: Item) -> dict[str, Any]:
    """The reading that the marks ask for."""
    entities: dict[str, str] = {}
    attributions = []
    for gold in one.attributions:
        chain = [{"kind": "page", "entity": None, "span": None}]
        for kind, name in gold.chain[1:]:
            chain.append({"kind": kind, "entity": entities.setdefault(name, f"e{len(entities)}"), "span": None})
        attributions.append(
            {
                "source": gold.source, "cue": gold.cue, "content": gold.content, "form": gold.form, "tier": gold.tier,
                "source_kind": gold.kind, "entity": None if gold.open else chain[-1]["entity"], "chain": chain,
                "footing": {
                    "polarity": gold.polarity, "certainty": gold.certainty, "act": gold.act, "attitude": gold.attitude,
                },
            }
        )  # fmt: skip
    return {"attributions": attributions, "entities": [{"id": v, "name": k} for k, v in entities.items()]}


def test_brackets_give_text_and_spans() -> None:
    text, spans = plain_and_spans("[c1 “No,”] [q1 said] [s1 Ann], [c1 “never.”]")
    assert text == "“No,” said Ann, “never.”"
    assert [text[a:b] for a, b in spans["c", 1]] == ["“No,”", "“never.”"]


@pytest.mark.parametrize("marked", ["[s1 Ann", "Ann]"])
def test_brackets_must_balance(marked: str) -> None:
    with pytest.raises(BadInput):
        plain_and_spans(marked)


def test_chain_runs_from_the_page_through_parents_and_the_outlet_spoken_to() -> None:
    assert item().attributions[1].chain == [
        ("page", ""), ("named_official", "The mayor"), ("outlet", "Radio Vale"), ("unnamed_official", "an aide"),
    ]  # fmt: skip


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(BadInput, match="got sure"):
        list(parse_items("@ a b\n[c1 x]\n1 sure", prefix="x"))


def test_a_number_without_a_line_is_refused() -> None:
    with pytest.raises(BadInput, match="none for"):
        list(parse_items("@ a b\n[s2 He] [c1 x]\n1 public", prefix="x"))


def test_the_reading_asked_for_scores_full() -> None:
    scores = score_chains([item()], {"x-001": reading_of(item())})
    assert {
        m: scores.share(m) for m in ("found", "chain", "source_kind", "polarity", "certainty", "act")
    } == dict.fromkeys(("found", "chain", "source_kind", "polarity", "certainty", "act"), 1.0)
    assert scores.share("speaker_resolved_right") == 1.0


def test_nothing_read_scores_nothing() -> None:
    assert score_chains([item()], {}).share("chain") == 0.0


@pytest.mark.parametrize(
    ("measure", "key", "value"),
    [("polarity", "polarity", "affirmed"), ("act", "act", "report")],
)
def test_a_wrong_footing_costs_its_own_measure_alone(measure: str, key: str, value: str) -> None:
    reading = reading_of(item())
    reading["attributions"][2]["footing"][key] = value
    scores = score_chains([item()], {"x-001": reading})
    assert scores.right[measure] == 2
    assert scores.right["chain"] == 3


def test_a_step_too_few_breaks_the_chain() -> None:
    reading = reading_of(item())
    del reading["attributions"][1]["chain"][1]
    assert score_chains([item()], {"x-001": reading}).right["chain"] == 2


def test_a_speaker_named_where_nobody_can_tell_is_wrong() -> None:
    authored = "@ a b\n[s1 She] [q1 said] [c1 so it was].\n1 unknown open"
    one = next(parse_items(authored, prefix="x-"))
    reading = reading_of(one)
    assert score_chains([one], {"x-001": reading}).share("speaker_left_open") == 1.0
    reading["attributions"][0]["entity"] = reading["entities"][0]["id"]
    assert score_chains([one], {"x-001": reading}).share("speaker_left_open") == 0.0


def test_words_nobody_said_must_stay_so() -> None:
    plain = next(parse_items("@ a b scare\nThe “free” trial costs nine crowns.", prefix="x-"))
    assert score_chains([plain], {}).share("nothing_added") == 1.0
    assert score_chains([plain], {"x-001": {"attributions": [{"tier": "speech"}]}}).share("nothing_added") == 0.0


def test_the_written_halves_are_what_the_items_give() -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import build, json; print(json.dumps(build.halves()))"
    built = json.loads(subprocess.run([sys.executable, "-c", code, str(SET)], capture_output=True, check=True).stdout)
    for half, lines in built.items():
        assert (SET / f"{half}.jsonl").read_text(encoding="utf-8").splitlines() == lines


def test_the_set_is_large_varied_and_read_back_whole() -> None:
    items = [i for half in ("tune", "unseen") for i in load_chains(SET / f"{half}.jsonl")]
    assert len(items) >= 400
    assert len({i.text for i in items}) == len(items)
    assert {"courts", "business", "science", "sport", "disasters", "war"} <= {i.beat for i in items}
    assert all(0 <= a < b <= len(i.text) for i in items for g in i.attributions for a, b in g.content)
