"""Pages that stand where the document should: block, login and error pages, by their own signs.

Such a page is short and speaks of access, not of its subject. A long article is never one, whatever words
it uses; a short text is one only where its title or its few lines consist of the typical words.
"""

from __future__ import annotations

import re
from typing import Literal

PageKind = Literal["block_page", "login_page", "error_page"]

_SHORT = 600
"""Characters of visible text; real pages of this kind have fewer, menus included."""
_TINY = 160

_BLOCK = re.compile(
    "|".join(
        (
            "访问(?:过于|太)?频繁|(?:请求|访问|操作)(?:已)?被(?:拦截|阻断|拒绝|禁止|限制)",
            "您的(?:访问|请求|IP).{0,20}(?:拦截|异常|限制|禁止|封禁|风险|威胁)|拖动.{0,6}滑块|请?完成.{0,4}验证",
            "正在检查.{0,3}浏览器|(?:人机|安全|滑动|滑块|行为)验证|(?:图中|图片).{0,6}验证码",
            "输入.{0,4}验证码",
            "(?:开启|启用|打开).{0,6}(?:JavaScript|Cookie)|(?:网站|应用|云)防火墙",
            "云(?:防护|盾|锁)|安全狗|创宇盾|加速乐|知道创宇",
            "(?i:access denied|403 forbidden|request (?:was )?blocked|are you (?:a )?(?:human|robot))",
            "(?i:captcha|checking your browser|just a moment|cloudflare)",
            "(?i:attention required|too many requests)",
            "(?i:enable javascript and cookies|unusual traffic|incapsula)",
        )
    )
)
_LOGIN = re.compile(
    "|".join(
        (
            "(?:用户|会员|账号|帐号|统一身份|密码|扫码|短信|系统)(?:密码)?登[录陆]|请(?:先|您先)?登[录陆]",
            "登[录陆]后.{0,8}(?:查看|阅读|继续|访问)|忘记密码|找回密码|(?:用户名|账号|帐号) {0,5}[:：]",
            "(?i:sign in|log ?in to|forgot (?:your )?password)",
        )
    )
)
_THING = "(?:页面|网页|文章|内容|信息|文件|栏目|资源)"
_ERROR = re.compile(
    "|".join(
        (
            f"{_THING}(?:已经?)?(?:不存在|找不到|丢失|无法(?:找到|访问|显示)|被删除|已删除|已下线|走丢)",
            f"(?:找不到|未找到|没有找到|不存在)(?:您|你)?.{{0,12}}{_THING}|(?:该|此){_THING}(?:已|不)",
            "(?:404|50[0-4]) {0,3}(?i:错误|页面|[-–:：]|not found|error|bad|internal|service)",
            "服务器(?:内部)?错误|系统(?:繁忙|错误|维护)|网站(?:正在)?(?:维护|建设)中|出错(?:了|啦)|运行时错误",
            "(?i:page not found|404 not found|internal server error|bad gateway|service unavailable)",
            "(?i:runtime error|http status 404)",
        )
    )
)
_BARE_ERROR = re.compile(r"^\s*(?:40[0-9]|50[0-9])\b")


def recognise(title: str | None, text: str, article: str, *, password: bool = False) -> PageKind | None:
    """Which kind of stand-in a page is, None for a document.

    text: all visible text. article: what was found to be its main text. password: the page asks for one.
    """
    size = len(text)
    if len(article) > _SHORT or (size > 3 * _SHORT and len(article) > _TINY):
        return None
    kinds: tuple[tuple[PageKind, re.Pattern[str]], ...] = (
        ("block_page", _BLOCK),
        ("error_page", _ERROR),
        ("login_page", _LOGIN),
    )
    for kind, signs in kinds:
        if signs.search(title or "") and (len(article) < _TINY or _dense(signs, article)):
            return kind
        if _dense(signs, article) or _dense(signs, text):
            return kind
    if password and size < _SHORT and len(article) < _TINY:
        return "login_page"
    if _BARE_ERROR.match(title or "") and size < _SHORT:
        return "error_page"
    return None


def _dense(signs: re.Pattern[str], text: str) -> bool:
    """Whether the sentences with such words make up much of a short text."""
    if len(text) >= _SHORT:
        return False
    sentences = [s for s in re.split(r"[。！？!?\n]+", text) if s.strip()]
    told = sum(len(s) for s in sentences if signs.search(s))
    return told > 0.4 * sum(map(len, sentences))
