"""Where settings say the event store is."""

from pathlib import Path

import pytest

from orchestrator.errors import SettingsError
from orchestrator.workspace.settings import Target, find_locations

YAML = "load_from: [{python_file: definitions.py}]\n"
TOML = '[tool.orch]\npython_file = "definitions.py"\n'


def store_of(folder: Path, *, yaml: str = "", toml: str = "", target: Target | None = None) -> str | None:
    if yaml:
        (folder / "workspace.yaml").write_text(yaml)
    if toml:
        (folder / "pyproject.toml").write_text(toml)
    return find_locations(target or Target(), folder).store


def test_nothing_is_said(tmp_path: Path) -> None:
    assert store_of(tmp_path, toml=TOML, yaml=YAML) is None


def test_variables_stay_as_they_are(tmp_path: Path) -> None:
    assert store_of(tmp_path, toml=TOML + 'store = "postgresql://b:${PW}@h/d"') == "postgresql://b:${PW}@h/d"


def test_in_a_workspace_file(tmp_path: Path) -> None:
    assert store_of(tmp_path, yaml=YAML + "store: postgresql://h/d") == "postgresql://h/d"


def test_the_workspace_file_goes_first(tmp_path: Path) -> None:
    toml = TOML + 'store = "postgresql://toml/d"'
    assert store_of(tmp_path, yaml=YAML + "store: postgresql://yaml/d", toml=toml) == "postgresql://yaml/d"
    assert store_of(tmp_path, yaml=YAML, toml=toml) == "postgresql://toml/d"


def test_with_flags(tmp_path: Path) -> None:
    toml = TOML + 'store = "postgresql://toml/d"'
    assert store_of(tmp_path, toml=toml, target=Target(files=("a.py",))) == "postgresql://toml/d"
    yaml = YAML + "store: postgresql://yaml/d"
    assert store_of(tmp_path, yaml=yaml, target=Target(workspaces=("workspace.yaml",))) == "postgresql://yaml/d"


@pytest.mark.parametrize("wrong", [{"yaml": YAML + "store: 7"}, {"toml": TOML + "store = 7"}])
def test_it_must_be_a_text(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="`store`"):
        store_of(tmp_path, **wrong)
