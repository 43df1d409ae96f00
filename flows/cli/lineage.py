"""`duixian lineage`: a project or a named system over the years."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from flows.cli import options
from flows.cli.opened import full_name, opened
from flows.cli.out import console, json_lines, plain, table
from flows.cli.problems import Problem

Kind = Literal["project", "system"]
Sort = Literal["editions", "name"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Examples:\n\n`duixian lineage 市中区`\n\n`duixian lineage 市中区 '1+474工作体系'`\n\n"
        "`duixian lineage 市中区 345网格化治理模式 --as-of 2019`"
    )(lineage)


def lineage(
    district: Annotated[
        str, typer.Argument(metavar="DISTRICT", help="A place by any unambiguous tail of its name.")
    ],
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="What it is called, or its formula; without one: the list."),
    ] = None,
    kind: Annotated[Kind | None, typer.Option(help="In the list: only projects, or only systems.")] = None,
    sort: Annotated[
        Sort, typer.Option(help="Of the list: those of most editions first, or by name.")
    ] = "editions",
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Tell a project from plan to opening, or a numbered system from year to year, sentence by sentence.

    Without NAME: the projects and systems that the place's promises name.
    """
    from audit.asking import lineages
    from flows.cli.log_table import show_log
    from flows.cli.observed import tell_unobserved
    from flows.settings import language
    from tracking.words.catalogue import translator
    from tracking.words.labels import label

    clocks = options.clocks(as_of, known_at)
    lang = language()
    _ = translator(lang)
    with opened(db) as ledger:
        demo = ledger.mode == "demo"
        place = full_name(ledger, district) or district
        tell_unobserved(ledger, place, None, clocks.as_of, clocks.known_at)
        if name is None:
            every = [n for n in lineages.names(ledger, place, clocks, sort) if kind in (None, n["kind"])]
            if json:
                json_lines(every, demo=demo)
                return
            shown = table(
                plain(f"{place}: {len(every)}"), [_("name"), _("kind"), _("editions"), _("statements")]
            )
            for one in every:
                system = label("kind", "framework", lang).word
                word = system if one["kind"] == "system" else _("project")
                shown.add_row(plain(one["name"]), word, " ".join(one["editions"]), str(one["statements"]))
            console().print(shown)
            return
        found = lineages.lineage(ledger, place, name, clocks)
        if found is None:
            raise Problem(
                f"no sentence of {place} names {name}: `duixian lineage {district}` lists what is named."
            )
        if json:
            json_lines([found], demo=demo)
            return
        shown = table(
            plain(f"{place} · {name}"),
            [_("edition"), _("kind"), _("part"), (_("words"), {"ratio": 3}), _("text")],
        )
        for step in found["steps"]:
            parts = [f"{d['label']}: {'、'.join(d['items'])}" for d in step["digits"]]
            shown.add_row(
                step["edition"] or "",
                label("kind", step["kind"], lang).word,
                plain(step["stage"] or step["formula"] or ""),
                "\n".join(map(plain, [step["text"], *parts])),
                plain(step["document"]),
            )
        console().print(shown)
        show_log(ledger, found["changes"])
