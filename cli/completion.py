"""Names for the shell to complete. They come from a small file in the home: Tab never imports user code."""

import os
from pathlib import Path

import msgspec

from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.graph.attributes import VALUES

#: Attribute of the selection language -> the names it takes, where they are not called as it is.
_ATTRIBUTES = {"key": "assets", "code_location": "locations", "job": "jobs"}

_FILE = Path("cache") / "completion.json"


def remember(home: Path, graph: AssetGraph) -> None:
    """Keep the names of a graph for later completion, if there is a home and they changed."""
    if not home.is_dir():
        return
    names = {"assets": sorted(graph.assets), "jobs": sorted(graph.jobs), "locations": sorted(graph.locations)}
    names |= {
        attribute: sorted({value for one in graph.assets.values() for value in VALUES[attribute](one)})
        for attribute in ("group", "kind", "owner")
    }
    path, text = home / _FILE, msgspec.json.encode(names)
    try:
        if path.exists() and path.read_bytes() == text:
            return
        path.parent.mkdir(exist_ok=True)
        temporary = path.with_name(f".tmp-{os.getpid()}")
        temporary.write_bytes(text)
        temporary.replace(path)
    except OSError:  # no command fails for want of completion
        return


def assets(incomplete: str) -> list[str]:
    """Asset keys, or values of an attribute, that go on from what was typed; what stands before them is kept."""
    start = max(incomplete.rfind(mark) for mark in ("+", " ", ",", "(")) + 1
    attribute, colon, _ = incomplete[start:].partition(":")
    start += len(attribute + colon) if colon else 0
    kind = _ATTRIBUTES.get(attribute, attribute) if colon else "assets"
    return [incomplete[:start] + name for name in _names(kind) if name.startswith(incomplete[start:])]


def jobs(incomplete: str) -> list[str]:
    """Job names that go on from what was typed."""
    return [name for name in _names("jobs") if name.startswith(incomplete)]


def assets_and_jobs(incomplete: str) -> list[str]:
    """Asset keys, and job names, that go on from what was typed."""
    return list(dict.fromkeys(assets(incomplete) + jobs(incomplete)))


def _names(kind: str) -> list[str]:
    given = os.environ.get("ORCH_HOME")
    folders = [Path(given)] if given else [folder / ".orch" for folder in (Path.cwd(), *Path.cwd().parents)]
    for folder in folders:
        try:
            found: dict[str, list[str]] = msgspec.json.decode((folder / _FILE).read_bytes())
        except (OSError, msgspec.DecodeError):
            continue
        return found.get(kind, [])
    return []
