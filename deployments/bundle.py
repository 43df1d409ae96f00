"""Make an offline bundle: a folder with every wheel that a machine without internet needs, and how to use it.

Run by `make bundle` on a machine of the same kind (system, processor, Python) as the one it is for.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOW = """\
Duixian 兑现 {version}: offline installation · 离线安装
For · 适用于: {machine}, Python {python}

    python3 -m venv duixian
    duixian/bin/pip install --no-index --find-links wheels --no-deps --require-hashes -r requirements.lock
    duixian/bin/pip install --no-index --find-links wheels --no-deps duixian
    duixian/bin/duixian run FOLDER

(Windows: duixian\\Scripts\\ instead of duixian/bin/.)
Schedules · 定时: DUIXIAN_SCHEDULES=prefect.yaml duixian/bin/duixian up
"""


def main() -> None:
    """Write dist/duixian-VERSION-offline/."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    wheels = ROOT / "dist" / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    pip = [sys.executable, "-m", "pip"]
    fetch = ["download", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    print("  fetching the packages of requirements.lock ...", flush=True)
    subprocess.run([*pip, *fetch, "-r", "requirements.lock", "-d", str(wheels)], cwd=ROOT, check=True)
    print("  building duixian itself ...", flush=True)
    build = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", ".", "-w", str(wheels)]
    subprocess.run([*pip, *build], cwd=ROOT, check=True)
    [own] = wheels.glob("duixian-*.whl")
    version = own.name.split("-")[1]
    folder = ROOT / "dist" / f"duixian-{version}-offline"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    wheels.rename(folder / "wheels")
    for name in ("requirements.lock", "deployments/prefect.yaml", "README.md", "README.zh-CN.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    machine = f"{platform.system()} {platform.machine()}"
    text = HOW.format(version=version, machine=machine, python=python)
    (folder / "INSTALL.txt").write_text(text, encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(
        f"{folder.relative_to(ROOT)}: {len(list((folder / 'wheels').iterdir()))} wheels, {size / 1e6:.0f} MB"
    )


if __name__ == "__main__":
    main()
