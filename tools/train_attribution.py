"""Train the attribution tagger: from the data folder to the shipped int8 model, its score and its figures.

    SAYSO_DATA=… python tools/train_attribution.py --work build/attribution

Needs tools/train-requirements.txt in the environment; installs and downloads nothing. The state is saved under --work
after every `--save-every` steps, and a run that was stopped goes on from there. See docs/models/attribution.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from attribution_data import linking_documents
from attribution_export import export
from attribution_fit import fit
from attribution_linker import fit_links

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "src/sayso/stages/attribution/weights"
OWN = [ROOT / f"evaluation/sets/chains/{name}.jsonl" for name in ("tune", "practice", "practice-2")]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--work", type=Path, default=Path("build/attribution"), help="checkpoints")
    add("--out", type=Path, help=f"where the model goes; default: {SHIPPED.relative_to(ROOT)}, or --work if licensed")
    add("--encoder", type=Path, help="folder of the encoder; default: the installed package's")
    add("--licensed-only", action="store_true", help="train on the project's own texts alone (see the model card)")
    add("--own", type=Path, nargs="+", default=OWN, help="the project's own marked texts, learned from as well")
    add("--batch", type=int, default=8, help="windows a step")
    add("--threads", type=int, default=2)
    add("--seed", type=int, default=20)
    add("--save-every", type=int, default=50, help="steps between two saved states")
    add("--no-export", action="store_true", help="stop after training")
    add("--no-fit", action="store_true", help="export and link the state that --work holds")
    return parser.parse_args()


def main() -> None:
    args = arguments()
    out = args.out or (args.work if args.licensed_only else SHIPPED)
    out.mkdir(parents=True, exist_ok=True)
    if not args.no_fit:
        fit(args)
    if args.no_export:
        return
    export(args.work, out, args.encoder)
    fit_links(out, linking_documents(args.own) if args.licensed_only else None)


if __name__ == "__main__":
    main()
