"""Config and resources in whole runs in this process."""

import msgspec
import pytest
from pydantic import Field

import orchestrator as dg
from orchestrator.definitions.config_mapping import ConfigMapping, config_mapping
from orchestrator.definitions.configurable_resource import ConfigurableResource
from orchestrator.definitions.env import secrets
from orchestrator.definitions.run_config import RunConfig
from orchestrator.errors import ConfigError
from orchestrator.execution.redaction import redacted
from orchestrator.runs.events import LogWritten

SECRET = "hunter2-long"


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    monkeypatch.setenv("TOKEN", SECRET)
    yield
    secrets.clear()


class Load(dg.Config):
    limit: int
    note: str = "q"


class Api(ConfigurableResource):
    token: str = Field(default=dg.EnvVar("TOKEN"))


@dg.op
def leaf(context, config: Load):
    return config.limit, config.note, context.op_config


@dg.graph
def flow():
    return leaf()


@dg.asset
def loaded(config: Load):
    return config.limit


def test_an_op_gets_its_config_as_an_instance_and_as_data():
    result = flow.to_job().execute_in_process(run_config={"ops": {"leaf": {"config": {"limit": 1}}}})
    assert result.output_for_node("leaf") == (1, "q", {"limit": 1, "note": "q"})
    result = flow.to_job().execute_in_process(run_config=RunConfig(ops={"leaf": Load(limit=2)}))
    assert result.output_for_node("leaf")[0] == 2


def test_a_job_has_config_of_its_own_which_a_run_may_replace():
    job = flow.to_job(config={"ops": {"leaf": {"config": {"limit": 5, "note": "z"}}}})
    assert job.execute_in_process().output_for_node("leaf")[:2] == (5, "z")
    given = {"ops": {"leaf": {"config": {"limit": 6}}}}
    assert job.execute_in_process(run_config=given).output_for_node("leaf")[:2] == (6, "q")


@config_mapping(config_schema={"n": int})
def from_number(config):
    return RunConfig(ops={"leaf": Load(limit=config["n"])})


@pytest.mark.parametrize(
    "mapping",
    [from_number, ConfigMapping(lambda given: {"ops": {"leaf": {"config": {"limit": given["n"]}}}}, {"n": int})],
)
def test_a_job_makes_its_run_config_from_other_config(mapping):
    job = flow.to_job(config=mapping)
    assert job.execute_in_process(run_config={"n": 4}).output_for_node("leaf")[0] == 4
    with pytest.raises(ConfigError, match="`n` is required"):
        job.execute_in_process()


def test_a_job_of_assets_has_config_of_its_own():
    job = dg.define_asset_job("some", selection=[loaded], config={"ops": {"loaded": {"config": {"limit": 7}}}})
    definitions = dg.Definitions(assets=[loaded], jobs=[job])
    assert definitions.get_job_def("some").execute_in_process().output_for_node("loaded") == 7
    given = RunConfig(ops={"loaded": Load(limit=8)})
    assert definitions.get_job_def("some").execute_in_process(run_config=given).output_for_node("loaded") == 8


def test_what_came_from_the_environment_is_in_no_event():
    @dg.asset
    def talks(context, api: Api):
        context.log.info("using %s", api.token)
        return dg.Output(api.token, metadata={"url": f"https://{SECRET}@x", "nested": {"a": [SECRET]}, "n": 1})

    @dg.asset
    def fails(api: Api):
        raise ValueError(f"refused: {api.token}")

    resources = {"api": Api()}
    with dg.Instance.ephemeral() as instance:
        result = dg.materialize([talks], resources=resources, instance=instance)
        assert result.asset_value("talks") == SECRET
        failed = dg.materialize([fails], resources=resources, instance=instance, raise_on_error=False)
        text = repr([list(instance.store.events(run_id=run.run_id)) for run in (result, failed)])
    assert SECRET not in text
    assert text.count("<TOKEN>") >= 4
    assert "using <TOKEN>" in text
    assert "refused: <TOKEN>" in text


def test_names_in_events_stay_themselves():
    secrets.add("STAGE", "prod-eu")
    event = LogWritten(run_id="prod-eu", timestamp=0.0, step="prod-eu", level="info", message="in prod-eu")
    assert redacted(event) == msgspec.structs.replace(event, message="in <STAGE>")


def test_an_unknown_op_or_asset_comes_with_the_nearest_name():
    with pytest.raises(ConfigError, match="did you mean `loaded`"):
        dg.materialize([loaded], run_config={"ops": {"loded": {"config": {"limit": 1}}}})


def test_a_run_config_can_be_checked_without_running():
    raw = {"ops": {"leaf": {"config": {"limit": 1}}}}
    whole = dg.validate_run_config(flow.to_job(), raw)
    assert whole["ops"] == {"leaf": {"config": {"limit": 1, "note": "q"}, "inputs": {}, "outputs": None}}
    assert whole["resources"] == {"io_manager": {"config": None}}
    with pytest.raises(ConfigError, match="`config` is required"):
        dg.validate_run_config(flow.to_job())
    some = dg.define_asset_job("some", selection=[loaded])
    job = dg.Definitions(assets=[loaded], jobs=[some]).get_job_def("some")
    with pytest.raises(ConfigError, match="`config` is required"):
        dg.validate_run_config(job)


def test_ops_and_graphs_are_configured_before_the_run():
    fixed = dg.configured(leaf, name="leaf_of_three")({"limit": 3})

    @dg.configured(leaf, config_schema={"n": int})
    def leaf_of_n(config):
        return {"limit": config["n"]}

    @dg.graph
    def both():
        fixed()
        leaf_of_n()

    result = both.to_job().execute_in_process(run_config={"ops": {"leaf_of_n": {"config": {"n": 4}}}})
    assert result.output_for_node("leaf_of_three")[0] == 3
    assert result.output_for_node("leaf_of_n")[0] == 4

    @dg.graph(config=ConfigMapping(lambda given: {"leaf": {"config": {"limit": given["n"]}}}, {"n": int}))
    def mapped():
        return leaf()

    @dg.job
    def outer():
        mapped.configured({"n": 8}, name="eight")()

    assert outer.execute_in_process().output_for_node("eight")[0] == 8
    with pytest.raises(dg.DefinitionError, match="takes no config of its own"):
        flow.configured({"n": 8}, name="eight")


def test_config_annotated_with_plain_types():
    @dg.op
    def numbers(context, config: list[int]):
        return config, context.op_config

    @dg.op
    def maybe(config: Load | None):
        return config

    @dg.graph
    def both():
        numbers()
        maybe()

    result = both.to_job().execute_in_process(run_config={"ops": {"numbers": {"config": [1]}}})
    assert result.output_for_node("numbers") == ([1], [1])
    assert result.output_for_node("maybe") is None


def test_a_resource_that_fails_to_be_torn_down_fails_no_run():
    class Leaky(ConfigurableResource):
        def teardown_after_execution(self, context):
            raise RuntimeError("leak")

    @dg.asset
    def uses(leaky: Leaky):
        return 1

    assert dg.materialize([uses], resources={"leaky": Leaky()}).success
