"""Well-sourced copy: the marked set's drafts that deserve no remark get none."""

from __future__ import annotations

import json
from pathlib import Path

from sayso.service import audit_draft

SET = Path(__file__).parents[3] / "evaluation/sets/audit/tune.jsonl"


def test_well_sourced_drafts_get_no_remark() -> None:
    rows = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    sound = [row["draft"] for row in rows if not row["expect"]]
    assert len(sound) >= 60
    raised = [(draft, v.code) for draft in sound for v in audit_draft(draft).violations]
    assert raised == []
