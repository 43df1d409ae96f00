"""How strongly and how finally a claim is worded: modality, nature, vintage, basis, stage, scope."""

from __future__ import annotations

import re

_MODALITY = re.compile("确保|力争|争取|必须|务必|努力|拟|计划|完成|实现|严格控制")
_NATURE = re.compile("约束性|预期性|指导性")
_VINTAGE = re.compile("预计|初步(?:统计|核算|测算)|初核|快报|修订|最终核实|可望|有望")
_BASIS = re.compile(
    "同口径|可比口径|可比价|按可比|扣除[\u4e00-\u9fa5]{2,12}(?:因素|后)|剔除[\u4e00-\u9fa5]{2,12}|不变价|名义|实际增长"
)
_STAGES = {
    **dict.fromkeys(
        ("建成", "竣工", "投产", "投用", "投运", "通车", "启用", "完工", "交付", "回迁", "开通", "封顶"),
        "建成",
    ),
    **dict.fromkeys(("新开工", "开工", "启动", "动工", "奠基"), "开工"),
    **dict.fromkeys(("规划", "谋划", "编制", "前期", "可研", "论证", "选址", "立项", "签约"), "规划"),
}
_STAGE = re.compile("|".join(_STAGES))
_SCOPE = re.compile(
    "全国|全省|全市|全区|全县|城镇|城市|农村|规模以上|限额以上|中心城区|建成区|市本级|区本级|市级|省级|国家级|区级|县级"
)
_VINTAGES = {
    "预计": "预计",
    "初": "初步",
    "快": "初步",
    "修": "revised",
    "最": "final",
    "可": "预计",
    "有": "预计",
}
_ABSENT = re.compile(
    r"(?:没有|不再|未|不)(?:再)?(?:提出|设定|设置|设|确定|下达|明确)[\u4e00-\u9fa5“”]{0,24}(?:目标|指标)|(?:不设|"
    r"不定)[\u4e00-\u9fa5]{0,16}(?:目标|指标)"
)


def modality(clause: str) -> str | None:
    """The word that binds: 确保 … 力争; 左右 and 以上 are comparators and not here."""
    found = _MODALITY.search(clause)
    return found.group() if found else None


def nature(clause: str) -> str | None:
    """约束性 or 预期性 where the text says so."""
    found = _NATURE.search(clause) if "性" in clause else None
    return found.group() if found else None


def vintage(clause: str) -> str | None:
    """预计, 初步, final, revised; None where the figure is stated without reserve."""
    found = _VINTAGE.search(clause)
    if found is None:
        return None
    word = found.group()
    return _VINTAGES.get("预计" if word == "预计" else word[0], word)


def basis(clause: str) -> str | None:
    """同口径, 可比价, 扣除…: a figure on another basis decides no target."""
    found = _BASIS.search(clause)
    return found.group() if found else None


def stage(clause: str) -> str | None:
    """规划, 开工 or 建成, the last one named; None for things without stages."""
    named = _STAGE.findall(clause)
    return _STAGES[named[-1]] if named else None


def scope(clause: str) -> str | None:
    """The first word that narrows what is counted: 规模以上, 城镇, 省级."""
    found = _SCOPE.search(clause)
    return found.group() if found else None


def says_none_set(clause: str) -> bool:
    """The text says that no target is set.

    >>> says_none_set("我们没有提出全年经济增速具体目标")
    True
    >>> says_none_set("没有完成年初提出的目标")
    False
    """
    return "标" in clause and ("目标" in clause or "指标" in clause) and _ABSENT.search(clause) is not None


def absent_subject(words: str) -> str:
    """What it is that no target is set for."""
    found = re.search(
        r"(?:提出|设定|设置|设|确定|下达|明确|不定)(?P<what>[\u4e00-\u9fa5“”]{2,20}?)(?:的)?(?:具体|预期|量化)*(?:目标|指标)",
        words,
    )
    what = found["what"] if found else words
    what = re.sub("^(?:全年|今年|年度|具体)+", "", what).strip("“”的")
    return "地区生产总值增速" if what in ("经济增速", "经济增长", "经济增长速度", "增长") else what
