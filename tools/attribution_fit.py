"""The training loop of the attribution tagger: stops and goes on, a function of data and seed."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from attribution_data import (
    Example,
    Prepared,
    continuing,
    examples,
    prepare,
    training_documents,
    with_other_marks,
)
from attribution_model import Tagger, collate, encoder_folder, tokenizer_of
from attribution_names import FILE, names_in, page_texts, with_names
from tokenizers import Tokenizer

Texts = tuple[list[dict[str, Any]], list[Prepared], Tokenizer]
"""Documents, the same on word pieces, and what cut them."""
WEIGHTS = {"tags": 1.0, "cue": 0.3, "source": 0.3, "names": 0.3}
"""Share of each loss in the sum."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the training with a schedule of its own."""

    epochs: float
    rate: float
    """Peak learning rate of the encoder."""
    level: float
    """Share of the steps at the peak before the rate falls in a line."""
    seed: int


OWN_PASSES = 6
"""On the project's own texts alone, which are few, each phase is so many times as long."""
PHASES = (Phase(2.25, 2.5e-4, 0.06, 20), Phase(0.7, 1.4e-4, 0.35, 21))
BRANCHES = ((31, 32), (33, 34))
"""Seeds of what is trained on from one state and then averaged with it, generation after generation."""


def branch_phase(seed: int) -> Phase:
    """The schedule of a branch."""
    return Phase(0.4, 1.6e-4, 0.3, seed)


def batches(chosen: list[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Batches of like length, in random order."""
    rng.shuffle(chosen)
    out = []
    for start in range(0, len(chosen), size * 16):
        group = sorted(chosen[start : start + size * 16], key=lambda e: len(e.ids))
        out += [group[i : i + size] for i in range(0, len(group), size)]
    rng.shuffle(out)
    return out


def epoch_batches(
    documents: list[dict[str, Any]], plain: list[Prepared], tokenizer: Tokenizer, turn: tuple[int, int], size: int
) -> list[list[Example]]:
    """One pass, a function of its turn, (seed, epoch), alone, so that a resumed run sees the same batches."""
    rng = random.Random("{}/{}".format(*turn))
    continues = continuing(tokenizer)
    chosen = []
    for document, prepared in zip(documents, plain, strict=True):
        changed = rng.random() < 0.12
        text = with_other_marks(document, rng) if changed else None
        chosen += examples(prepare(document, tokenizer, continues, text) if changed else prepared, rng=rng)
    return batches(chosen, size, rng)


def optimizer_of(model: Tagger, rate: float) -> torch.optim.Optimizer:
    """AdamW; new layers learn five times as fast, biases and norms don't decay."""
    groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        new, decays = not name.startswith("encoder."), parameter.dim() > 1
        groups.setdefault((new, decays), []).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": params, "base": rate * (5 if new else 1), "lr": 0.0, "weight_decay": 0.01 if decays else 0.0}
            for (new, decays), params in groups.items()
        ],
        fused=True,
    )


def rate_factor(step: int, total: int, level: float) -> float:
    """Up over the first 6 % of the steps, level, then down to 1 % in a line."""
    return min(1.0, (step + 1) / (0.06 * total), max(0.01, (total - step) / ((1 - level) * total)))


def learning_data(args: argparse.Namespace) -> list[dict[str, Any]]:
    """Documents with attributions, and pages that are read for names alone; all with names."""
    documents = training_documents(args)
    if not args.licensed_only:
        documents += [{"text": text, "attributions": [], "names_only": True} for text in page_texts()]
    return with_names(documents, names_in([d["text"] for d in documents], args.work / FILE))


def fit(args: argparse.Namespace) -> None:
    """Train phase by phase, then branch and average; a phase whose state is saved goes on from there."""
    torch.set_num_threads(args.threads)
    folder = encoder_folder(args.encoder)
    tokenizer = tokenizer_of(folder)
    args.work.mkdir(parents=True, exist_ok=True)
    documents = learning_data(args)
    plain = [prepare(document, tokenizer, continuing(tokenizer)) for document in documents]
    torch.manual_seed(args.seed)
    model = Tagger(folder)
    texts = (documents, plain, tokenizer)
    for number, phase in enumerate(PHASES, 1):
        _train(model, phase, args.work / f"phase{number}.pt", args, texts)
    for number, seeds in enumerate(BRANCHES, len(PHASES) + 1):
        states = [_state_of(model)]
        for seed in seeds:
            model.load_state_dict(states[0])
            _train(model, branch_phase(seed), args.work / f"branch{seed}.pt", args, texts)
            states.append(_state_of(model))
        model.load_state_dict(averaged(states))
        torch.save({"model": model.state_dict(), "step": 0}, args.work / f"phase{number}.pt")


def averaged(states: Sequence[Mapping[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of several states of one network, weight by weight; whole numbers as in the first."""
    return {
        name: torch.stack([state[name] for state in states]).mean(0) if first.is_floating_point() else first
        for name, first in states[0].items()
    }


def _state_of(model: Tagger) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in model.state_dict().items()}


def _train(model: Tagger, phase: Phase, file: Path, args: argparse.Namespace, texts: Texts) -> None:
    optimizer, step = optimizer_of(model, phase.rate), 0
    if file.exists():
        step = _load(model, optimizer, file)
    torch.manual_seed(args.seed + 1000 * phase.seed + step)
    Run(model, optimizer, phase, file, args).go(*texts, step)


def _load(model: Tagger, optimizer: torch.optim.Optimizer, file: Path) -> int:
    state = torch.load(file)
    model.load_state_dict(state["model"])
    if "optimizer" in state:
        optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])


@dataclass
class Run:
    """One phase under way."""

    model: Tagger
    optimizer: torch.optim.Optimizer
    phase: Phase
    file: Path
    args: argparse.Namespace

    def go(self, documents: list[dict[str, Any]], plain: list[Prepared], tokenizer: Tokenizer, step: int) -> None:
        """Train from `step` to the phase's end, saving the state now and then."""
        per_epoch = len(epoch_batches(documents, plain, tokenizer, (self.phase.seed, 0), self.args.batch))
        total = round(self.phase.epochs * per_epoch * (OWN_PASSES if self.args.licensed_only else 1))
        print(f"{self.file.name}: documents {len(documents)} steps {total} from {step}", flush=True)
        self.model.train()
        began, tokens, means, at, epoch = time.time(), 0, {}, 0, 0
        while step < total:
            for batch in epoch_batches(documents, plain, tokenizer, (self.phase.seed, epoch), self.args.batch):
                at += 1
                if at <= step or step >= total:
                    continue
                tokens += sum(len(e.ids) for e in batch)
                losses = _step(self.model, self.optimizer, batch, rate_factor(step, total, self.phase.level))
                means.update({name: 0.95 * means.get(name, value) + 0.05 * value for name, value in losses.items()})
                step += 1
                if step % 10 == 0:
                    log = {"step": step, "of": total, **{k: round(v, 4) for k, v in means.items()}}
                    print(json.dumps({**log, "tokens_a_second": round(tokens / (time.time() - began))}), flush=True)
                if step == total or step % self.args.save_every == 0:
                    self._save(step, over=step == total)
            epoch += 1

    def _save(self, step: int, *, over: bool) -> None:
        state = {"model": self.model.state_dict(), "step": step}
        part = self.file.with_suffix(".part")
        torch.save(state if over else {**state, "optimizer": self.optimizer.state_dict()}, part)
        part.replace(self.file)


def _step(model: Tagger, optimizer: Any, batch: list[Example], factor: float) -> dict[str, float]:
    for group in optimizer.param_groups:
        group["lr"] = group["base"] * factor
    losses = model.loss(collate(batch))
    total = sum((WEIGHTS[name] * value for name, value in losses.items()), torch.zeros(()))
    total.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return {name: float(value.detach()) for name, value in losses.items()}
