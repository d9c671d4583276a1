from __future__ import annotations

from sayso.store.tables import TABLES, arrow_schema, tables_markdown


def test_the_docs_hold_every_table_as_it_is(root):
    assert tables_markdown() in (root / "docs/case.md").read_text(encoding="utf-8")


def test_every_table_has_an_arrow_schema():
    for name, (_, columns) in TABLES.items():
        assert arrow_schema(name).names == [column for column, _, _ in columns]
