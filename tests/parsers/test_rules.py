"""Every rule is registered, does what its entry says, and leaves its counter-example alone."""

from __future__ import annotations

import runpy
from collections.abc import Iterable
from pathlib import Path

import pytest

from parsers.read import body_of, read_body
from parsers.reading import Declared, Reading
from parsers.refusal import Refused
from parsers.rules import FAMILIES, RULES, Rule, names_in_clue, names_in_join, names_in_place_clue
from parsers.rules.observe import observe, rules_of
from parsers.text import Body
from parsers.time_forms import FORMS
from parsers.year_votes import RULES as VOTE_RULES

ROOT = Path(__file__).resolve().parents[2]


def by_name(rule: Rule) -> str:
    return rule.name


@pytest.mark.parametrize("rule", RULES.values(), ids=by_name)
def test_a_rule_reads_its_example_as_it_says(rule: Rule) -> None:
    lines = [seen.line for seen in observe(rule, rule.example) if rule.name in seen.rules]
    assert lines, f"{rule.name} takes no part in reading its example"
    assert any(rule.expected in line for line in lines), lines


@pytest.mark.parametrize("rule", RULES.values(), ids=by_name)
def test_a_rule_leaves_its_counter_example_alone(rule: Rule) -> None:
    assert not [seen.line for seen in observe(rule, rule.counter) if rule.name in seen.rules]


def test_every_name_is_registered_once_and_said_in_one_sentence() -> None:
    assert sum(map(len, FAMILIES.values())) == len(RULES)
    for rule in RULES.values():
        assert rule.says.endswith((".", ").")) and rule.zh and not rule.zh.endswith("。"), rule.name
        assert rule.example != rule.counter, rule.name


def test_the_forms_of_time_and_the_hints_at_a_year_are_all_registered() -> None:
    assert {f"time.{name}" for name, _, _ in FORMS} == {n for n in RULES if n.startswith("time.")}
    assert {f"dating.{rule.name}" for rule in VOTE_RULES} <= set(RULES)


def test_the_page_of_rules_is_up_to_date() -> None:
    module = runpy.run_path(str(ROOT / "deployments" / "rules_reference.py"))
    assert module["TARGET"].read_text(encoding="utf-8") == module["reference"](), "run `make docs`"


def names_in(body: Body, reading: Reading) -> set[str]:
    names = {name for statement in reading.statements for name in rules_of(statement)}
    names.update(n for p in body.paragraphs for join in p.joins for n in names_in_join(join.why))
    names.update(names_in_place_clue(reading.place_clue.why))
    for clue in (reading.published, reading.plan_year):
        if clue is not None:
            names.update(names_in_clue(clue.why))
    return names


def read_all(paths: Iterable[Path]) -> list[tuple[Body, Reading]]:
    found = []
    for path in paths:
        body = body_of(path.read_bytes(), path.name)
        try:
            found.append((body, read_body(body, Declared(), placed=False)))
        except Refused:
            continue
    return found


def test_every_rule_that_reads_the_examples_is_registered(examples: Path) -> None:
    readings = read_all(p for p in examples.iterdir() if p.suffix in (".txt", ".md", ".html"))
    assert len(readings) >= 8
    for body, reading in readings:
        assert names_in(body, reading) - set(RULES) == set()
        assert all(s.rule and all(q.rule for q in s.quantities) for s in reading.statements)


def test_every_rule_that_reads_real_texts_is_registered(shared: Path) -> None:
    readings = read_all([*(shared / "seeds").glob("*.txt"), *(shared / "gold/passages/text").glob("*.txt")])
    assert len(readings) >= 10
    for body, reading in readings:
        assert names_in(body, reading) - set(RULES) == set()
        assert names_in_place_clue(reading.place_clue.why) or not reading.place.code
