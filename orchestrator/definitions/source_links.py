"""Code references: assets that say where their code is, in a file or in version control."""

import os
import posixpath
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal

from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.code_references import LocalFileCodeReference, UrlCodeReference
from orchestrator.definitions.metadata_values import CodeReferencesMetadataValue
from orchestrator.definitions.specs import AssetSpec
from orchestrator.errors import DefinitionError

#: Where code references are in an asset's metadata.
CODE_REFERENCES_KEY = "dagster/code_references"

_Reference = LocalFileCodeReference | UrlCodeReference
_SSH = re.compile(r"git@([^:/]+):(.+)")


class FilePathMapping(ABC):
    """Says which path in a repository a file of this machine has."""

    @abstractmethod
    def convert_to_source_control_path(self, local_path: Path) -> str:
        """The path in the repository."""


class AnchorBasedFilePathMapping(FilePathMapping):
    """Works out paths in a repository from one file or folder whose path there is known.

    Args:
        local_file_anchor: that file or folder, on this machine.
        file_anchor_path_in_repository: its path in the repository.
    """

    def __init__(self, local_file_anchor: Path, file_anchor_path_in_repository: str) -> None:
        self.local_file_anchor = Path(local_file_anchor)
        self.file_anchor_path_in_repository = file_anchor_path_in_repository

    def convert_to_source_control_path(self, local_path: Path) -> str:
        """The path in the repository."""
        steps = os.path.relpath(local_path, self.local_file_anchor).replace(os.sep, "/")
        return posixpath.normpath(posixpath.join(self.file_anchor_path_in_repository, steps))


def with_source_code_references(assets_defs: Iterable[Any]) -> list[Any]:
    """The same assets, each with the file and line of its function in its metadata.

    Args:
        assets_defs: assets; specs, which have no code, and anything else are returned as they are.
    """
    return [_with_source(item) if isinstance(item, AssetsDefinition) else item for item in assets_defs]


def link_code_references_to_git(
    assets_defs: Iterable[Any],
    git_url: str,
    git_branch: str,
    file_path_mapping: FilePathMapping,
    platform: Literal["github", "gitlab"] | None = None,
) -> list[Any]:
    """The same assets, with links to a repository in place of the files that `with_source_code_references` noted.

    Args:
        assets_defs: assets and specs.
        git_url: the repository, such as `https://github.com/OWNER/NAME`.
        git_branch: the branch, tag or commit to link to.
        file_path_mapping: from files of this machine to paths in the repository.
        platform: how links look, if the URL does not tell.

    Raises:
        DefinitionError: the URL tells no platform, and none is given.
    """
    base = _web_address(git_url)
    chosen = platform or next((name for name in ("github", "gitlab") if name in base), None)
    if chosen not in ("github", "gitlab"):
        raise DefinitionError(
            f"git_url {git_url!r} does not tell how links look", hint='add platform="github" or platform="gitlab"'
        )
    tree = f"{base}/tree" if chosen == "github" else f"{base}/-/tree"

    def link(reference: _Reference) -> _Reference:
        if isinstance(reference, UrlCodeReference):
            return reference
        path = file_path_mapping.convert_to_source_control_path(Path(reference.file_path))
        line = "" if reference.line_number is None else f"#L{reference.line_number}"
        return UrlCodeReference(url=f"{tree}/{git_branch}/{path}{line}", label=reference.label)

    def relink(spec: AssetSpec) -> AssetSpec:
        references = _references(spec)
        return _with_references(spec, [link(one) for one in references]) if references else spec

    return [_mapped(item, relink) for item in assets_defs]


def _with_source(item: AssetsDefinition) -> AssetsDefinition:
    here = LocalFileCodeReference(file_path=item.source.file, line_number=item.source.line)

    def note(spec: AssetSpec) -> AssetSpec:
        known = _references(spec)
        return spec if here in known else _with_references(spec, [*known, here])

    return item.map_asset_specs(note)


def _mapped(item: Any, change: Callable[[AssetSpec], AssetSpec]) -> Any:
    if isinstance(item, AssetsDefinition):
        return item.map_asset_specs(change)
    return change(item) if isinstance(item, AssetSpec) else item


def _references(spec: AssetSpec) -> list[_Reference]:
    value = spec.metadata.get(CODE_REFERENCES_KEY)
    return list(value.code_references) if isinstance(value, CodeReferencesMetadataValue) else []


def _with_references(spec: AssetSpec, references: list[_Reference]) -> AssetSpec:
    return spec.merge_attributes(metadata={CODE_REFERENCES_KEY: CodeReferencesMetadataValue(references)})


def _web_address(git_url: str) -> str:
    address = git_url.rstrip("/").removesuffix(".git")
    ssh = _SSH.fullmatch(address)
    return address if ssh is None else f"https://{ssh.group(1)}/{ssh.group(2)}"
