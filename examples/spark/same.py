"""Whether Spark's answers are those of one run of the program, and how fast each was.

    python3 same.py --quoth ../../target/release/quoth [--workers 2] [ARCHIVE.jsonl]

Without an archive it takes the project's own articles.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


def own(to):
    """The project's own articles as lines: the text below the header, marks taken off."""
    import re

    with open(to, "w", encoding="utf-8") as out:
        for path in sorted((HERE / "../../corpus/articles").glob("*/*.txt")):
            head, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
            fields = dict(line.split(": ", 1) for line in head.split("\n") if ": " in line)
            text = "\n\n".join([fields["headline"]] + [p for p in body.split("\n") if p and not p.startswith("# ")])
            text = re.sub(r"\{\w(?: [^|{}]*)?\|([^{}]*)\}", r"\1", re.sub(r"</?q[^>]*>", "", text))
            row = {"id": f"{path.parent.name}/{path.stem}", "text": text, "outlet": fields.get("outlet"), "date": fields.get("date")}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def related(lines):
    rows = [json.loads(line) for line in lines if line.strip()]
    return {row["id"]: row.get("related") for row in rows}


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("archive", nargs="?")
    args.add_argument("--quoth", required=True)
    args.add_argument("--workers", default="2")
    args = args.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        archive = args.archive or str(folder / "own.jsonl")
        if not args.archive:
            own(archive)
        begun = time.monotonic()
        one = str(folder / "one")
        for what in (["--library", one], ["--ask", "--library", one]):
            with open(archive, encoding="utf-8") as lines:
                run = subprocess.run([args.quoth, "batch", *what], stdin=lines, capture_output=True, text=True, encoding="utf-8")
            if run.returncode not in (0, 1):
                sys.exit(run.stderr)
        took = time.monotonic() - begun
        want = related(run.stdout.split("\n"))
        print(f"{len(want)} articles by one process: {took:.1f} s; {len(want) / took:.0f} articles a second")
        out = folder / "spark"
        command = [sys.executable, HERE / "archive.py", "--quoth", args.quoth, "--workers", args.workers, archive, out]
        subprocess.run(command, check=True)
        got = {}
        for part in (out / "answers").glob("part-*"):
            got |= related(part.read_text(encoding="utf-8").split("\n"))
        if got != want:
            other = [i for i in want if got.get(i) != want[i]]
            sys.exit(f"DIFFERENT: {len(other)} of {len(want)} answers, first {other[:3]}")
        pairs = sum(len(r or []) for r in want.values())
        if not pairs:
            sys.exit("nothing is related: nothing was compared")
        print(f"the same answers: {len(want)} articles, {pairs} related")


if __name__ == "__main__":
    main()
