"""agreement.py PROGRAM [BRATIAA_FOLDER]: compares what `matryoshka agree` says with programs made by others.

Random projects, always the same ones, are written as project files, measured by the program and compared with scikit-learn
(Cohen's κ), nltk (Cohen's κ, Fleiss' κ) and krippendorff (α) to 1e-9. αU is compared with its definition, every section
against every section, and with the example of the book. With the folder of bratiaa's example project the F1 figures are
compared with those that bratiaa computes there. Needs krippendorff, nltk, numpy, scikit-learn, and bratiaa for the last.
"""
import json
import random
import re
import subprocess
import sys
import tempfile
import warnings
from itertools import combinations
from pathlib import Path

import krippendorff
import numpy
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score

PROGRAM = Path(sys.argv[1]).resolve()
WORK = Path(tempfile.mkdtemp())
LAYER = "thing"
compared = 0


def project(documents, annotations, codes):
    """A project file: documents are (id, text), annotations (document, code, start, end)."""
    layer = {
        "id": LAYER, "name": "Thing", "plural": "Things", "key": "T", "color": "actor", "line": "solid",
        "codes": [{"id": f"{LAYER}.{code}", "name": code} for code in codes], "features": [],
    }
    texts = dict(documents)
    return {
        "format": "matryoshka-project", "version": {"major": 1, "minor": 0}, "written_by": "agreement.py", "id": "p_test",
        "codebook": {"id": "test", "version": 1, "name": "Test", "layers": [layer], "relations": []},
        "documents": [{"id": id, "title": id, "text": text, "version": {"h": 1}} for id, text in documents],
        "entities": [],
        "annotations": [
            {
                "id": f"a_{number:06}", "document": document, "layer": LAYER, "code": f"{LAYER}.{code}", "start": start,
                "end": end, "quote": texts[document][start:end], "version": {"h": 1},
            }
            for number, (document, code, start, end) in enumerate(annotations)
        ],
        "links": [], "notes": [], "comments": [], "decisions": [], "set_aside": [], "erased": [],
    }


def agree(projects, *options):
    paths = []
    for number, value in enumerate(projects):
        path = WORK / f"coder{number}.json"
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        check = subprocess.run([PROGRAM, "--state", WORK / "state", "check", path], capture_output=True, text=True)
        assert check.returncode == 0, f"the project of this test is not a good one: {check.stdout}{check.stderr}"
        paths.append(path)
    return measured(paths, *options)


def measured(paths, *options):
    command = [PROGRAM, "--state", WORK / "state", "agree", *paths, "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def same(what, ours, theirs, within=1e-9):
    """Ours is the same number, or words where theirs is none."""
    global compared
    compared += 1
    if theirs is None or numpy.isnan(theirs):
        assert isinstance(ours, dict) and ours["undefined"], f"{what}: {ours} is not in words"
    else:
        assert isinstance(ours, (int, float)), f"{what}: {ours} is not {theirs}"
        assert abs(ours - theirs) <= within, f"{what}: {ours} is not {theirs}"


def labels(text, annotations, unit, only=None):
    """The label of each unit: the codes that cover it."""
    units = [(i, i + 1) for i in range(len(text))] if unit == "characters" else [m.span() for m in re.finditer(r"\S+", text)]
    found = []
    for start, end in units:
        covering = sorted({code for code, a, b in annotations if a < end and start < b and only in (None, code)})
        found.append("+".join(covering) or "-")
    return found


def theirs_of(rows):
    """Cohen's, Fleiss' κ and α of labels (one list for each coder, None for a gap), by other people's programs."""
    whole = [column for column in zip(*rows) if None not in column]
    cohen, fleiss, alpha = [], None, None
    kinds = {label for column in whole for label in column}
    if whole and len(kinds) > 1:
        triples = [(f"c{c}", str(i), label) for i, column in enumerate(whole) for c, label in enumerate(column)]
        fleiss = AnnotationTask(triples).pi()
    for first, second in combinations(rows, 2):
        pairs = [pair for pair in zip(first, second) if None not in pair]
        if len({label for pair in pairs for label in pair}) > 1:
            a, b = zip(*pairs)
            value = cohen_kappa_score(a, b)
            triples = [(c, str(i), label) for i, pair in enumerate(pairs) for c, label in zip("ab", pair)]
            assert abs(AnnotationTask(triples).kappa() - value) < 1e-9, "scikit-learn and nltk differ"
            cohen.append(value)
    numbers = {label: number for number, label in enumerate(sorted({l for row in rows for l in row if l is not None}))}
    data = numpy.array([[numpy.nan if l is None else numbers[l] for l in row] for row in rows], dtype=float)
    pairable = data[:, (~numpy.isnan(data)).sum(axis=0) > 1]
    if pairable.size and len(set(pairable[~numpy.isnan(pairable)])) > 1:
        alpha = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    return (sum(cohen) / len(cohen) if cohen else None), fleiss, alpha


def sections(units, length):
    found, at = [], 0
    for start, end in sorted(units):
        if start > at:
            found.append((at, start - at, False))
        found.append((start, end - start, True))
        at = end
    return found + ([(at, length - at, False)] if at < length else [])


def disagreement(coders, length):
    """Krippendorff 1995 and 2004, as printed."""
    m, cut = len(coders), [sections(units, length) for units in coders]
    observed, expected, ways = 0, 0, m * length * (m * length - 1)
    number = sum(unit for all in cut for _, _, unit in all)
    for i, first in enumerate(cut):
        for b, l, unit in first:
            if unit:
                expected += (number - 1) / 3 * (2 * l**3 - 3 * l**2 + l)
                expected += l * l * sum(k - l + 1 for other in cut for _, k, u in other if not u and k >= l)
                ways -= l * (l - 1)
            for c, k, other in (section for j, second in enumerate(cut) if i != j for section in second):
                if unit and other and -l < b - c < k:
                    observed += (b - c) ** 2 + (b + l - c - k) ** 2
                elif unit and not other and k - l >= b - c >= 0:
                    observed += l * l
                elif other and not unit and l - k >= c - b >= 0:
                    observed += k * k
    return observed / (m * (m - 1) * length**2), 2 / length * expected / ways


def alpha_u(by_code, length):
    parts = [disagreement(coders, length) for coders in by_code.values()]
    observed, expected = (sum(part[at] for part in parts) for at in (0, 1))
    return 1 - observed / expected if expected else None


def f1(both, first, second):
    return 2 * both / (first + second) if first + second else None


def random_case(chance, coders, documents, codes, nested):
    """Texts of words between single blanks, and what each coder tagged in them; some lack a document."""
    words = ["alpha", "beta", "слово", "길", "ночь", "x", "épsilon", "zeta"]
    texts = []
    for number in range(documents):
        texts.append((f"d_{number}", " ".join(chance.choice(words) for _ in range(chance.randrange(5, 40))) + f" n{number}"))
    made = []
    for coder in range(coders):
        mine, tagged = [], []
        for id, text in texts:
            if coders > 2 and documents > 1 and coder > 1 and chance.random() < 0.3:
                continue
            mine.append((id, text))
            at = 0
            for _ in range(chance.randrange(0, 9)):
                start = chance.randrange(len(text)) if nested else at + chance.randrange(0, 12)
                end = start + chance.randrange(1, 15)
                if end > len(text):
                    continue
                tagged.append((id, chance.choice(codes), start, end))
                at = end
        made.append((mine, tagged))
    return texts, made


def compare_random(seed):
    chance = random.Random(seed)
    coders, documents, nested = chance.choice([2, 2, 3, 4]), chance.choice([1, 1, 3]), chance.random() < 0.5
    codes = ["one", "two", "three"][: chance.choice([1, 2, 3])]
    texts, made = random_case(chance, coders, documents, codes, nested)
    unit = chance.choice(["characters", "tokens"])
    ours = agree([project(mine, tagged, codes) for mine, tagged in made], "--unit", unit)
    shared = [d for d in texts if sum(d in mine for mine, _ in made) > 1]
    for only in [None, *codes]:
        rows = []
        for mine, tagged in made:
            row = []
            for id, text in shared:
                spans = [(code, a, b) for d, code, a, b in tagged if d == id]
                row += labels(text, spans, unit, only) if (id, text) in mine else [None] * len(labels(text, [], unit))
            rows.append(row)
        place = ours if only is None else ours.get("codes", {}).get(f"{LAYER}.{only}")
        if place is None:
            assert not any(code == only for _, tagged in made for _, code, _, _ in tagged)
            continue
        for name, value in zip(("cohen_kappa", "fleiss_kappa", "krippendorff_alpha"), theirs_of(rows)):
            same(f"seed {seed}, {unit}, {only}, {name}", place[name], value)
    common = [d for d in texts if all(d in mine for mine, _ in made)]
    if not nested and common:
        by_code = {code: [[] for _ in made] for code in codes}
        length = 0
        for id, text in common:
            for number, (_, tagged) in enumerate(made):
                for d, code, a, b in tagged:
                    if d == id:
                        by_code[code][number].append((length + a, length + b))
            length += len(text)
        same(f"seed {seed}, alpha_u", ours["alpha_u"], alpha_u(by_code, length))
    values = []
    for (mine, first), (others, second) in combinations(made, 2):
        both_have = {id for id, _ in mine} & {id for id, _ in others}
        a, b = ([t for t in tagged if t[0] in both_have] for tagged in (first, second))
        exact = sum(min(a.count(t), b.count(t)) for t in set(a))
        values.append(f1(exact, len(a), len(b)))
    defined = [value for value in values if value is not None]
    same(f"seed {seed}, F1", ours["span_f1_exact"]["micro"], sum(defined) / len(defined) if defined else None)


def compare_book():
    """Content Analysis (2004), page 254: the continuum is 150 to 450, so 150 is taken off."""
    text = "x" * 300
    i = [("c", 225, 70), ("c", 370, 30), ("k", 180, 60), ("k", 300, 50)]
    j = [("c", 220, 80), ("c", 355, 20), ("c", 400, 20), ("k", 180, 60), ("k", 300, 50)]
    made = [project([("d_1", text)], [("d_1", code, s - 150, s + l - 150) for code, s, l in units], "ck") for units in (i, j)]
    ours = agree(made)
    same("αU, category c", ours["codes"][f"{LAYER}.c"]["alpha_u"], 0.7286, 5e-5)
    same("αU, category k", ours["codes"][f"{LAYER}.k"]["alpha_u"], 1.0)
    # The book adds up figures that it has rounded to four digits, which gives .8591; so do we here.
    parts = [figure["parts"] for figure in ours["figures"] if figure["measure"] == "alpha_u" and figure["code"]
             and not figure["layer"] and not figure["pair"]]
    observed, expected = (sum(round(p[name], 4) for p in parts) for name in ("observed disagreement", "expected by chance"))
    same("αU, as the book adds up", 1 - observed / expected, 0.8591, 5e-5)
    same("αU, in full", ours["alpha_u"], 0.8591, 5e-4)


def compare_bratiaa(folder):
    import bratiaa

    projects = WORK / "bratiaa"
    projects.mkdir()
    command = [PROGRAM, "--state", WORK / "state", "import", "--from", "brat", folder, "--annotator-folders", "--out", projects]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    ours = measured(sorted(projects.glob("*.json")), "--unit", "tokens")
    codes = {"LOC": "actor.location", "MISC": "imported.misc", "ORG": "actor.organization", "PER": "actor.person"}
    spread = {
        figure["measure"]: figure["parts"]["standard deviation"]
        for figure in ours["figures"]
        if not (figure["layer"] or figure["pair"] or figure["document"] or figure["code"] or figure["mean_over_codes"])
        and "standard deviation" in figure["parts"]
    }
    tokens = lambda text: (match.span() for match in re.finditer(r"\S+", text))
    known = {
        "span_f1_exact": (None, 0.8903501, 0.0526314, [0.8191061, 0.84004593, 0.9059579, 0.93782234]),
        "unit_f1": (tokens, 0.9639787, 0.01498979, None),
    }
    for measure, (token_func, mean, deviation, by_label) in known.items():
        theirs = bratiaa.compute_f1_agreement(str(folder).rstrip("/"), token_func=token_func)
        (their_mean, their_deviation), (of_labels, _) = theirs.mean_sd_total(), theirs.mean_sd_per_label()
        same(f"{measure} as published", ours[measure]["micro"], mean, 1e-7)
        same(f"{measure} deviation as published", spread[measure], deviation, 1e-7)
        same(measure, ours[measure]["micro"], their_mean)
        same(f"{measure} deviation", spread[measure], their_deviation)
        for number, (label, value) in enumerate(zip(theirs.labels, of_labels)):
            of_code = ours[measure]["by_code"][codes[label]]
            same(f"{measure} {label}", of_code, value)
            if by_label:
                same(f"{measure} {label} as published", of_code, by_label[number], 1e-7)
    of_documents, _ = bratiaa.compute_f1_agreement(str(folder).rstrip("/")).mean_sd_per_document()
    by_title = {document["title"]: document for document in ours["documents"]}
    for name, value in zip(theirs.documents, of_documents):
        same(f"span_f1_exact {name}", by_title[name.removesuffix(".ann")]["span_f1_exact"]["micro"], value)


warnings.simplefilter("ignore")
compare_book()
for seed in range(60):
    compare_random(seed)
print(f"{compared} figures of random projects and of the book's example are those of other programs")
if len(sys.argv) > 2 and Path(sys.argv[2]).is_dir():
    compared = 0
    compare_bratiaa(Path(sys.argv[2]))
    print(f"{compared} figures of bratiaa's example project are those of bratiaa")
else:
    print("SKIPPED: bratiaa's example project is not here")
