"""Annotations read back: by a JSON-LD reader, by a program in another language, by a reader of brat's own rules."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest

from sayso.exports import Material
from sayso.exports.material import file_names

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
NODE = shutil.which("node")
SCRIPT = Path(__file__).with_name("annotations.mjs")


def check_web_annotation(files: dict[str, bytes], material: Material, folder: Path) -> None:
    from rdflib import Graph, Namespace
    from rdflib.namespace import RDF

    oa = Namespace("http://www.w3.org/ns/oa#")
    context = json.loads((SCHEMAS / "anno.jsonld").read_text(encoding="utf-8"))["@context"]
    for name, document in list(file_names(material.documents))[:12:3]:
        page = json.loads(files[f"{name}.jsonld"])
        assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
        page["@context"][0] = context
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's reader of JSON-LD warns of rdflib itself
            graph = Graph().parse(data=json.dumps(page), format="json-ld")
        annotations = set(graph.subjects(RDF.type, oa.Annotation))
        assert len(annotations) == len(page["items"])
        assert len(annotations) >= len(document.attributions)
        for annotation in annotations:
            assert (annotation, oa.motivatedBy, None) in graph
            for target in graph.objects(annotation, oa.hasTarget):
                assert (target, oa.hasSource, None) in graph
                assert set(graph.objects(target, oa.hasSelector))
        exact = {str(value) for value in graph.objects(None, oa.exact)}
        assert {document.words([span]) for a in document.attributions for span in a["content"]} <= exact
        assert "" not in exact


def check_in_javascript(files: dict[str, bytes], material: Material, folder: Path) -> None:
    """Positions and quotations agree in UTF-16 too, and with the page's bytes."""
    if NODE is None:
        pytest.skip("node is not installed: annotations are not read in JavaScript")
    for name, document in file_names(material.documents):
        (folder / f"{name}.page").write_bytes(document.body)
    run = subprocess.run([NODE, str(SCRIPT), str(folder)], capture_output=True, text=True, timeout=120, check=False)
    told = json.loads(run.stdout)
    assert told["problems"] == [], run.stderr
    assert run.returncode == 0
    spans = sum(len(a["content"]) for document in material.documents for a in document.attributions)
    assert told["quotes"] > spans
    assert told["places"] > 0.9 * told["quotes"]


_BOUND = re.compile(r"T\d+\t(\w+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", re.DOTALL)
_EVENT = re.compile(r"E\d+\t(?:Attribution|Unstated):(T\d+)((?: \w+:T\d+)*)")
_MARK = re.compile(r"A\d+\t(?:Form|Footing|Polarity) E\d+ \w+")


def check_brat(files: dict[str, bytes], material: Material, folder: Path) -> None:
    """Read after brat's description of the format."""
    assert b"[entities]" in files["annotation.conf"]
    for name, document in file_names(material.documents):
        text = files[f"{name}.txt"].decode()
        assert text == document.text
        lines = files[f"{name}.ann"].decode().split("\n")
        assert lines.pop() == ""
        known, contents = set(), []
        for line in lines:
            if line.startswith("T"):
                known.add(line.split("\t")[0])
                kind, words = _bound(line, text)
                contents += [words] if kind == "Content" else []
            elif line.startswith("E"):
                found = _EVENT.fullmatch(line)
                assert found, line
                assert {found[1], *re.findall(r":(T\d+)", found[2])} <= known
            else:
                assert _MARK.fullmatch(line), line
        assert len(contents) == sum(1 for a in document.attributions if a["content"])


def _bound(line: str, text: str) -> tuple[str, str]:
    found = _BOUND.fullmatch(line)
    assert found, line
    pieces = [tuple(map(int, piece.split())) for piece in found[2].split(";")]
    assert all(start < end for start, end in pieces)
    assert pieces == sorted(pieces)
    words = [text[start:end] for start, end in pieces]
    assert not any("\n" in piece for piece in words)
    assert " ".join(words) == found[3]
    return found[1], found[3]
