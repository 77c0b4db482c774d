"""Errors as people and programs read them."""

from cli.failure import error_json, render_error
from orchestrator.definitions.config_schema import config_error
from orchestrator.errors import ConfigProblem, SourceRef

PROBLEMS = (
    ConfigProblem(
        path=("ops", "load", "config", "limt"),
        message="there is no `limt` here",
        hint="did you mean `limit`?",
        source=SourceRef("/elsewhere/run.yaml", 4),
    ),
    ConfigProblem(path=("ops", "load", "config", "many", "[0]"), message="expected int, got null"),
    ConfigProblem(path=(), message="expected a mapping"),
)


def test_every_problem_of_a_config_is_shown_with_its_place():
    assert render_error(config_error("job `j`", PROBLEMS)) == "\n".join(
        [
            "error[E110]: the config of job `j` is not valid:",
            "  /elsewhere/run.yaml:4: ops.load.config.limt: there is no `limt` here",
            "      did you mean `limit`?",
            "  ops.load.config.many[0]: expected int, got null",
            "  expected a mapping",
        ]
    )


def test_a_program_reads_the_problems_as_data():
    described = error_json(config_error("job `j`", PROBLEMS[:1]))
    assert described["problems"] == [
        {
            "path": ["ops", "load", "config", "limt"],
            "message": "there is no `limt` here",
            "hint": "did you mean `limit`?",
            "location": "/elsewhere/run.yaml:4",
        }
    ]
