"""Export a trained tagger: ONNX, then int8 with one scale a channel.

    python tools/attribution_export.py --work build/attribution --out src/sayso/stages/attribution/weights

Seven-bit weights (`reduce_range`): on processors without VNNI, eight bits overflow 16-bit sums, and
results would differ from one machine to another.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from attribution_model import Tagger, encoder_folder, tokenizer_of
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

NAME = "tagger-v2"


class OneWindow(nn.Module):
    """One window at a time: nothing is padded, so no window's result hangs on its neighbours'."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger
        with torch.no_grad():
            heads = (tagger.tags, tagger.pointers)
            self.heads = _joined(heads)
            self.sizes = [head.out_features for head in heads]

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor]:
        encoder = self.tagger.encoder
        embedded = encoder.embeddings.word_embeddings(ids) + self.tagger.shape(shapes)
        hidden = encoder.embeddings(inputs_embeds=embedded)
        for layer in encoder.encoder.layer:
            hidden = self._layer(layer, hidden)
        tags, pointers = self.heads(hidden)[0].split(self.sizes, -1)
        return torch.log_softmax(tags, -1), pointers

    def _layer(self, layer: nn.Module, hidden: Tensor) -> Tensor:
        attention = layer.attention.self
        size = (1, -1, attention.num_attention_heads, attention.attention_head_size)
        query, key, value = (
            part(hidden).view(size).transpose(1, 2) for part in (attention.query, attention.key, attention.value)
        )
        weights = torch.softmax(query @ key.transpose(2, 3) / attention.attention_head_size**0.5, -1)
        mixed = (weights @ value).transpose(1, 2).reshape(1, -1, size[2] * size[3])
        hidden = layer.attention.output(mixed, hidden)
        return layer.output(layer.intermediate(hidden), hidden)


def _joined(layers: Sequence[nn.Linear]) -> nn.Linear:
    """One layer that computes what several compute of the same input."""
    out = nn.Linear(layers[0].in_features, sum(layer.out_features for layer in layers))
    out.weight.copy_(torch.cat([layer.weight for layer in layers]))
    out.bias.copy_(torch.cat([layer.bias for layer in layers]))
    return out


def export(work: Path, out: Path, encoder: Path | None) -> None:
    folder = encoder_folder(encoder)
    tagger = Tagger(folder)
    tagger.load_state_dict(torch.load(max(work.glob("phase*.pt")))["model"])
    model = OneWindow(tagger.eval()).eval()
    ids, shapes = torch.randint(1000, 20000, (1, 50)), torch.randint(0, 6, (1, 50))
    _check(model, tagger, ids, shapes)
    plain = work / f"{NAME}.onnx"
    torch.onnx.export(
        model, (ids, shapes), str(plain), input_names=["ids", "shapes"], output_names=["tags", "pointers"],
        dynamic_axes={"ids": {1: "n"}, "shapes": {1: "n"}, "tags": {0: "n"}, "pointers": {0: "n"}},
        opset_version=17, dynamo=False,
    )  # fmt: skip
    heads = [n.name for n in onnx.load(plain).graph.node if n.name.startswith("/heads")]
    small = out / f"{NAME}.int8.onnx"
    quantize_dynamic(
        plain, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, nodes_to_exclude=heads
    )
    _add_settings(small, tagger)
    (out / f"{NAME}.tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    tokenizer_of(folder).save(str(out / f"{NAME}.tokenizer.json"), pretty=False)
    print(small.name, round(small.stat().st_size / 1e6, 1), "MB", hashlib.sha256(small.read_bytes()).hexdigest())


def _check(model: OneWindow, tagger: Tagger, ids: Tensor, shapes: Tensor) -> None:
    with torch.no_grad():
        tags, pointers = model(ids, shapes)
        reference = tagger(ids, shapes, torch.ones_like(ids))
    torch.testing.assert_close(tags, torch.log_softmax(reference[0][0], -1), atol=1e-3, rtol=1e-3)
    torch.testing.assert_close(pointers, reference[1][0], atol=1e-3, rtol=1e-3)


def _add_settings(path: Path, tagger: Tagger) -> None:
    model = onnx.load(path)
    settings = {"distance": tagger.distance.tolist(), "nothing": tagger.nothing.tolist()}
    entry = model.metadata_props.add()
    entry.key, entry.value = "sayso", json.dumps(settings)
    onnx.save(model, path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("build/attribution"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--encoder", type=Path)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    export(args.work, args.out, args.encoder)
