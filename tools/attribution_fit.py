"""The training loop of the attribution tagger: stops and goes on, a function of data and seed."""

from __future__ import annotations

import argparse
import json
import random
import time
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
from tokenizers import Tokenizer

WEIGHTS = {"tags": 1.0, "cue": 0.3, "source": 0.3}
"""Share of each loss in the sum."""


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
    documents: list[dict[str, Any]], plain: list[Prepared], tokenizer: Tokenizer, epoch: int, args: argparse.Namespace
) -> list[list[Example]]:
    """One pass, a function of seed and epoch alone, so that a resumed run sees the same batches."""
    rng = random.Random(f"{args.seed}/{epoch}")
    continues = continuing(tokenizer)
    chosen = []
    for document, prepared in zip(documents, plain, strict=True):
        changed = rng.random() < 0.12
        text = with_other_marks(document, rng) if changed else None
        chosen += examples(prepare(document, tokenizer, continues, text) if changed else prepared, rng=rng)
    return batches(chosen, args.batch, rng)


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


def rate_factor(step: int, total: int) -> float:
    """Up over the first 6 % of the steps, then down to 2 % in a line."""
    return min(1.0, (step + 1) / (0.06 * total)) * max(0.02, (total - step) / total)


def fit(args: argparse.Namespace) -> None:
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    folder = encoder_folder(args.encoder)
    tokenizer = tokenizer_of(folder)
    documents = training_documents(args)
    plain = [prepare(document, tokenizer, continuing(tokenizer)) for document in documents]
    model, step = Tagger(folder), 0
    optimizer = optimizer_of(model, args.rate)
    state_file = args.work / "state.pt"
    args.work.mkdir(parents=True, exist_ok=True)
    if state_file.exists():
        state = torch.load(state_file)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step = state["step"]
        torch.manual_seed(args.seed + step)
    per_epoch = len(epoch_batches(documents, plain, tokenizer, 0, args))
    total = round(args.epochs * per_epoch)
    print(f"documents {len(documents)} steps {total} from {step}", flush=True)
    _run(model, optimizer, (documents, plain, tokenizer), step, total, args)


def _run(model: Tagger, optimizer: Any, data: Any, step: int, total: int, args: argparse.Namespace) -> None:
    model.train()
    began, first, tokens, means = time.time(), step, 0, {}
    at = 0
    for epoch in range(100):
        for batch in epoch_batches(*data, epoch, args):
            at += 1
            if at <= step:
                continue
            tokens += sum(len(e.ids) for e in batch)
            for name, value in _step(model, optimizer, batch, rate_factor(step, total)).items():
                means[name] = 0.95 * means.get(name, value) + 0.05 * value
            step += 1
            if step % 10 == 0:
                log = {"step": step, "of": total, **{k: round(v, 4) for k, v in means.items()}}
                print(json.dumps({**log, "tokens_a_second": round(tokens / (time.time() - began))}), flush=True)
            over = step >= total or (args.stop_after and step - first >= args.stop_after)
            if over or step % args.save_every == 0:
                _save(model, optimizer, step, args.work)
            if over:
                return


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


def _save(model: Tagger, optimizer: Any, step: int, folder: Path) -> None:
    part = folder / "state.part"
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, part)
    part.replace(folder / "state.pt")
