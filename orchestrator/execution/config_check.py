"""Whether the config of a run fits all its code locations."""

from collections.abc import Callable

from orchestrator.definitions.config_schema import config_error
from orchestrator.definitions.run_config import is_unknown_name
from orchestrator.errors import ConfigError, ConfigProblem
from orchestrator.execution.run_request import RunRequest


def check_in_all(request: RunRequest, ask: Callable[[str], None]) -> None:
    """Ask every code location of a run about its config. A name that one of them knows is no mistake in the others.

    Args:
        request: the run.
        ask: raises ConfigError if the config does not fit the location.

    Raises:
        ConfigError: lists every problem of all of them.
    """
    if len(request.nodes) == 1:
        ask(next(iter(request.nodes)))
        return
    problems: list[ConfigProblem] = []
    unknown: dict[tuple[str, ...], list[ConfigProblem]] = {}
    for location in request.nodes:
        try:
            ask(location)
        except ConfigError as error:
            if not error.problems:
                raise
            for problem in error.problems:
                if is_unknown_name(problem):
                    unknown.setdefault(problem.path, []).append(problem)
                else:
                    problems.append(problem)
    # what nobody knows; the best message is one that knows a similar name
    nobody_knows = (found for found in unknown.values() if len(found) == len(request.nodes))
    problems += [next((one for one in found if one.hint), found[0]) for found in nobody_knows]
    if problems:
        unique = list({(problem.path, problem.message): problem for problem in problems}.values())
        raise config_error(f"job `{request.job}`" if request.job else "the run", unique, request.config)


def knows_all_but_names(answer: object) -> bool:
    """Whether nothing is wrong with the config of a run but that it has names which another location may know."""
    return isinstance(answer, ConfigError) and bool(answer.problems) and all(map(is_unknown_name, answer.problems))
