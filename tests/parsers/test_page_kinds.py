"""Stand-in pages are recognised by their own signs; an article about the same things is not one."""

from __future__ import annotations

import pytest

from parsers.extraction import extract
from parsers.page_kinds import recognise
from parsers.refusal import Refused


def page(title: str, body: str) -> bytes:
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>".encode()


MENU = "<ul>" + "".join(f'<li><a href="/{i}">政务栏目第{i}项内容</a></li>' for i in range(200)) + "</ul>"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (page("安全验证", "<h1>您的访问过于频繁</h1><p>请输入验证码后继续访问。</p>"), "block_page"),
        (page("403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr>nginx"), "block_page"),
        (page("Just a moment...", "<p>Checking your browser before accessing.</p>"), "block_page"),
        (page("网站防火墙", "<p>您的请求被拦截，可能含有危险内容。</p>"), "block_page"),
        (
            page(
                "统一身份登录",
                "<form>用户名：<input name=u>密码：<input type=password></form><p>忘记密码？</p>",
            ),
            "login_page",
        ),
        (page("会员中心", "<p>请先登录</p><input type='password'>"), "login_page"),
        (page("404", "<h1>404 错误</h1><p>抱歉，您访问的页面不存在或已删除。</p>"), "error_page"),
        (
            page("青禾区人民政府", MENU + "<div><p>对不起，您要查看的页面不存在或者已被删除！</p></div>"),
            "error_page",
        ),
        (page("出错了", "<p>服务器错误，请稍后再试。</p>"), "error_page"),
    ],
)
def test_stand_in_pages_are_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        extract(content, "page.html")
    assert refused.value.code == code


PROSE = "青禾区今年新建学校十二所，改造老旧小区三十个，开工道路九条。"


@pytest.mark.parametrize(
    ("title", "paragraph"),
    [
        ("青禾区整治网络登录乱象", "一些平台要求用户登录后才能查看，忘记密码的老人只好求助。"),
        ("青禾区推进网站安全", "去年全区网站的非法请求被拦截四百万次，安全验证全面升级。"),
        ("青禾区清理政务网站", "检查发现二十个栏目打不开，页面不存在的问题已经整改。"),
    ],
)
def test_an_article_that_uses_the_words_is_read(title: str, paragraph: str) -> None:
    body = extract(
        page(title, f"<h1>{title}</h1>" + f"<p>{PROSE}</p>" * 3 + f"<p>{paragraph}</p>"), "page.html"
    )
    assert any(paragraph == p.text for p in body.paragraphs)


def test_a_long_article_is_never_a_stand_in() -> None:
    assert recognise("系统维护", PROSE * 40, PROSE * 40) is None


def test_a_short_ordinary_page_is_a_document() -> None:
    assert recognise("通知", PROSE, PROSE) is None
