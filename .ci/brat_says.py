#!/usr/bin/env python3
"""Imports brat folders, counts them with an independent reader, exports them again and lets it read that too.

usage: brat_says.py MATRYOSHKA STATE OUT SAMPLES

Every folder below SAMPLES that has .ann files with texts is one. The reader is `bioc` (MIT); it leaves out lines that
begin with N, so these are counted here.
"""
import collections
import json
import pathlib
import shutil
import subprocess
import sys

from bioc import brat

program, state, out, samples = sys.argv[1:]
out = pathlib.Path(out)
shutil.rmtree(out, ignore_errors=True)
out.mkdir(parents=True)


def run(*arguments):
    done = subprocess.run([program, "--state", state, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode in (0, 1), (arguments, done.returncode, done.stderr)
    return json.loads(done.stdout)


def covered(document, entity):
    parts = sorted((one.begin, one.end) for one in entity.locations)
    return " ".join(" ".join(document.text[start:end] for start, end in parts).split())


def read(folder):
    """Counts, and for each text the words of every span, by what the reader says."""
    counts, words = collections.Counter(), {}
    for ann in sorted(folder.glob("*.ann")):
        text = ann.with_suffix(".txt")
        if not text.exists():
            continue
        with open(text, newline="", encoding="utf-8") as t, open(ann, encoding="utf-8") as a:
            document = brat.load(t, a)
        counts["documents"] += 1
        counts["annotations"] += len(document.entities)
        counts["events"] += len(document.events)
        counts["links"] += len(document.relations)
        counts["attributes"] += len(document.attributes)
        counts["equivalences"] += len(document.equiv_relations)
        counts["notes"] += len(document.notes)
        counts["references"] += sum(line.startswith("N") for line in ann.read_text(encoding="utf-8").splitlines())
        words[ann.stem] = collections.Counter(covered(document, entity) for entity in document.entities)
        for entity in document.entities:
            assert covered(document, entity) == " ".join(entity.text.split()), (ann, entity.id)
    return counts, words


folders = sorted({ann.parent for ann in pathlib.Path(samples).rglob("*.ann")})
assert folders, f"there is no .ann file below {samples}"
total = collections.Counter()
for at, folder in enumerate(folders):
    counts, words = read(folder)
    if not counts["documents"]:
        continue
    project, again = out / f"{at}.json", out / f"{at}-brat"
    receipt = run("import", "--from", "brat", folder, "--out", project, "--json")
    assert receipt["reread_equal"], receipt
    assert not receipt["failed"], receipt["failed"]
    for name, count in receipt["read"].items():
        assert name == "lines" or count == counts[name], (folder, name, count, counts[name])
    assert receipt["written"]["set_aside"] == 0
    exported = run("export", "--to", "brat", project, "--out", again)
    assert exported["reread_equal"] and not exported["failed"], exported
    counts_again, words_again = read(again)
    assert words_again == words, folder
    for name in ("documents", "annotations", "events", "links", "attributes", "equivalences", "notes"):
        assert counts_again[name] == counts[name], (folder, name, counts_again[name], counts[name])
    # The same once more gives the same records.
    second = out / f"{at}-second.json"
    run("import", "--from", "brat", folder, "--out", second, "--json")
    ids = [sorted(r["id"] for s in ("documents", "annotations", "links", "entities", "notes")
                  for r in json.loads(p.read_text(encoding="utf-8"))[s]) for p in (project, second)]
    assert ids[0] == ids[1], folder
    total.update(counts)
print("brat, read by both alike and read again:", ", ".join(f"{count} {name}" for name, count in total.items()))
