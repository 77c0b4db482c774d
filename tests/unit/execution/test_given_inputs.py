"""Values of inputs that run config gives: as they are, from files, from loaders of types."""

import json
import pickle

import pytest

import orchestrator as dg
from orchestrator.definitions.config_nodes import GivenInput
from orchestrator.definitions.runtime_types import RuntimeTypeLoader
from orchestrator.errors import LoadInputError
from orchestrator.execution.given_inputs import read_given_input


def test_values_parts_files_and_loaders(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"value": [1]}))
    (tmp_path / "a.pickle").write_bytes(pickle.dumps({"b": 2}))
    loader = RuntimeTypeLoader(lambda context, config: (context, config), int)
    given = {
        "value": GivenInput("value", 3),
        "json": GivenInput("json", str(tmp_path / "a.json")),
        "pickle": GivenInput("pickle", str(tmp_path / "a.pickle")),
        "loader": GivenInput("loader", (loader, 4)),
        "set": GivenInput("set", [GivenInput("value", 3)]),
        "list": GivenInput("list", [GivenInput("value", 3)]),
    }
    assert read_given_input(GivenInput("dict", given), "context") == {
        "value": 3,
        "json": [1],
        "pickle": {"b": 2},
        "loader": ("context", 4),
        "set": {3},
        "list": [3],
    }


@pytest.mark.parametrize("how", ["json", "pickle"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, how):
    with pytest.raises(LoadInputError, match="nothing-here raised FileNotFoundError"):
        read_given_input(GivenInput(how, str(tmp_path / "nothing-here")))


def test_a_loader_has_the_resources_it_requires() -> None:
    @dg.runtime_type_loader(config_schema=int, required_resource_keys={"factor"})
    def times(context: dg.RuntimeTypeLoaderContext, given: int) -> int:
        context.log.info("loading")
        return context.resources.factor * given

    @dg.op(ins={"x": dg.In(dg.RuntimeType(lambda _, value: value > 0, name="Positive", loader=times))})
    def take(x: int) -> int:
        return x

    @dg.job(resource_defs={"factor": dg.ResourceDefinition.hardcoded_resource(3)})
    def j() -> None:
        take()

    result = j.execute_in_process(run_config={"ops": {"take": {"inputs": {"x": 14}}}})
    assert result.output_for_node("take") == 42
