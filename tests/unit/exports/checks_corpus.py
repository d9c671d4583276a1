"""Corpus formats read back: TEI by its own schema, CAS by cassis, DocBin by spaCy."""

from __future__ import annotations

import functools
import gzip
import io
from pathlib import Path
from typing import Any

from sayso.exports import Material
from sayso.exports.material import file_names
from sayso.exports.text import xml_text

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
TEI = "{http://www.tei-c.org/ns/1.0}"
Files = dict[str, bytes]


@functools.cache
def _tei_schema() -> Any:
    from lxml import etree

    return etree.RelaxNG(etree.parse(io.BytesIO(gzip.decompress((SCHEMAS / "tei.rng.gz").read_bytes()))))


def check_tei(files: Files, material: Material, folder: Path) -> None:
    from lxml import etree

    for name, document in file_names(material.documents):
        tree = etree.fromstring(files[f"{name}.xml"])
        blocks = ["".join(block.itertext()) for block in tree.find(f".//{TEI}body")]
        wanted = [xml_text(document.words([block["span"]])) for block in document.article["blocks"]]
        assert blocks == (wanted or [""])
        said: dict[str, str] = {}
        for element in tree.iter(f"{TEI}said"):
            said[element.get("n")] = said.get(element.get("n"), "") + "".join(element.itertext())
        assert set(said) == {a["id"] for a in document.attributions if a["content"]}
        for a in document.attributions:
            if len(a["content"]) == 1 and a["parent"] is None:
                assert said[a["id"]] in xml_text(document.words(a["content"]))
        people = {person.get("{http://www.w3.org/XML/1998/namespace}id") for person in tree.iter(f"{TEI}person")}
        assert {e.get("who").removeprefix("#") for e in tree.iter(f"{TEI}said") if e.get("who")} <= people


def check_tei_schema(files: Files) -> None:
    """Against the schema of all of TEI, which takes ten seconds to load."""
    from lxml import etree

    for data in files.values():
        assert _tei_schema().validate(etree.fromstring(data)), _tei_schema().error_log.last_error


def check_cas(files: Files, material: Material, folder: Path) -> None:
    from cassis import load_cas_from_xmi, load_typesystem
    from lxml import etree

    types = load_typesystem(io.BytesIO(files["TypeSystem.xml"]))
    for name, document in file_names(material.documents):
        data = files[f"{name}.xmi"]
        cas = load_cas_from_xmi(io.BytesIO(data), typesystem=types)
        assert cas.sofa_string == xml_text(document.text)
        got = sorted((one.statement, one.begin, one.end) for one in cas.select("sayso.Statement"))
        assert got == sorted((a["id"], *span) for a in document.attributions for span in a["content"])
        units = document.text.encode("utf-16-le")
        for element in etree.fromstring(data):
            if etree.QName(element).localname == "Timex":
                start, end = int(element.get("begin")), int(element.get("end"))
                words = units[2 * start : 2 * end].decode("utf-16-le")
                assert words in {document.words([t["span"]]) for t in document.reading["timexes"]}


def check_spacy(files: Files, material: Material, folder: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    docs = list(DocBin().from_bytes(files["spacy"]).get_docs(spacy.blank("en").vocab))
    for doc, document in zip(docs, material.documents, strict=True):
        assert doc.text == document.text
        assert doc.user_data["id"] == document.id
        got = [(span.start_char, span.end_char, span.label_, span.id_) for span in doc.spans["sayso_content"]]
        assert got == [(*span, a["source_kind"], a["id"]) for a in document.attributions for span in a["content"]]
        assert len(doc.spans["sayso_timex"]) == len(document.reading["timexes"])
