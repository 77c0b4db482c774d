"""A part of a job: the ops that a selection names."""

from collections.abc import Sequence

from orchestrator.definitions.jobs import JobDefinition
from orchestrator.definitions.subgraphs import subgraph
from orchestrator.errors import ArgumentError, DefinitionError, SelectionError
from orchestrator.graph.op_selection import select_ops
from orchestrator.workspace.flatten import check_job, flatten_graph


def subset_of_job(job: JobDefinition, clauses: Sequence[str]) -> JobDefinition:
    """The job, with a part of its ops.

    Args:
        job: the job.
        clauses: `op`; `*op` and `op*` with all before and after it; one `+` for each step of distance.

    Raises:
        ArgumentError: the selection is text.
        SelectionError: a clause cannot be read or names no op, or an op has no value for an input in this part.
    """
    if isinstance(clauses, str):
        raise ArgumentError(f"op_selection of job `{job.name}` is text", hint=f"a list: [{clauses!r}]")
    whole = flatten_graph(job.graph, f"job `{job.name}`")
    paths = select_ops(whole, clauses)
    part = job.with_graph(subgraph(job.graph, paths), frozenset(clauses))
    try:
        check_job(part)
    except DefinitionError as error:
        raise SelectionError(f"the selection {', '.join(clauses)} leaves too little: {error.message}") from error
    return part
