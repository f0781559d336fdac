"""What an installation puts where: `miner` with `miner.cli`, and nothing that could collide."""

import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


def output(*command: str | Path, cwd: Path) -> str:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is packaged, so that building leaves nothing behind here."""
    copy = tmp_path_factory.mktemp("checkout")
    for folder in ("cli", "miner"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    output(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, checkout, cwd=folder)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_every_file_and_no_top_level_cli(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"miner"}
    wanted = {
        str(Path(package, path.relative_to(ROOT / folder)))
        for folder, package in {"miner": "miner", "cli": "miner/cli"}.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if ".dist-info/" not in name} == wanted


def test_the_installed_wheel_runs_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    output(*PIP, "install", "--no-deps", "--target", tmp_path / "site", wheel, cwd=tmp_path)
    # -S keeps this environment's own editable miner out; its other packages are named instead.
    places = [str(tmp_path / "site"), sysconfig.get_path("purelib"), *others()]
    code = f"import sys; sys.path[:0] = {places}; import miner.cli.app, miner; print(miner.__file__); import cli"
    result = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.stdout.strip() == str(tmp_path / "site" / "miner" / "__init__.py")
    assert "No module named 'cli'" in result.stderr


def test_an_editable_installation_follows_both_folders(checkout: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    site = Path(output(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path))
    (site / "others.pth").write_text("\n".join([sysconfig.get_path("purelib"), *others()]))
    output(
        *PIP, "--python", python, "install", "--no-deps", "--no-build-isolation", "--editable", checkout, cwd=tmp_path
    )
    code = "import miner, miner.cli.app as app; print(miner.__file__, app.__file__)"
    assert output(python, "-c", code, cwd=tmp_path).split() == [
        str(checkout / "miner" / "__init__.py"),
        str(checkout / "cli" / "app.py"),
    ]
    result = subprocess.run([python, "-c", "import cli"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "No module named 'cli'" in result.stderr
    assert output(tmp_path / "venv" / "bin" / "miner", "--version", cwd=tmp_path) == "miner 0.1.0"


def others() -> list[str]:
    """Return the folders besides site-packages that packages are imported from here."""
    return [path for path in sys.path if path.endswith("site-packages")]
