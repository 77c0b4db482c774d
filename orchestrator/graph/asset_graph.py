"""The assets of all code locations as one graph.

    LocationSnapshot, one per location -> AssetGraph: who computes each key, what depends on what, and what is wrong

Problems are values: a graph is always built, and `check` raises what was found. A key that nobody defines stands in the
graph as an external asset of no location.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import (
    CycleError,
    DefinitionError,
    DuplicateDefinitionError,
    OrchestratorError,
    SourceRef,
    UnknownNameError,
    UnresolvedInputError,
    UsageError,
)
from orchestrator.graph.snapshot import AssetSnapshot, InputSnapshot, JobSnapshot, Lint, LocationSnapshot, NodeSnapshot
from orchestrator.graph.traversal import in_order, reach, shortest_cycle


class GraphAsset(Struct, frozen=True):
    """One asset of the workspace."""

    snapshot: AssetSnapshot
    #: The location that defines it; empty if nobody does.
    location: str
    #: The function that computes it; None for an external asset.
    node: NodeSnapshot | None

    @property
    def key(self) -> str:
        """The text form of its key."""
        return self.snapshot.key

    @property
    def external(self) -> bool:
        """Whether nobody computes it; it may be looked at."""
        return self.node is None or self.node.observes

    @property
    def defined(self) -> bool:
        """Whether any location knows of it, other than as something to depend on."""
        return self.location != ""

    @property
    def observable(self) -> bool:
        """Whether a step can look at it."""
        return self.node is not None and self.node.observes


class ResolvedInput(Struct, frozen=True):
    """A dependency of a node, with the asset it means."""

    name: str
    key: str
    loads: bool
    input_manager_key: str | None = None


class AssetGraph:
    """Assets, what they depend on, and the jobs that select them. Built by `build`; immutable."""

    def __init__(self) -> None:
        self.locations: dict[str, LocationSnapshot] = {}
        self.assets: dict[str, GraphAsset] = {}
        self.upstream: dict[str, tuple[str, ...]] = {}
        self.downstream: dict[str, tuple[str, ...]] = {}
        self.problems: tuple[OrchestratorError, ...] = ()
        self.failed_locations: tuple[str, ...] = ()
        #: Jobs by name; a name may be used by several locations.
        self.jobs: dict[str, list[tuple[str, JobSnapshot]]] = {}
        self._lints: tuple[Lint, ...] = ()
        self._inputs: dict[tuple[str, str], tuple[ResolvedInput, ...]] = {}

    @staticmethod
    def build(locations: Sequence[LocationSnapshot], *, failed_locations: Sequence[str] = ()) -> "AssetGraph":
        """Merge locations into one graph; linear in their size.

        Args:
            locations: what each location defines.
            failed_locations: names of locations that could not be loaded; what is not found may be theirs.
        """
        graph = AssetGraph()
        graph.failed_locations = tuple(failed_locations)
        _Builder(graph).build(locations)
        return graph

    def check(self) -> None:
        """Raise what is wrong with the graph.

        Raises:
            DefinitionError: the only problem, or one that lists all of them.
        """
        if len(self.problems) == 1:
            raise self.problems[0]
        if self.problems:
            listed = [f"- {str(problem).replace(chr(10), chr(10) + '  ')}" for problem in self.problems]
            raise DefinitionError("\n".join([f"{len(self.problems)} problems in the definitions:", *listed]))

    def inputs(self, location: str, node: str) -> tuple[ResolvedInput, ...]:
        """What a node of a location depends on."""
        return self._inputs[location, node]

    def lints(self) -> list[Lint]:
        """What is allowed and probably not meant: of the locations, and of keys that nobody defines."""
        undefined = [] if self.failed_locations else [key for key, one in self.assets.items() if not one.defined]
        return [*self._lints, *(self._lint_undefined(key) for key in undefined)]

    def _lint_undefined(self, key: str) -> Lint:
        defined = (other for other, one in self.assets.items() if one.defined)
        return Lint(
            message=f"no code location defines `{key}`, which "
            f"{', '.join(f'`{after}`' for after in self.downstream[key][:3])} waits for",
            source=self.assets[key].snapshot.source,
            hint=did_you_mean(key, defined) or f'if it is made elsewhere, say so: AssetSpec("{key}")',
        )

    def topological(self, keys: Collection[str]) -> list[str]:
        """The given keys, upstream first; among equals in the order they are defined."""
        ordered = [key for key in self.assets if key in keys] if len(keys) > 1 else list(keys)
        return in_order(ordered, self.upstream, self.downstream)[0]

    def up(self, keys: Iterable[str], depth: int | None = None) -> set[str]:
        """The keys and what they depend on, at most `depth` steps away."""
        return reach(keys, self.upstream, depth)

    def down(self, keys: Iterable[str], depth: int | None = None) -> set[str]:
        """The keys and what depends on them, at most `depth` steps away."""
        return reach(keys, self.downstream, depth)

    def job(self, name: str, location: str | None = None) -> tuple[str, JobSnapshot]:
        """The job with this name, and its location.

        Raises:
            UnknownNameError: there is none.
            UsageError: several locations have one.
        """
        found = [one for one in self.jobs.get(name, []) if location in (None, one[0])]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(
                f"job `{name}` is defined by {len(found)} locations",
                hint=f"say which: {', '.join(f'{one}:{name}' for one, _ in found)}",
                sources=tuple(job.source for _, job in found),
            )
        known = ", ".join(f"`{one}`" for one in list(self.jobs)[:8]) or "none"
        raise UnknownNameError(f"there is no job `{name}`", hint=did_you_mean(name, self.jobs) or f"jobs: {known}")

    def asset(self, key: str) -> GraphAsset:
        """The asset with this key.

        Raises:
            UnknownNameError: there is none.
        """
        found = self.assets.get(key)
        if found is None:
            raise UnknownNameError(f"there is no asset `{key}`", hint=did_you_mean(key, self.assets))
        return found


class _Builder:
    """Fills a graph. Kept apart so that a built graph has no methods that change it."""

    def __init__(self, graph: AssetGraph) -> None:
        self._graph = graph
        self._problems: list[OrchestratorError] = []
        self._lints: list[Lint] = []
        #: Group and last part of the key -> keys; made when it is first asked for.
        self._by_name: dict[tuple[str, str], list[str]] | None = None

    def build(self, locations: Sequence[LocationSnapshot]) -> None:
        graph = self._graph
        for location in locations:
            graph.locations[location.name] = location
            self._lints += location.lints
            self._add_jobs(location)
            self._add_computed(location)
        for location in locations:
            for snapshot in location.external:  # what somebody computes wins over what others say of it
                external = GraphAsset(snapshot, location.name, None)
                there = graph.assets.setdefault(snapshot.key, external)
                if spoken().specs_clash and there.location == location.name and there.node is not None:
                    self._duplicate_asset(there, external)
        for location in locations:
            for node in location.nodes:
                graph._inputs[location.name, node.name] = tuple(self._resolve(node))  # noqa: SLF001
        self._connect()
        self._find_cycle()
        graph.problems = tuple(self._problems)
        graph._lints = tuple(self._lints)  # noqa: SLF001

    def _add_jobs(self, location: LocationSnapshot) -> None:
        seen: dict[str, JobSnapshot] = {}
        for job in location.jobs:
            other = seen.setdefault(job.name, job)
            if other is not job:
                self._duplicate(f"job `{job.name}` is defined twice in location `{location.name}`", other, job)
            else:
                self._graph.jobs.setdefault(job.name, []).append((location.name, job))

    def _add_computed(self, location: LocationSnapshot) -> None:
        nodes: dict[str, NodeSnapshot] = {}
        for node in location.nodes:
            keys = [asset.key for asset in node.assets]
            other = nodes.setdefault(node.name, node)
            if other is not node and not any(key in {a.key for a in other.assets} for key in keys):
                self._duplicate(f"two functions are called `{node.name}` in location `{location.name}`", other, node)
            for snapshot in node.assets:
                asset = GraphAsset(snapshot, location.name, node)
                there = self._graph.assets.setdefault(snapshot.key, asset)
                if there is not asset:
                    self._duplicate_asset(there, asset)

    def _duplicate(
        self, message: str, one: NodeSnapshot | JobSnapshot, other: NodeSnapshot | JobSnapshot, hint: str | None = None
    ) -> None:
        sources = tuple(dict.fromkeys((one.source, other.source)))
        self._problems.append(DuplicateDefinitionError(message, hint=hint or "rename one", sources=sources))

    def _duplicate_asset(self, one: GraphAsset, other: GraphAsset) -> None:
        where = " and ".join(f"`{name}`" for name in dict.fromkeys((one.location, other.location)))
        self._problems.append(
            DuplicateDefinitionError(
                f"asset `{one.key}` is defined twice, in location {where}",
                hint="rename one, give one a key_prefix, or let one be an AssetSpec",
                sources=(one.snapshot.source, other.snapshot.source),
            )
        )

    def _resolve(self, node: NodeSnapshot) -> Iterator[ResolvedInput]:
        found: dict[str, ResolvedInput] = {}
        for one in node.inputs:
            resolved = self._resolve_input(node, one)
            if resolved is None:
                continue
            other = found.get(resolved.key)
            if other is None or not other.loads:
                found[resolved.key] = resolved
            elif resolved.loads:  # two parameters may take one asset
                yield resolved
        yield from found.values()

    def _resolve_input(self, node: NodeSnapshot, one: InputSnapshot) -> ResolvedInput | None:
        known = next((key for key in one.keys if key in self._graph.assets), None)
        if known is None and spoken().names_match_in_groups:
            known = self._same_name_and_group(node, one.keys[0])
        if one.optional:
            self._lint_optional(node, one, known)
        if known is not None:
            return ResolvedInput(one.name, known, one.loads, one.input_manager_key)
        if one.optional:
            return None
        key = one.keys[-1]
        if one.loads and not self._graph.failed_locations:
            self._problems.append(
                UnresolvedInputError(
                    f"`{node.name}` takes the value of `{key}` (parameter `{one.name}`), which no code location defines",
                    hint=did_you_mean(key, self._graph.assets)
                    or f"define it; or, if it is made elsewhere, wait for it: deps=[{key!r}]",
                    sources=(node.source,),
                )
            )
        return ResolvedInput(one.name, self._undefined(key, node.source), one.loads, one.input_manager_key)

    def _same_name_and_group(self, node: NodeSnapshot, name: str) -> str | None:
        """The one asset of the node's group whose last part is a name."""
        if self._by_name is None:
            self._by_name = {}
            for asset in self._graph.assets.values():
                if asset.defined:
                    last = asset.key.rpartition("/")[2]
                    self._by_name.setdefault((asset.snapshot.group, last), []).append(asset.key)
        groups = {asset.group for asset in node.assets}
        found = [key for group in groups for key in self._by_name.get((group, name), ())]
        return found[0] if len(found) == 1 else None

    def _lint_optional(self, node: NodeSnapshot, one: InputSnapshot, known: str | None) -> None:
        what = f"it is the asset `{known}`" if known else "no asset has that name: the default is used"
        self._lints.append(
            Lint(
                message=f"parameter `{one.name}` of `{node.name}` has a default value; {what}",
                source=node.source,
                hint=f'say so: ins={{"{one.name}": AssetIn("{known}")}}' if known else None,
            )
        )

    def _undefined(self, key: str, source: SourceRef) -> str:
        if key not in self._graph.assets:
            self._graph.assets[key] = GraphAsset(AssetSnapshot(key=key, source=source), "", None)
        return key

    def _connect(self) -> None:
        graph = self._graph
        downstream: dict[str, list[str]] = {}
        for asset in list(graph.assets.values()):
            graph.upstream[asset.key] = deps = tuple(self._deps(asset))
            for dep in deps:
                downstream.setdefault(dep, []).append(asset.key)
        for key in graph.assets:
            graph.upstream.setdefault(key, ())
            graph.downstream[key] = tuple(downstream.get(key, ()))

    def _deps(self, asset: GraphAsset) -> Iterable[str]:
        snapshot, node = asset.snapshot, asset.node
        if snapshot.deps is None:
            return [] if node is None else [one.key for one in self._graph.inputs(asset.location, node.name)]
        resolved: dict[str, str] = {}
        if node is not None:
            inputs = self._graph.inputs(asset.location, node.name)
            by_name = {one.name: one.key for one in inputs}
            resolved = {one.keys[0]: by_name[one.name] for one in node.inputs if one.name in by_name}
        return dict.fromkeys(self._undefined(resolved.get(dep, dep), snapshot.source) for dep in snapshot.deps)

    def _find_cycle(self) -> None:
        graph = self._graph
        _, stuck = in_order(graph.assets, graph.upstream, graph.downstream)
        if not stuck:
            return
        cycle = shortest_cycle(stuck, graph.downstream)
        sources = dict.fromkeys(graph.assets[key].snapshot.source for key in cycle)
        self._problems.append(
            CycleError(
                f"assets depend on each other in a circle: {' -> '.join(cycle)}",
                hint="one of them must do without another",
                sources=tuple(sources),
            )
        )
