"""Report the sizes of modules and functions; fail where one is beyond the bound."""

from __future__ import annotations

import ast
import statistics
import sys
from pathlib import Path

MAX_MODULE, MAX_FUNCTION, MAX_LONG_SHARE = 600, 60, 0.02


def lengths(path: Path, text: str) -> list[tuple[int, str]]:
    nodes = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [((n.end_lineno or n.lineno) - n.lineno + 1, f"{path}:{n.lineno} {n.name}") for n in nodes]


def main() -> None:
    modules: list[tuple[int, str]] = []
    functions: list[tuple[int, str]] = []
    for path in sorted(Path("src").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        modules.append((text.count("\n"), str(path)))
        functions += lengths(path, text)
    long = [f for f in functions if f[0] > MAX_FUNCTION]
    share = len(long) / len(functions)
    middle, middle_function = statistics.median(m[0] for m in modules), statistics.median(f[0] for f in functions)
    print(
        f"{len(modules)} modules, median {middle:.0f} lines, longest {max(modules)[0]}; "
        f"{len(functions)} functions, median {middle_function:.0f} lines, "
        f"{len(long)} over {MAX_FUNCTION} ({share:.1%})"
    )
    bad = [f"{path}: {n} lines" for n, path in modules if n > MAX_MODULE]
    bad += [f"{where}: {n} lines" for n, where in long] if share > MAX_LONG_SHARE else []
    sys.exit("\n".join(bad) if bad else 0)


if __name__ == "__main__":
    main()
