"""`orch show KEY --value`: what is stored for an asset, loaded by its code location."""

import msgspec

from orchestrator.errors import ErrorInfo, LoadInputError, NoValueError, SourceRef
from orchestrator.graph.asset_graph import GraphAsset
from orchestrator.values import ShownValue, look_at_value

from .metadata import render_metadata
from .session import Session


def show_value(session: Session, asset: GraphAsset) -> None:
    """Write the stored value of an asset.

    Raises:
        NoValueError: no code location says how to load it.
        LoadInputError: it could not be loaded.
    """
    if not asset.location:
        raise NoValueError(f"no code location defines `{asset.key}`, so nobody knows how to load its value")
    storage = str(session.home / "storage")
    worker = session.workspace.workers.get(asset.location)
    found: ShownValue | ErrorInfo = (
        look_at_value(session.workspace.definitions[asset.location], asset.key, storage)
        if worker is None
        else worker.look_at_value(asset.key, storage)
    )
    if isinstance(found, ErrorInfo):
        raised = f"{found.type}: " if found.frames else ""
        places = tuple(SourceRef(frame.file, frame.line) for frame in found.frames[-1:])
        raise LoadInputError(f"cannot load `{asset.key}`: {raised}{found.message}", hint=found.hint, sources=places)
    if session.json:
        session.output.data_json({"key": asset.key, **msgspec.to_builtins(found)})
        return
    session.output.data(render_metadata(found.value, session.output))
    session.output.talk(f"{found.type}: {found.note}" if found.note else found.type)
