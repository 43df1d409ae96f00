"""What stands in a text is found there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracking.search import Searchable
from tracking.terms import normal

LETTERS = st.text(alphabet="城乡道路桥水库学校医院公园新建改造", min_size=2, max_size=12)


@given(st.lists(LETTERS, min_size=1, max_size=8), st.data())
def test_whatever_stands_in_a_text_is_found_in_it(sentences, data):
    text = Searchable("。".join(sentences))
    sentence = data.draw(st.sampled_from(sentences))
    [best, *_] = text.nearest([normal(sentence)])
    assert best.share == 1.0
    assert any(normal(sentence) in words for _, words in text.holding([normal(sentence)]))


@given(LETTERS, st.lists(LETTERS, max_size=5))
def test_shares_lie_between_nothing_and_all(term, sentences):
    for passage in Searchable("。".join(sentences)).nearest([term]):
        assert 0.0 < passage.share <= 1.0
