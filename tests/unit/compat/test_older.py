"""Older spellings, on the native model."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import orchestrator as dg
from orchestrator.compat import dagster as older
from orchestrator.compat.dialect import DIALECT
from orchestrator.definitions.dialect import NATIVE, speak


@dg.op
def one() -> int:
    return 1


@dg.op
def bad() -> None:
    raise ValueError("no")


@dg.job(executor_def=older.multiprocess_executor.configured({"max_concurrent": 2}, name="two"))
def at_top_level() -> None:
    one()


@dg.job
def failing() -> None:
    bad()


@dg.asset
def made() -> int:
    return 1


selected = dg.define_asset_job("selected", selection=[made])


def unrelated() -> str:
    return "no job"


def make_job(name: str, **tags: str) -> dg.JobDefinition:
    @dg.job(name=name, tags=tags)
    def inside() -> None:
        one()

    return inside


@pytest.fixture
def instance() -> Iterator[dg.Instance]:
    with older.instance_for_test() as found:
        yield found


# --- SourceAsset


def test_a_source_asset_is_a_spec() -> None:
    source = older.SourceAsset(["raw", "table"], {"rows": 1}, "warehouse", description="d", group_name="g")
    assert isinstance(source, dg.AssetSpec)
    assert (source.key, source.group_name, source.description) == (dg.AssetKey("raw/table"), "g", "d")
    assert source.io_manager_key == "warehouse"
    assert older.SourceAsset("x").io_manager_key is None
    assert source.to_spec().key == source.key
    with pytest.raises(dg.UnsupportedParameterError, match="observe_fn"):
        older.SourceAsset("x", observe_fn=lambda: None)


def test_the_value_of_a_source_asset_is_loaded_through_its_io_manager() -> None:
    class Warehouse(dg.IOManager):
        def handle_output(self, context: Any, obj: Any) -> None:
            raise AssertionError

        def load_input(self, context: Any) -> Any:
            return f"from {context.asset_key.to_user_string()}"

    @dg.asset
    def reader(raw: str) -> str:
        return raw

    speak(DIALECT)
    try:
        run = dg.materialize([older.SourceAsset("raw", io_manager_key="w"), reader], resources={"w": Warehouse()})
    finally:
        speak(NATIVE)
    assert run.asset_value("reader") == "from raw"


# --- repository


def test_a_repository_gathers_what_its_function_returns() -> None:
    @older.repository
    def everything() -> list[Any]:
        """All of it."""
        return [made, selected, [at_top_level], dg.GraphDefinition("g", node_defs=[one])]

    assert isinstance(everything, dg.Definitions)
    assert (everything.name, everything.description) == ("everything", "All of it.")
    assert everything.job_names == ["selected", "at_top_level", "g"]
    assert everything.has_job("g")
    assert everything.get_job("selected").execute_in_process().asset_value("made") == 1
    assert [job.name for job in everything.get_all_jobs()] == ["__ASSET_JOB", *everything.job_names]
    assert everything.assets_defs_by_key == {dg.AssetKey("made"): made}
    with pytest.raises(dg.InvariantError):
        everything.get_job("nothing")


def test_a_repository_may_return_a_dict() -> None:
    @older.repository(name="named", description="d")
    def by_kind() -> dict[str, Any]:
        return {"jobs": {"a": at_top_level, "b": lambda: failing}}

    assert (by_kind.name, by_kind.description, by_kind.job_names) == ("named", "d", ["at_top_level", "failing"])


@pytest.mark.parametrize("returned", [3, "text", [3], {"nonsense": {}}])
def test_a_repository_of_something_else(returned: Any) -> None:
    with pytest.raises(dg.DefinitionError):
        older.repository(lambda: returned)


# --- execute_job


def test_a_job_at_the_top_level_of_a_module(instance: dg.Instance) -> None:
    with older.execute_job(older.reconstructable(at_top_level), instance=instance) as result:
        assert isinstance(result, older.JobExecutionResult)
        assert result.output_for_node("one") == 1
    assert instance.has_run(result.run_id)
    assert list(instance.storage.rglob("one/result.pickle"))  # values lie in the home
    assert not older.execute_job(older.reconstructable(failing), instance).success
    with pytest.raises(ValueError, match="no"):
        older.execute_job(older.reconstructable(failing), instance, raise_on_error=True)


def test_a_function_that_makes_a_job(instance: dg.Instance) -> None:
    named = older.build_reconstructable_job(__name__, "make_job", ("other",), {"team": "a"})
    assert named.job_name == "other"
    assert named.get_definition().tags == {"team": "a"}
    assert older.execute_job(named, instance).success


def test_what_another_process_could_not_find(instance: dg.Instance) -> None:
    for unreachable in (make_job("inner"), lambda: at_top_level, 3):
        with pytest.raises(dg.InvariantError):
            older.reconstructable(unreachable)
    with pytest.raises(dg.DefinitionError, match="reconstructable"):
        older.execute_job(at_top_level, instance)
    with pytest.raises(dg.InvariantError):
        older.build_reconstructable_job(__name__, "unrelated").get_definition()


def test_executors_are_named() -> None:
    assert at_top_level.executor is not None
    assert at_top_level.executor.name == "two"
    assert older.multi_or_in_process_executor.name == "multi_or_in_process_executor"


# --- config from files


def test_config_from_yaml(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("ops: {x: {config: {n: 1, m: 2}}}")
    (tmp_path / "b.yaml").write_text("ops: {x: {config: {n: 3}}}\nresources: {}")
    merged = {"ops": {"x": {"config": {"n": 3, "m": 2}}}, "resources": {}}
    assert older.config_from_files([str(tmp_path / "*.yaml")]) == merged
    assert older.config_from_yaml_strings(["a: 1", "", "b: [2]"]) == {"a": 1, "b": [2]}
    with pytest.raises(dg.InvariantError, match="matches no file"):
        older.config_from_files([str(tmp_path / "c.yaml")])
    with pytest.raises(dg.InvariantError, match="not valid YAML"):
        older.config_from_yaml_strings(["{"])
    with pytest.raises(dg.DefinitionError, match="must be a mapping"):
        older.config_from_yaml_strings(["- a"])
    with pytest.raises(dg.InvariantError):
        older.config_from_pkg_resources([("orchestrator", "nothing.yaml")])


# --- loggers


def test_records_of_the_logger_without_a_context_are_kept(instance: dg.Instance) -> None:
    @dg.op
    def talks() -> None:
        older.get_dagster_logger("mine").info("from inside")

    run = dg.GraphDefinition("g", node_defs=[talks]).execute_in_process(instance=instance)
    lines = [entry.user_message for entry in instance.all_logs(run.run_id) if not entry.is_dagster_event]
    assert lines == ["from inside"]
    assert older.get_dagster_logger().name == "dagster.builtin"


def test_the_json_form_of_a_record() -> None:
    record = logging.LogRecord("n", logging.INFO, "f.py", 3, "hello %s", ("you",), None)
    found = json.loads(older.JsonLogFormatter().format(record))
    assert (found["name"], found["levelname"], found["message"]) == ("n", "INFO", "hello you")


def test_system_loggers() -> None:
    ((logger, config),) = older.default_system_loggers(None)
    assert isinstance(logger, dg.LoggerDefinition)
    assert config["log_level"] == "DEBUG"


# --- warnings, parameters


def test_warnings_can_be_silenced_by_name() -> None:
    for name in ("BetaWarning", "ConfigArgumentWarning", "PreviewWarning", "SupersessionWarning"):
        assert issubclass(getattr(older, name), Warning)


def test_older_names_of_parameters() -> None:
    @older.asset(compute_kind="pandas", non_argument_deps={"raw"})
    def frame() -> None: ...

    assert frame.op.tags == {"dagster/compute_kind": "pandas"}
    assert frame.dependency_keys == {dg.AssetKey("raw")}

    @older.multi_asset(specs=[dg.AssetSpec("x")], compute_kind="spark")
    def several() -> None: ...

    assert several.op.tags == {"dagster/compute_kind": "spark"}
    with pytest.raises(dg.DefinitionError, match="same parameter"):
        older.asset(name="y", deps=["a"], non_argument_deps={"a"})

    @older.asset
    def plain() -> int:
        return 1

    assert plain() == 1


def test_resources_of_single_definitions() -> None:
    @dg.asset(required_resource_keys={"r"})
    def user(context: Any) -> int:
        number: int = context.resources.r
        return number

    spec = dg.AssetSpec("elsewhere")
    given, same = dg.with_resources([user, spec], {"r": 4})
    assert same is spec
    assert dg.materialize([given]).asset_value("user") == 4
    with pytest.raises(dg.DefinitionError, match="did you mean `r`"):
        dg.with_resources([user], {"r": 4}, {"R": {"config": 1}})
    with pytest.raises(dg.DefinitionError, match="takes no config"):
        dg.with_resources([user], {"r": 4}, {"r": {"config": 1}})


def test_a_source_asset_may_bring_its_io_manager() -> None:
    source = older.SourceAsset("raw", io_manager_def=dg.InMemoryIOManager())
    assert source.io_manager_key == "raw__io_manager"
    assert list(dg.Definitions(assets=[source]).resources) == ["raw__io_manager"]


def test_two_jobs_of_one_name_in_a_repository() -> None:
    with pytest.raises(dg.DefinitionError, match="two jobs called `same`"):
        older.repository(name="r")(lambda: [make_job("same"), make_job("same")])
