"""Labels and catalogue: complete in both languages, and never a word that accuses."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from parsers.refusal import REASONS
from parsers.year_votes import RULES as VOTE_RULES
from tracking.model import ACCUSATIONS, ChangeKind, Grade, Life, Lineage
from tracking.words import catalogue, labels
from tracking.words.clues import told
from tracking.words.marked import marked_texts
from tracking.words.reasons import reason
from tracking.words.refusals import refusal

ROOT = Path(__file__).resolve().parents[2]
DIRECTIONS = (
    *("raised", "lowered", "advanced", "postponed", "widened"),
    *("narrowed", "hardened", "softened", "reworded"),
)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("change", get_args(ChangeKind)),
        ("grade", get_args(Grade)),
        ("life", get_args(Life)),
        ("lineage", get_args(Lineage)),
        ("kind", ("target", "action", "result", "framework")),
        ("direction", DIRECTIONS),
    ],
)
def test_every_name_has_a_word_its_meaning_and_its_limits(lang, group, names):
    assert set(labels.names(group)) == set(names)
    for name in names:
        label = labels.label(group, name, lang)
        assert label.word and label.means and label.means_not


def test_an_unknown_name_has_no_label():
    with pytest.raises(KeyError):
        labels.label("change", "forgotten", "zh")


def test_no_label_accuses():
    text = (ROOT / "tracking/words/labels.yml").read_text(encoding="utf-8").partition("\nchange:")[2]
    assert not [word for word in labels.FORBIDDEN if word in text]


def test_only_an_express_withdrawal_is_called_one():
    assert labels.label("change", "dropped", "zh", grade="stated").word == "明确取消"
    assert labels.label("change", "dropped", "zh", grade="inferred").word == "后续未再列入"
    assert labels.label("change", "unreported", "zh").word == "到期未见回报"
    assert all(labels.label("change", kind, "zh").means_not.startswith(("不", "没")) for kind in ACCUSATIONS)


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({"DUIXIAN_LANG": "zh", "LANG": "en_GB.UTF-8"}, "zh"),
        ({"DUIXIAN_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_one_chosen_else_that_of_the_locale(environment, lang):
    assert catalogue.chosen_language(environment) == lang


def test_every_marked_text_is_translated():
    known = catalogue.translations("zh")
    missing = {text: where for text, where in marked_texts(ROOT).items() if known.gettext(text) == text}
    assert not missing, f"add these to tracking/words/locale/zh/LC_MESSAGES/duixian.po: {missing}"


def test_marked_texts_are_found_in_code_and_templates(tmp_path):
    (tmp_path / "flows/templates").mkdir(parents=True)
    (tmp_path / "flows/a.py").write_text('from x import _\nprint(_("promised"), "not marked")\n')
    (tmp_path / "flows/templates/b.html").write_text("<p>{{ _('kept') }}</p><p>left</p>")
    (tmp_path / "flows/c.html").write_text("<p>{{ _('no template') }}</p>")
    assert marked_texts(tmp_path) == {"promised": "flows/a.py", "kept": "flows/templates/b.html"}


@pytest.mark.parametrize("why", REASONS.values())
def test_every_refusal_is_told_in_chinese_with_its_detail(why):
    told = refusal(f"{why}: 50 MB", "zh")
    assert told.endswith("：50 MB") and "the" not in told.split()
    assert refusal(f"{why}: 50 MB", "en") == f"{why}: 50 MB"


@pytest.mark.parametrize("rule", [*(r.name for r in VOTE_RULES), "declared", "printed on the page"])
def test_every_clue_to_a_year_is_told_in_chinese(rule):
    assert told(rule, "zh") != rule
    assert told(f"inferred from the text: {rule}: 2018年", "zh").startswith("据文本推断：")
    assert told(rule, "en") == rule


def test_a_clue_of_an_unknown_form_comes_back_as_it_is():
    assert told("something else: 2018", "zh") == "something else: 2018"


def test_a_reason_is_told_in_chinese_with_what_it_names():
    assert reason("by arithmetic; provisional (预计)", "zh") == "按数字计算；预计数，暂定"
    assert reason("same words: road (0.92)", "zh") == "用语相同：road (0.92)"
    assert reason("on another basis (同口径)", "zh") == "口径不同：(同口径)"
    assert reason("because", "zh") == "because" and reason("by arithmetic", "en") == "by arithmetic"


def test_an_unknown_text_comes_back_as_it_is():
    assert catalogue.translator("zh")("no such text") == "no such text"
