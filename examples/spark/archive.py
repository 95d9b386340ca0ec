"""Reads an archive with Quoth on several workers and relates all of it.

    python3 archive.py --workers 4 --quoth ../../target/release/quoth ARCHIVE.jsonl OUT

ARCHIVE.jsonl holds the lines that `quoth batch` takes. Each worker pipes its share through the program, which keeps
a library of it in OUT/parts; `quoth library merge` joins these into OUT/library; then each worker pipes its share
through the program once more, which asks the joined library. OUT/answers holds the answers, a line an article.
"""

import argparse
import pathlib
import shutil
import subprocess
import threading
import time

from pyspark.sql import SparkSession


def pipe(command, lines):
    """The program's answers to lines, one each; fails where the program does."""
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def feed():
        with program.stdin as to:
            for line in lines:
                to.write(line + "\n")

    feeder = threading.Thread(target=feed)
    feeder.start()
    for answer in program.stdout:
        yield answer.rstrip("\n")
    feeder.join()
    # 1: some lines could not be read; their answers say so.
    if program.wait() not in (0, 1):
        raise RuntimeError(f"{command[0]} ended with {program.returncode}")


def keep(quoth, parts):
    """Keeps a share in a library of its own, begun anew where Spark tries a share again."""

    def work(index, lines):
        folder = pathlib.Path(parts) / f"part-{index:05}"
        shutil.rmtree(folder, ignore_errors=True)
        yield sum(1 for _ in pipe([quoth, "batch", "--library", str(folder)], lines))

    return work


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("archive")
    args.add_argument("out", type=pathlib.Path)
    args.add_argument("--quoth", default="quoth")
    args.add_argument("--workers", type=int, default=2)
    args = args.parse_args()
    quoth = str(pathlib.Path(shutil.which(args.quoth) or args.quoth).resolve())
    shutil.rmtree(args.out, ignore_errors=True)
    parts, library = args.out / "parts", args.out / "library"
    parts.mkdir(parents=True)

    spark = SparkSession.builder.master(f"local[{args.workers}]").appName("quoth").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    lines = spark.sparkContext.textFile(args.archive).repartition(args.workers).cache()
    lines.count()

    begun = time.monotonic()
    read = sum(lines.mapPartitionsWithIndex(keep(quoth, str(parts))).collect())
    kept = time.monotonic()
    subprocess.run([quoth, "library", "merge", library, *sorted(parts.iterdir())], check=True, stdout=subprocess.DEVNULL)
    joined = time.monotonic()
    ask = [quoth, "batch", "--ask", "--library", str(library)]
    lines.mapPartitions(lambda share: pipe(ask, share)).saveAsTextFile(str(args.out / "answers"))
    done = time.monotonic()
    spark.stop()
    print(
        f"{read} articles by {args.workers} workers: read and kept in {kept - begun:.1f} s, joined in "
        f"{joined - kept:.1f} s, asked in {done - joined:.1f} s; {read / (done - begun):.0f} articles a second"
    )


if __name__ == "__main__":
    main()
