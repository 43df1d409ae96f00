"""The documents say what is so: commands, options, links, locks."""

from __future__ import annotations

import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from flows.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
MADE = {
    line.split(":")[0]
    for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    if re.match(r"[a-z]+:", line)
}


def blocks(name: str) -> list[str]:
    """The command lines in a document's sh blocks."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [
        line.split("#")[0].strip()
        for block in re.findall(r"```sh\n(.*?)```", text, re.S)
        for line in block.splitlines()
        if line.strip()
    ]


def known(words: list[str]) -> bool:
    """Whether a duixian command line names a command and options that exist."""
    command = get_command(app)
    while words and hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    return all(word in options for word in words if word.startswith("-"))


NAMED = ("CONTRIBUTING.md", "docs/exports.md", "docs/sources.md", "docs/site.md", "docs/digests.md")


@pytest.mark.parametrize("name", [*READMES, *NAMED])
def test_commands_in_documents_exist(name: str) -> None:
    lines = blocks(name)
    assert lines
    for line in lines:
        program, *words = shlex.split(line)
        if program == "make":
            assert words[0] in MADE, line
        elif program == ".venv/bin/duixian":
            assert known(words), line
        else:
            assert program in ("python3", "py"), line
            assert (ROOT / words[0]).is_file(), line


def test_both_readmes_show_the_same_commands() -> None:
    assert blocks(READMES[0]) == blocks(READMES[1])


def test_the_command_reference_is_up_to_date() -> None:
    module = runpy.run_path(str(ROOT / "deployments" / "cli_reference.py"))
    assert module["TARGET"].read_text(encoding="utf-8") == module["reference"]()


@pytest.mark.parametrize(
    "path", sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
)
def test_links_lead_somewhere(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in target:
            assert ((ROOT / path).parent / target).exists(), f"{path}: {target}"


def test_every_make_target_is_in_the_help() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = (ROOT / "Makefile").read_text(encoding="utf-8").split(".PHONY:")[1].splitlines()[0].split()
    for target in targets:
        assert re.search(rf"make {target} +\S", shown), target


def test_lock_files_fit_the_project_and_hold_no_address() -> None:
    module = runpy.run_path(str(ROOT / "deployments" / "check.py"))
    assert module["lock_faults"]() == []


def test_the_manifest_of_the_seeds_holds_facts_only() -> None:
    manifest = yaml.safe_load((ROOT / "seeds" / "manifest.yml").read_text(encoding="utf-8"))
    assert set(manifest) == {"place", "publisher", "files"}
    assert all(set(file) == {"name", "sha256"} and len(file["sha256"]) == 64 for file in manifest["files"])


def test_an_old_python_is_refused_in_one_sentence() -> None:
    program = (
        "import runpy, sys; sys.version_info = (3, 9, 1); sys.argv = ['setup.py'];"
        f" runpy.run_path({str(ROOT / 'deployments' / 'setup.py')!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("duixian: Python 3.11 to 3.14 is needed, this is 3.9.1")
    assert len(done.stderr.splitlines()) == 1


def test_a_python_without_venv_is_refused_in_one_sentence() -> None:
    program = (
        "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv = ['setup.py'];"
        f" runpy.run_path({str(ROOT / 'deployments' / 'setup.py')!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 1
    assert "no venv module" in done.stderr
    assert len(done.stderr.splitlines()) == 1
