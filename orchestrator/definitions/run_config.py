"""Run config: what a person writes for one run, checked whole against what the run configures.

`ops: {load: {config: {...}, inputs: {...}}}`, `resources: {db: {config: {...}}}`, `loggers`, `execution`, and `inputs` of
the outermost graph.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

import msgspec
from msgspec import Struct

from orchestrator.definitions.config_mapping import ConfigMapping
from orchestrator.definitions.config_nodes import ConfigNode, GivenInput
from orchestrator.definitions.config_schema import (
    MISSING,
    ConfigField,
    ConfigSchema,
    Path,
    UnmadeConfigError,
    config_error,
    mismatch,
    missing,
    resolve_given,
    shown_problem,
    unknown,
)
from orchestrator.errors import ArgumentError, ConfigProblem, ProblemReason


class RunConfig:
    """Run config in Python: `RunConfig(ops={"load": LoadConfig(limit=3)}, resources={"db": Db(url="...")})`.

    Args:
        ops: config by op or asset; a class of `Config`, or a dict as it would be written.
        resources: config by resource.
        loggers: config by logger.
        execution: config of the executor.

    Raises:
        ArgumentError: one of them is no dict.
    """

    def __init__(
        self,
        ops: Mapping[str, Any] | None = None,
        resources: Mapping[str, Any] | None = None,
        loggers: Mapping[str, Any] | None = None,
        execution: Mapping[str, Any] | None = None,
    ) -> None:
        for name, section in {"ops": ops, "resources": resources, "loggers": loggers, "execution": execution}.items():
            if section is not None and not isinstance(section, Mapping):
                raise ArgumentError(f"`{name}` of a RunConfig must be a dict, got {section!r:.60}")
        self.ops = ops or {}
        self.resources = resources or {}
        self.loggers = loggers or {}
        self.execution = execution or {}

    def to_config_dict(self) -> dict[str, Any]:
        """The same as a person would write it."""
        return {
            "loggers": _written(self.loggers),
            "resources": _written(self.resources),
            "ops": _written(self.ops),
            "execution": _written({"": self.execution})[""],
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RunConfig) and self.to_config_dict() == other.to_config_dict()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"RunConfig({', '.join(f'{name}={value!r}' for name, value in vars(self).items() if value)})"


def _written(section: Mapping[str, Any]) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for name, value in section.items():
        to_raw = getattr(value, "to_raw_config", None)
        if to_raw is not None:
            written[name] = {"config": to_raw()}
        elif isinstance(value, Mapping) and "config" not in value:
            written[name] = _written(value)
        elif isinstance(value, Mapping) and hasattr(value["config"], "to_raw_config"):
            written[name] = {**value, "config": value["config"].to_raw_config()}
        else:
            written[name] = value
    return written


def as_raw_run_config(given: Any) -> dict[str, Any]:
    """What a user gives as run config, as a person would write it.

    Raises:
        ArgumentError: it is neither a dict nor a `RunConfig`.
    """
    if given is None:
        return {}
    if isinstance(given, RunConfig):
        return {name: section for name, section in given.to_config_dict().items() if section}
    if not isinstance(given, Mapping):
        raise ArgumentError(f"run config must be a dict or a RunConfig, got {given!r:.60}")
    if any(not isinstance(name, str) for name in given):
        raise ArgumentError(f"run config has sections by name, got {given!r:.60}")
    return dict(given)


def run_config_of_job(own: Any, given: Any, what: str, env: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The run config of a job that has its own.

    Args:
        own: `config=` of the job: run config to use if none is given, or a `ConfigMapping` that makes it.
        given: for this run; None or empty if there is none.
        what: the job, for messages.
        env: the environment variables; those of this process if left out.

    Raises:
        ConfigError: what is given does not fit the mapping.
        ConfigMappingError: the function of the mapping raised.
    """
    raw = as_raw_run_config(given)
    if not isinstance(own, ConfigMapping):
        return raw or as_raw_run_config(own)
    problems: list[ConfigProblem] = []
    schema = own.config_schema
    start = MISSING if not raw and not schema.has_required else raw
    made = own.resolve(start, (), problems, os.environ if env is None else env, what)
    if problems:
        raise config_error(what, problems, raw)
    return as_raw_run_config(made)


class ResolvedRunConfig(Struct, frozen=True, kw_only=True):
    """Run config that was found valid, as the values user code gets."""

    #: By dotted path of the op: a `Config`, what its schema makes, or an `UnmadeConfigError`.
    ops: Mapping[str, Any] = {}
    #: By dotted path of the op or graph (empty for the outermost graph), then by input.
    inputs: Mapping[str, Mapping[str, GivenInput]] = {}
    #: By dotted path of the op, then by output: what its IO manager is told.
    outputs: Mapping[str, Mapping[str, Any]] = {}
    #: By key.
    resources: Mapping[str, Any] = {}
    #: By name.
    loggers: Mapping[str, Any] = {}
    #: What the executor is told.
    execution: Any = None

    def processed(self, root: ConfigNode, resources: Iterable[str]) -> dict[str, Any]:
        """The whole run config with every default in its place, as plain data.

        Args:
            root: what it is the config of.
            resources: the keys to show.
        """
        ops = {
            path: {
                "config": _plain(self.ops.get(path)),
                "inputs": {name: _plain(one.value) for name, one in self.inputs.get(path, {}).items()},
                "outputs": _plain(self.outputs.get(path)),
            }
            for path in _node_paths(root, "")
        }
        return {
            "ops": ops,
            "execution": self.execution or {},
            "resources": {key: {"config": _plain(self.resources.get(key))} for key in resources},
            "loggers": {name: {"config": _plain(one)} for name, one in self.loggers.items()},
        }


def _node_paths(graph: ConfigNode, above: str) -> Iterator[str]:
    for name, node in graph.children.items():
        path = f"{above}.{name}" if above else name
        yield path
        yield from _node_paths(node, path)


def _plain(value: Any) -> Any:
    if isinstance(value, UnmadeConfigError):
        return None
    if isinstance(value, Enum):
        return value.value
    value = getattr(value, "field_values", value)  # of a resource
    fields = getattr(type(value), "model_fields", None)  # of a class of `Config`
    if fields is not None:
        value = {name: getattr(value, name) for name in fields}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def resolve_run_config(
    root: ConfigNode,
    given: Any,
    *,
    what: str,
    resources: Mapping[str, ConfigSchema | None] | None = None,
    loggers: Mapping[str, ConfigSchema | None] | None = None,
    required_resources: Iterable[str] = (),
    executor: ConfigSchema | None = None,
    env: Mapping[str, str] | None = None,
) -> ResolvedRunConfig:
    """Check a whole run config and turn it into values.

    Args:
        root: the outermost graph, or a node whose children are the assets of the run.
        given: a dict, a `RunConfig`, or None.
        what: whose config it is, for messages: "job `etl`".
        resources: schema by key of every resource that exists; None takes anything.
        loggers: schema by name of every logger that exists; those that config names are used.
        required_resources: the resources the run uses; only they must be given what they require.
        executor: schema of the executor; None takes anything.
        env: the environment variables; those of this process if left out.

    Raises:
        ConfigError: lists every problem.
        ConfigMappingError: a function that makes config raised.
    """
    run = _Resolution(os.environ if env is None else env)
    raw = as_raw_run_config(given)
    if root.inputs:
        run.take_inputs(root, raw.get("inputs"), ("inputs",), "")
    known = ("ops", "resources", "execution", "loggers", *(("inputs",) if root.inputs else ()))
    run.problems += [unknown((), name, known) for name in raw if name not in known]
    run.children(root, raw.get("ops"), ("ops",), "")
    resolved = ResolvedRunConfig(
        ops=run.ops,
        inputs=run.inputs,
        outputs=run.outputs,
        resources=run.section("resources", raw, resources or {}, frozenset(required_resources)),
        loggers=run.section("loggers", raw, loggers or {}, _names(raw.get("loggers"))),
        execution=run.execution(raw.get("execution"), executor),
    )
    if run.problems:
        raise config_error(what, run.problems, raw)
    return resolved


def is_unknown_name(problem: ConfigProblem) -> bool:
    """Whether a problem is that no op, resource or logger has a name that is configured."""
    return problem.reason is ProblemReason.UNKNOWN and len(problem.path) == 2


def describe_run_config(root: ConfigNode, resources: Mapping[str, ConfigSchema | None] | None = None) -> ConfigField:
    """Everything a run config may say, as data.

    Args:
        root: the outermost graph, or a node whose children are the assets of the run.
        resources: schema by key; None takes anything and is left out.
    """
    sections = [_described_children(root, "ops")]
    if root.inputs:
        sections.append(_described_inputs(root))
    described = [
        _fields(key, [schema.describe("config")]) for key, schema in (resources or {}).items() if schema is not None
    ]
    sections.append(_fields("resources", described))
    return _fields("", [section for section in sections if section.children])


def _described_children(graph: ConfigNode, name: str) -> ConfigField:
    if graph.mapping is not None:
        return _fields(name, [graph.mapping.config_schema.describe("config")])
    return _fields(name, [found for node in graph.children.values() if (found := _described(node)).children])


def _described(node: ConfigNode) -> ConfigField:
    inputs = [_described_inputs(node)] if node.inputs else []
    if node.outputs:
        inputs.append(_fields("outputs", [schema.describe(name) for name, schema in node.outputs.items()]))
    if node.mapping is not None:
        return _fields(node.name, [*_described_children(node, "").children, *inputs])
    if node.is_graph:
        inner = _described_children(node, "ops")
        return _fields(node.name, [*([inner] if inner.children else []), *inputs])
    return _fields(node.name, [*([node.schema.describe("config")] if node.schema is not None else []), *inputs])


def _described_inputs(node: ConfigNode) -> ConfigField:
    return _fields(
        "inputs",
        [
            msgspec.structs.replace(one.schema.describe(name), required=one.required)
            for name, one in node.inputs.items()
        ],
    )


def _fields(name: str, children: Sequence[ConfigField]) -> ConfigField:
    return ConfigField(
        name=name,
        type="",
        kind="fields",
        required=any(child.required for child in children),
        children=tuple(children),
    )


class _Resolution:
    """One walk over a run config; gathers values and problems."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.problems: list[ConfigProblem] = []
        self.ops: dict[str, Any] = {}
        self.inputs: dict[str, dict[str, GivenInput]] = {}
        self.outputs: dict[str, dict[str, Any]] = {}

    def children(self, graph: ConfigNode, raw: Any, path: Path, dotted: str) -> None:
        """The nodes of a graph."""
        if graph.mapping is not None:
            self._mapped(graph, raw, path, dotted)
            return
        section = self._mapping(raw, path)
        for name in section:
            if name not in graph.children:
                self.problems.append(self._unknown_node(graph, str(name), path))
        for name, node in graph.children.items():
            given = section.get(name)
            needed = not node.left_out and (node.schema is not None or node.is_graph or node.inputs or node.outputs)
            if given is not None or needed:
                self.node(node, given, (*path, name), f"{dotted}.{name}" if dotted else name)

    def node(self, node: ConfigNode, raw: Any, path: Path, dotted: str) -> None:
        """An op or a graph inside another."""
        section = self._mapping(raw, path)
        mapped = node.mapping is not None
        known: tuple[str, ...] = ("ops", "inputs") if node.is_graph and not mapped else ("config", "inputs")
        if node.outputs:
            known = (*known, "outputs")
            self.take_outputs(node, section.get("outputs"), (*path, "outputs"), dotted)
        self.problems += [unknown(path, name, known) for name in section if name not in known]
        self.take_inputs(node, section.get("inputs"), (*path, "inputs"), dotted)
        if mapped:
            self._mapped(node, section, path, dotted)
        elif node.is_graph:
            self.children(node, section.get("ops"), (*path, "ops"), dotted)
        else:
            self._config(node, section.get("config", MISSING), (*path, "config"), dotted)

    def _config(self, node: ConfigNode, raw: Any, path: Path, dotted: str) -> None:
        if node.schema is not None:
            try:
                self.ops[dotted] = resolve_given(node.schema, raw, path, self.problems, self.env)
            except UnmadeConfigError as error:
                self.ops[dotted] = error
        elif raw is not MISSING:
            self.ops[dotted] = raw

    def _mapped(self, graph: ConfigNode, raw: Any, path: Path, dotted: str) -> None:
        section = self._mapping(raw, path)
        if not dotted:  # the outermost graph has no section of its own in which a name could be unknown
            self.problems += [unknown(path, name, ("config",)) for name in section if name != "config"]
        what = f"graph `{graph.name}`"
        assert graph.mapping is not None
        known = len(self.problems)
        given = section.get("config", MISSING)
        made = graph.mapping.resolve(given, (*path, "config"), self.problems, self.env, what)
        if len(self.problems) > known:
            return
        inner = _Resolution(self.env)
        inner.children(_without_mapping(graph), _ops_of(made), (), dotted)
        self.ops |= inner.ops
        self.inputs |= inner.inputs
        self.outputs |= inner.outputs
        self.problems += [
            ConfigProblem(path=(*path, "config"), message=f"the config mapping of {what} made: {shown_problem(one)}")
            for one in inner.problems
        ]

    def take_inputs(self, node: ConfigNode, raw: Any, path: Path, dotted: str) -> None:
        """The inputs that config gives to a node."""
        section = self._mapping(raw, path)
        self.problems += [unknown(path, name, tuple(node.inputs)) for name in section if name not in node.inputs]
        for name, one in node.inputs.items():
            if name in section:
                given = one.schema.resolve(section[name], (*path, name), self.problems, self.env)
                self.inputs.setdefault(dotted, {})[name] = given
            elif one.required:
                self.problems.append(missing((*path, name), one.schema))
            elif one.schema.default is not MISSING:
                given = one.schema.resolve(one.schema.default, (*path, name), self.problems, self.env)
                self.inputs.setdefault(dotted, {})[name] = given

    def take_outputs(self, node: ConfigNode, raw: Any, path: Path, dotted: str) -> None:
        """What config says to the IO managers that store the outputs of a node."""
        section = self._mapping(raw, path)
        self.problems += [unknown(path, name, tuple(node.outputs)) for name in section if name not in node.outputs]
        self.outputs[dotted] = {
            name: resolve_given(schema, section.get(name, MISSING), (*path, name), self.problems, self.env)
            for name, schema in node.outputs.items()
        }

    def section(
        self, name: str, raw: Mapping[str, Any], schemas: Mapping[str, ConfigSchema | None], required: frozenset[str]
    ) -> dict[str, Any]:
        """Resources or loggers."""
        section = self._mapping(raw.get(name), (name,))
        self.problems += [unknown((name,), key, tuple(schemas)) for key in section if key not in schemas]
        found: dict[str, Any] = {}
        for key, schema in schemas.items():
            path = (name, key)
            one = self._mapping(section.get(key), path)
            self.problems += [unknown(path, other, ("config",)) for other in one if other != "config"]
            given = one.get("config", MISSING)
            if schema is None:
                if given is not MISSING:
                    found[key] = given
            elif given is not MISSING or key in required:
                found[key] = resolve_given(schema, given, (*path, "config"), self.problems, self.env)
        return found

    def execution(self, raw: Any, schema: ConfigSchema | None) -> Any:
        """What is said to the executor."""
        section = self._mapping(raw, ("execution",))
        self.problems += [unknown(("execution",), name, ("config",)) for name in section if name != "config"]
        if schema is None or "config" not in section:
            return section.get("config")
        return schema.resolve(section["config"], ("execution", "config"), self.problems, self.env)

    def _mapping(self, raw: Any, path: Path) -> Mapping[str, Any]:
        """A section; one that is empty in YAML is null."""
        if raw is None:
            return {}
        if isinstance(raw, Mapping):
            return raw
        self.problems.append(mismatch(path, "a mapping", raw))
        return {}

    def _unknown_node(self, graph: ConfigNode, name: str, path: Path) -> ConfigProblem:
        problem = unknown(path, name, tuple(graph.children))
        inside = next(_paths_to(name, graph, ()), None)
        if inside is None:
            return problem
        where = ".".join((*path, ".ops.".join(inside)))
        return ConfigProblem(path=problem.path, message=problem.message, hint=f"it is inside a graph: {where}")


def _names(section: Any) -> frozenset[str]:
    return frozenset(section) if isinstance(section, Mapping) else frozenset()


def _without_mapping(graph: ConfigNode) -> ConfigNode:
    return ConfigNode(name=graph.name, children=graph.children, is_graph=True)


def _ops_of(made: Any) -> Any:
    """What a mapping made for the nodes of a graph; a whole run config is taken for its ops."""
    if isinstance(made, Mapping) and made.keys() == {"ops", "resources", "loggers", "execution"}:
        return made["ops"]
    return made


def _paths_to(name: str, graph: ConfigNode, above: Path) -> Iterator[Path]:
    for child_name, child in graph.children.items():
        if child_name == name and above:
            yield (*above, name)
        yield from _paths_to(name, child, (*above, child_name))
