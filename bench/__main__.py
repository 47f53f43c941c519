"""``python -m bench``: measure, print a table, and with ``--write`` write docs/performance.md."""

from __future__ import annotations

import argparse
import compileall
import os
import sys
import tempfile
from pathlib import Path

# Compiled files are part of what is measured, even where the environment says no.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from bench import agenda, data, guide_search, guides, office, pictures, report, screen, shell, store
from bench.figure import ROOT, Run

GROUPS = {
    "start": screen.start,
    "keys": screen.keys,
    "shell": shell.shell,
    "pages": store.pages,
    "import": store.imports,
    "office": office.office,
    "agenda": agenda.agenda,
    "pictures": pictures.picture_steps,
    "guides": guides.guides,
    "guide search": guide_search.guide_search,
    "taskwarrior": shell.taskwarrior,
}


def main() -> int:
    """Measure what was asked for. Missed goals are no error: they are said."""
    asked = _arguments()
    compileall.compile_dir(ROOT / "src", quiet=1)
    compileall.compile_dir(ROOT / "bench", quiet=1)
    sizes = tuple(sorted(map(data.scale, asked.sizes.split(",")), key=lambda size: size.requests))
    with tempfile.TemporaryDirectory(prefix="deskmate-bench-") as temporary:
        folder = asked.data or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        run = Run(sizes, asked.rounds, folder.resolve(), quick=asked.quick)
        figures = []
        for name in asked.only or GROUPS:
            print(f"bench: {name} …", file=sys.stderr, flush=True)
            figures += GROUPS[name](run)
    print(report.table(figures))
    print(report.summary(figures))
    if asked.write:
        report.write(figures, run)
        print(f"Written: {report.PAGE.relative_to(ROOT)}")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bench", description="Speed of deskmate, as ratios of one run.")
    parser.add_argument(
        "--sizes", default="", help="requests on the desks: 1k,10k,100k,1M (1M takes minutes to make)"
    )
    parser.add_argument("--rounds", type=int, default=0, help="5 unless said otherwise")
    parser.add_argument("--only", action="append", choices=GROUPS, help="one group of figures; may be repeated")
    parser.add_argument(
        "--data", type=Path, help="where the desks are kept for the next run; else they are thrown away"
    )
    parser.add_argument("--quick", action="store_true", help="1k and three rounds: whether the bench itself works")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    asked = parser.parse_args()
    asked.sizes = asked.sizes or ("1k" if asked.quick else "1k,10k,100k,1M")
    asked.rounds = asked.rounds or (3 if asked.quick else 5)
    return asked


if __name__ == "__main__":
    raise SystemExit(main())
