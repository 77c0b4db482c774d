"""The asset graph of definitions in this process, for programs that look at it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from orchestrator.definitions.collection import Definitions
from orchestrator.definitions.keys import key_text
from orchestrator.definitions.specs import AssetSpec
from orchestrator.errors import DefinitionError
from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.graph.asset_graph_view import AssetGraphView
from orchestrator.graph.snapshot import LocationSnapshot
from orchestrator.workspace.describe import describe_assets, describe_location

if TYPE_CHECKING:
    from orchestrator.definitions.assets import AssetsDefinition

_LOCATION = "in_process"


def graph_of(assets: Any) -> AssetGraphView:
    """The graph of some assets.

    Args:
        assets: a list of them, their `Definitions`, or a graph, which is given back.

    Raises:
        DefinitionError: it is something else.
    """
    if isinstance(assets, AssetGraphView):
        return assets
    if isinstance(assets, Definitions):
        return graph_of_definitions(assets)
    if isinstance(assets, str) or not isinstance(assets, Iterable):
        raise DefinitionError(f"expected assets or their graph, got {assets!r:.80}")
    definitions = Definitions(assets=assets)
    nodes, external = describe_assets(definitions)
    return _view(definitions, LocationSnapshot(name=_LOCATION, nodes=nodes, external=external))


def graph_of_definitions(definitions: Definitions) -> AssetGraphView:
    """The graph of definitions that fit together.

    Raises:
        DefinitionError: they do not.
    """
    return _view(definitions, describe_location(_LOCATION, definitions), check=True)


def specs_of_definitions(definitions: Definitions) -> list[AssetSpec]:
    """What is said about every asset, those that are only depended on too, in the order they are defined.

    Raises:
        DefinitionError: the definitions do not fit together.
    """
    nodes = graph_of_definitions(definitions).asset_nodes
    return [node.to_asset_spec().replace_attributes(group_name=node.group_name) for node in nodes]


def _view(definitions: Definitions, snapshot: LocationSnapshot, *, check: bool = False) -> AssetGraphView:
    graph = AssetGraph.build([snapshot])
    if check:
        graph.check()
    specs: dict[str, AssetSpec] = {}
    makers: dict[str, AssetsDefinition] = {}
    for item in definitions.assets:
        if isinstance(item, AssetSpec):
            specs.setdefault(key_text(item.key), item)
            continue
        for spec in item.specs:
            specs[key_text(spec.key)] = spec
            makers[key_text(spec.key)] = item
    return AssetGraphView(graph, specs, makers)
