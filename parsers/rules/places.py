"""Which place a document is about: the clues and what each one shows. Places must exist, so these do."""

from __future__ import annotations

from parsers.rules.model import Rule

_SAID = "今年将新建学校3所。"

PLACES = (
    Rule(
        "place.the text names",
        "A place by its full name, with no rival that is told nearly as often.",
        "文中写出全名的地方，且没有提得差不多多的别处",
        f"临沂市兰山区召开全会。临沂市兰山区{_SAID}临沂市兰山区人民政府负责。",
        "临沂市兰山区",
        f"老城区{_SAID}新区建设提速。",
    ),
    Rule(
        "place.its leader or body speaks",
        "The place whose leader or body speaks.",
        "领导或机关在说话的地方",
        f"临沂市兰山区委书记表示，{_SAID}沂水县和蒙阴县代表参加。",
        "临沂市兰山区",
        f"# 临沂市兰山区实事\n{_SAID}",
    ),
    Rule(
        "place.named in the title",
        "The place that the title names.",
        "标题所说的地方",
        f"# 临沂市兰山区实事\n{_SAID}",
        "临沂市兰山区",
        f"临沂市兰山区委书记表示，{_SAID}",
    ),
    Rule(
        "place.is several places",
        "A name that several places share is settled by the city that the text names beside it.",
        "几个地方同名，由文中提到的城市来定",
        f"市中区委召开全会。市中区{_SAID}\n枣庄经济技术学院落户。",
        "枣庄市市中区",
        f"市中区委召开全会。市中区{_SAID}",
    ),
    Rule(
        "place.speaks of its own",
        "A text that speaks for its own city is that city's whose districts, or whose name, it tells most.",
        "通篇说全市而不点名的文本，属于它提得最多的城市或其区县所在的城市",
        "各位代表：现在向大会报告工作。\n全市生产总值增长7%。全市新增就业3万人。全市出口增长。\n"
        "郯城县、沂水县、蒙阴县和兰山区进展明显。",
        "临沂市",
        "各位代表：现在向大会报告工作。\n全市生产总值增长7%。郯城县和海淀区进展明显。",
        "report",
    ),
    Rule(
        "place.the title or first lines name",
        "A province or city that the title or first lines name shortly.",
        "标题或开头简称的省、市",
        "# 甘肃陇南：茶园增收\n当地今年新建产业园三个，带动就业。",
        "陇南市",
        "# 贵州：茶园增收 江苏：工厂提速\n两地今年新建产业园三个，带动就业。",
    ),
    Rule(
        "place.the nation speaks",
        "The State Council reports, or the title is a paper of the nation.",
        "国务院作报告，或标题是国家的文件",
        "现在，我代表国务院，向大会报告政府工作。",
        "全国",
        "临沂市贯彻国务院部署，临沂市市长主持会议。",
        "report",
    ),
)
