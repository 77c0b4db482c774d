"""Assets that say where their code is."""

from pathlib import Path

import pytest

import orchestrator as dg
from orchestrator.definitions.source_links import CODE_REFERENCES_KEY
from orchestrator.errors import DefinitionError

HERE = Path(__file__)
MAPPING = dg.AnchorBasedFilePathMapping(HERE, "tests/test_source_links.py")


@dg.asset(metadata={"x": 1})
def flour() -> None: ...


@dg.multi_asset(specs=[dg.AssetSpec("dough"), dg.AssetSpec("crust")])
def bake() -> None: ...


def references(item: dg.AssetsDefinition) -> list[object]:
    return [one.metadata[CODE_REFERENCES_KEY].code_references for one in item.specs]


def test_every_asset_of_a_function_gets_its_file_and_line() -> None:
    spec = dg.AssetSpec("water")
    noted, baked, same = dg.with_source_code_references([flour, bake, spec])
    assert same is spec
    line = flour.source.line
    assert references(noted) == [[dg.LocalFileCodeReference(file_path=str(HERE), line_number=line)]]
    assert noted.specs[0].metadata["x"] == 1
    assert len(references(baked)) == 2
    assert references(dg.with_source_code_references([noted])[0]) == references(noted)
    assert CODE_REFERENCES_KEY not in flour.specs[0].metadata


@pytest.mark.parametrize(
    ("url", "platform", "link"),
    [
        ("https://github.com/a/b", None, "https://github.com/a/b/tree/main/tests/test_source_links.py#L"),
        ("https://github.com/a/b.git/", None, "https://github.com/a/b/tree/main/tests/test_source_links.py#L"),
        ("git@gitlab.com:a/b.git", None, "https://gitlab.com/a/b/-/tree/main/tests/test_source_links.py#L"),
        (
            "https://code.example.com/a/b",
            "github",
            "https://code.example.com/a/b/tree/main/tests/test_source_links.py#L",
        ),
    ],
)
def test_files_become_links(url: str, platform: str | None, link: str) -> None:
    noted = dg.with_source_code_references([flour, dg.AssetSpec("water")])
    (linked, _) = dg.link_code_references_to_git(noted, url, "main", MAPPING, platform=platform)  # type: ignore[arg-type]
    assert references(linked) == [[dg.UrlCodeReference(url=f"{link}{flour.source.line}")]]
    assert dg.link_code_references_to_git([flour], url, "main", MAPPING, platform=platform)[0].specs == flour.specs  # type: ignore[arg-type]


def test_a_url_that_tells_no_platform() -> None:
    with pytest.raises(DefinitionError) as caught:
        dg.link_code_references_to_git([flour], "https://code.example.com/a/b", "main", MAPPING)
    assert 'platform="github"' in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("file", "expected"),
    [(HERE.parent / "deep" / "x.py", "tests/deep/x.py"), (HERE.parent.parent / "x.py", "x.py")],
)
def test_paths_are_worked_out_from_one_that_is_known(file: Path, expected: str) -> None:
    assert MAPPING.convert_to_source_control_path(file) == expected
