"""Learn which words a review and which a programme uses: `python -m benchmarks.train_tense FOLDER [--write]`.

FOLDER holds work reports (*.md, named by plan year). Their own headings say which part looks back, so no
hand labels are needed. Three files in four are learnt from; the printed figures are of the fourth. With
--write the weights go to parsers/data/tense.tsv. Deterministic: fixed order, fixed steps, no chance.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from parsers.clauses import clauses
from parsers.extraction import extract
from parsers.sections import section_tenses
from parsers.tense import features, smooth, weigh

KEPT = 1500
"""Features kept: enough for every common verb and ending, small enough to read."""
EPOCHS, STEP, SHRINK = 4, 0.08, 2e-5


def examples(path: Path) -> Iterator[tuple[list[str], bool]]:
    """(features, said of the past) of each clause under a heading that tells."""
    paragraphs = extract(path.read_bytes(), path.name).paragraphs
    tenses = section_tenses(paragraphs, int(path.stem[:4]))
    if not {"past", "forward"} <= set(tenses):
        return
    for paragraph, tense in zip(paragraphs, tenses, strict=True):
        if tense is None or len(paragraph.text) < 30 or paragraph.role == "glossary":
            continue
        for clause in clauses(paragraph.text):
            yield features(paragraph.text[clause.start : clause.end]), tense == "past"


def choose(train: list[tuple[list[str], bool]]) -> list[str]:
    """The features that tell most: log-odds weighted by the root of their count."""
    past, all_ = Counter[str](), Counter[str]()
    for found, said in train:
        all_.update(set(found))
        if said:
            past.update(set(found))
    share = sum(said for _, said in train) / len(train)
    gain = {}
    for feature, count in all_.items():
        if count >= 40:
            odds = (past[feature] + 2 * share) / (count - past[feature] + 2 * (1 - share))
            gain[feature] = abs(math.log(odds * (1 - share) / share)) * math.sqrt(count)
    return sorted(gain, key=lambda f: (-gain[f], f))[:KEPT]


def fit(train: list[tuple[list[str], bool]], chosen: list[str]) -> dict[str, float]:
    """Logistic regression by plain gradient steps, classes weighted equally."""
    weights = dict.fromkeys(chosen, 0.0)
    share = sum(said for _, said in train) / len(train)
    for epoch in range(EPOCHS):
        step = STEP / (1 + epoch)
        for found, said in train:
            known = [f for f in found if f in weights]
            guess = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(weights[f] for f in known)))))
            push = step * (said - guess) * (0.5 / share if said else 0.5 / (1 - share))
            for f in known:
                weights[f] += push - SHRINK * weights[f]
    return {f: round(w, 2) for f, w in weights.items() if abs(w) >= 0.05}


def right(test: list[tuple[list[str], bool]], weights: dict[str, float]) -> float:
    """Share of clauses judged right."""
    hits = sum((sum(weights.get(f, 0.0) for f in found) > 0) == said for found, said in test)
    return hits / max(1, len(test))


def paragraphs_right(paths: list[Path]) -> tuple[int, int]:
    """(right, all) paragraphs of 30 characters and more, neighbours taken into account as in reading."""
    right_, all_ = 0, 0
    for path in paths:
        paragraphs = extract(path.read_bytes(), path.name).paragraphs
        tenses = section_tenses(paragraphs, int(path.stem[:4]))
        if not {"past", "forward"} <= set(tenses):
            continue
        scores = [sum(weigh(p.text[c.start : c.end]) for c in clauses(p.text)) for p in paragraphs]
        for paragraph, told, judged in zip(paragraphs, tenses, smooth(scores, 10.0), strict=True):
            if told is not None and len(paragraph.text) >= 30:
                all_ += 1
                right_ += told == judged
    return right_, all_


def main() -> int:
    """See the module's docstring."""
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    train: list[tuple[list[str], bool]] = []
    test: list[tuple[list[str], bool]] = []
    paths = sorted(Path(arguments[0]).rglob("*.md"))
    for number, path in enumerate(paths):
        (test if number % 4 == 3 else train).extend(examples(path))
    # order matters to gradient steps: interleave files by a fixed stride instead of shuffling by chance
    train = [train[i * 7919 % len(train)] for i in range(len(train))]
    weights = fit(train, choose(train))
    print(f"{len(train)} clauses learnt from, {len(test)} held back, {len(weights)} features")
    print(f"clauses right: {right(train, weights):.4f} learnt, {right(test, weights):.4f} held back")
    hits, seen = paragraphs_right(paths[3::4])
    print(f"paragraphs right, by the weights in use: {hits} of {seen} held back ({hits / max(1, seen):.4f})")
    if "--write" in sys.argv:
        out = Path(__file__).parent.parent / "parsers" / "data" / "tense.tsv"
        lines = [f"{f}\t{w:.2f}" for f, w in sorted(weights.items(), key=lambda i: (-abs(i[1]), i[0]))]
        head = "# feature\tweight (+ said of the past); made by python -m benchmarks.train_tense --write\n"
        out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
