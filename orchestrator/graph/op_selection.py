"""Which ops of a job to run: paths, with what they need (`*op`, `+op`) or feed (`op*`, `op+`)."""

import re
from collections.abc import Collection, Mapping, Sequence

from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import SelectionError, SubsetError
from orchestrator.graph.snapshot import GraphSnapshot
from orchestrator.graph.traversal import reach

_CLAUSE = re.compile(r"(\*|\++)?([^*+]+)(\*|\++)?")


def select_ops(graph: GraphSnapshot, clauses: Sequence[str]) -> set[str]:
    """The paths of the ops that clauses name: all that any of them names. See `select_nodes`."""
    return select_nodes(
        {op.path: tuple(dict.fromkeys(s.op for one in op.inputs for s in one.sources if s.op)) for op in graph.ops},
        clauses,
    )


def select_nodes(upstream: Mapping[str, tuple[str, ...]], clauses: Sequence[str]) -> set[str]:
    """The nodes that clauses name: all that any of them names.

    Args:
        upstream: what each node waits for.
        clauses: `op`; `*op` and `op*` with all before and after it; one `+` for each step of distance.

    Raises:
        SelectionError: a clause cannot be read, or names no op.
    """
    after: dict[str, list[str]] = {path: [] for path in upstream}
    for path, before in upstream.items():
        for other in before:
            after[other].append(path)
    downstream = {path: tuple(others) for path, others in after.items()}
    found: set[str] = set()
    for clause in [clauses] if isinstance(clauses, str) else clauses:
        if clause == "*":
            return set(upstream)
        match = _CLAUSE.fullmatch(clause.strip())
        if match is None:
            raise SelectionError(f"cannot read the op selection {clause!r}", hint="op, *op, op*, +op, op+")
        start = _paths(match[2], upstream)
        found |= start
        found |= _reach(start, match[1], upstream)
        found |= _reach(start, match[3], downstream)
    return found


def _reach(start: Collection[str], mark: str | None, edges: Mapping[str, tuple[str, ...]]) -> set[str]:
    if not mark:
        return set()
    return reach(start, edges, None if mark == "*" else len(mark))


def _paths(name: str, known: Mapping[str, object]) -> set[str]:
    """The op with this path, or all ops of the graph with it."""
    found = {path for path in known if path == name or path.startswith(f"{name}.")}
    if not found:
        raise SubsetError(f"the job has no op `{name}`", hint=did_you_mean(name, known))
    return found
