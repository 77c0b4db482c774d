"""Resources start in the order they need each other and are torn down whatever happens."""

import contextlib
from typing import Any, Optional

import pytest
from pydantic import PrivateAttr, ValidationError, field_validator

from orchestrator.definitions.config import Config
from orchestrator.definitions.config_mapping import configured
from orchestrator.definitions.config_types import Field
from orchestrator.definitions.configurable_resource import (
    ConfigurableIOManager,
    ConfigurableIOManagerFactory,
    ConfigurableResource,
    ConfigurableResourceFactory,
    ResourceDependency,
)
from orchestrator.definitions.env import EnvVar, secrets
from orchestrator.definitions.io import IOManager
from orchestrator.definitions.resource_definitions import ResourceDefinition, make_values_resource, resource
from orchestrator.definitions.resources import is_resource_annotation
from orchestrator.definitions.run_config import RunConfig
from orchestrator.errors import (
    ConfigError,
    CycleError,
    DefinitionError,
    InvariantError,
    InvocationError,
    MissingResourceError,
    ResourceError,
)
from orchestrator.execution.build_init_context import build_init_resource_context
from orchestrator.execution.resources import build_resources, open_resources


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    monkeypatch.setenv("TOKEN", "hunter2-long")
    monkeypatch.setenv("PORT", "5432")
    yield
    secrets.clear()


@pytest.fixture
def log():
    return []


class Client(ConfigurableResource):
    url: str
    port: int = 1

    def get(self):
        return self.url, self.port


class Service(ConfigurableResource):
    client: Client
    name: str = "s"


def started(thing, config=None, **others):
    """What user code gets for the resource `r`, while the others run too."""
    raw = None if config is None else {"r": {"config": config}}
    with build_resources({"r": thing, **others}, resource_config=raw) as running:
        return running.r


def test_fields_are_config_and_environment_variables_are_read_when_it_starts():
    assert started(Client(url="u")).get() == ("u", 1)
    late = Client(url=EnvVar("TOKEN"), port=EnvVar.int("PORT"))
    assert repr(late) == "Client(url=EnvVar('TOKEN'), port=EnvVar.int('PORT'))"
    assert started(late).get() == ("hunter2-long", 5432)
    assert late.process_config_and_initialize().get() == ("hunter2-long", 5432)
    assert secrets.redact("hunter2-long") == "<TOKEN>"


def test_a_variable_that_is_not_set_is_named_with_its_place(monkeypatch):
    monkeypatch.delenv("TOKEN")
    with pytest.raises(ConfigError) as caught:
        started(Service(client=Client(url=EnvVar("TOKEN"))))
    (problem,) = caught.value.problems
    assert problem.path == ("resources", "r", "config", "client", "url")
    assert problem.message == "the environment variable `TOKEN` is not set"


def test_run_config_replaces_fields():
    assert started(Client(url="u", port=5), {"url": "v"}).get() == ("v", 5)
    with pytest.raises(ConfigError, match="did you mean `url`"):
        started(Client(url="u"), {"urll": "v"})


def test_a_resource_configured_at_launch_takes_the_rest_from_run_config():
    assert started(Client.configure_at_launch(), {"url": "v"}).get() == ("v", 1)
    assert started(Client.configure_at_launch(port=5), {"url": "v"}).get() == ("v", 5)
    with pytest.raises(ConfigError, match=r"resources: \{r: \{config: \{url: \.\.\.\}\}\}"):
        started(Client.configure_at_launch())


def test_resources_in_fields():
    assert started(Service(client=Client(url="u"))).client.get() == ("u", 1)
    late = Client.configure_at_launch()
    raw = {"c": {"config": {"url": "z"}}}
    with build_resources({"r": Service(client=late), "c": late}, resource_config=raw) as running:
        assert running.r.client.get() == ("z", 1)
        assert running.r.client is running.c
    with pytest.raises(MissingResourceError, match="`client` of Service is configured at launch"):
        started(Service(client=late))


def test_fields_of_lists_none_and_config():
    class Sub(Config):
        a: int = 2

    class Many(ConfigurableResource):
        clients: list[Client]
        maybe: Optional[Client] = None  # noqa: UP045  as older code says it
        sub: Sub = Sub()

    many = started(Many(clients=[Client(url=EnvVar("TOKEN")), Client(url="2")]))
    assert [one.url for one in many.clients] == ["hunter2-long", "2"]
    assert (many.maybe, many.sub) == (None, Sub())
    assert started(Many(clients=[], sub=Sub(a=3)), {"sub": {"a": 4}}).sub.a == 4


class Connection:
    def __init__(self, url):
        self.url = url


class ConnectionFactory(ConfigurableResourceFactory[Connection]):
    url: str

    def create_resource(self, context) -> Connection:
        return Connection(self.url)


class Uses(ConfigurableResource):
    connection: ResourceDependency[Connection]


def test_a_factory_gives_user_code_something_else():
    assert started(ConnectionFactory(url="q")).url == "q"
    assert started(Uses(connection=ConnectionFactory(url=EnvVar("TOKEN")))).connection.url == "hunter2-long"
    assert started(Uses(connection=Connection("z"))).connection.url == "z"
    assert started(Uses(connection=ResourceDefinition.hardcoded_resource(7))).connection == 7


class Life(ConfigurableResource):
    name: str
    log: Any = None
    _opened: int = PrivateAttr(default=0)

    def setup_for_execution(self, context):
        self.log.append(f"+{self.name}")
        self._opened = 5

    def teardown_after_execution(self, context):
        self.log.append(f"-{self.name}{self._opened}")


class Block(ConfigurableResource):
    inner: Life
    log: Any = None

    @contextlib.contextmanager
    def yield_for_execution(self, context):
        self.log.append("+block")
        try:
            yield self
        finally:
            self.log.append("-block")


class Broken(ConfigurableResource):
    inner: ResourceDependency[Any]

    def setup_for_execution(self, context):
        raise RuntimeError("boom")


def test_resources_start_after_what_they_use_and_are_torn_down_before_it(log):
    with build_resources({"a": Life(name="a", log=log), "b": Block(inner=Life(name="i", log=log), log=log)}) as running:
        log.append(f"use{running.a._opened}{running.b.inner._opened}")
    assert log == ["+a", "+i", "+block", "use55", "-block", "-i5", "-a5"]


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, SystemExit])
def test_teardown_happens_however_the_run_ends(log, error):
    with pytest.raises(error), build_resources({"a": Life(name="a", log=log)}):
        raise error
    assert log == ["+a", "-a5"]


def test_what_was_started_is_torn_down_when_a_later_one_fails(log):
    with pytest.raises(ResourceError, match="resource `b` raised RuntimeError while it was set up: boom") as caught:
        started(1, a=Life(name="a", log=log), b=Broken(inner=Life(name="i", log=log)))
    assert isinstance(caught.value.__cause__, RuntimeError)
    assert log == ["+a", "+i", "-i5", "-a5"]


def test_a_teardown_that_fails_stops_no_other_and_is_told(log):
    class Leaky(ConfigurableResource):
        def teardown_after_execution(self, context):
            raise RuntimeError("leak")

    told = []
    resources = {"a": Life(name="a", log=log), "b": Leaky()}
    with open_resources(resources, ["a", "b"], {}, on_teardown_error=lambda key, error: told.append((key, str(error)))):
        pass
    assert (told, log) == ([("b", "leak")], ["+a", "-a5"])
    with pytest.raises(RuntimeError, match="leak"), build_resources(resources):
        pass


def test_only_needed_resources_start_each_once(log):
    @resource
    def base(_):
        log.append("+base")
        yield "base"
        log.append("-base")

    @resource(required_resource_keys={"base"})
    def left(context):
        return context.resources.base + "/left"

    @resource(required_resource_keys={"base", "left"})
    def top(context):
        yield context.resources.left + "/top"

    resources = {"top": top, "left": left, "base": base, "other": Broken(inner=None)}
    with open_resources(resources, ["top"], {}) as running:
        assert running == {"base": "base", "left": "base/left", "top": "base/left/top"}
    assert log == ["+base", "-base"]


def test_missing_resources_and_circles_are_found_before_anything_starts(log):
    needs_y = ResourceDefinition(lambda _: log.append("x"), required_resource_keys={"y"})
    needs_x = ResourceDefinition(lambda _: log.append("y"), required_resource_keys={"x"})
    with pytest.raises(MissingResourceError, match="there is no resource `y`, which resource `x` requires"):
        started(1, x=needs_y)
    with pytest.raises(CycleError, match="`x` -> `y` -> `x`"):
        started(1, x=needs_y, y=needs_x)
    assert log == []


@resource(config_schema={"a": Field(str, default_value="df")}, description="d")
def by_function(context):
    return Connection(context.resource_config["a"])


@resource
def without_context():
    """Says ok."""
    return "ok"


def test_resources_of_functions():
    assert started(by_function).url == "df"
    assert started(by_function, {"a": "x"}).url == "x"
    assert started(by_function.configured({"a": "fixed"})).url == "fixed"
    assert started(without_context) == "ok"
    assert (by_function.description, without_context.description) == ("d", "Says ok.")
    with pytest.raises(ConfigError, match=r"resources\.r\.config\.b: there is no `b` here"):
        started(by_function, {"b": "x"})
    with pytest.raises(ResourceError, match="raised ValueError"):
        started(ResourceDefinition(lambda _: int("x")))
    with pytest.raises(DefinitionError, match="takes context, more"):
        resource(lambda context, more: None)


def test_configured_resources():
    @configured(by_function, config_schema={"b": int})
    def numbered(config):
        return {"a": str(config["b"])}

    assert started(numbered, {"b": 3}).url == "3"
    with pytest.raises(ConfigError, match="the config that `configured` gives to a resource"):
        started(by_function.configured({"zz": 1}))


def test_ready_made_definitions():
    assert started(ResourceDefinition.none_resource()) is None
    assert started(ResourceDefinition.hardcoded_resource(5)) == 5
    assert started(ResourceDefinition.mock_resource()).anything().at.all
    assert started(ResourceDefinition.string_resource(), "hi") == "hi"
    assert started(make_values_resource(a=str, b=int), {"a": "q", "b": 3}) == {"a": "q", "b": 3}
    assert started(make_values_resource(), {"x": 1}) == {"x": 1}


def test_a_resource_called_in_a_test():
    assert by_function(build_init_resource_context(config={"a": "b"})).url == "b"
    assert by_function(build_init_resource_context()).url == "df"
    assert without_context() == "ok"
    with pytest.raises(InvocationError, match="takes a context"):
        by_function()
    with build_init_resource_context(resources={"q": 5, "c": by_function}) as context:
        assert (context.resources.q, context.resources.c.url, context.run_id) == (5, "df", None)

    @resource(required_resource_keys={"q"})
    def generator(context):
        yield context.resources.q + 1

    with generator(build_init_resource_context(resources={"q": 5})) as value:
        assert value == 6


def test_the_context_of_a_resource():
    class Knows(ConfigurableResource):
        a: str

        def get(self):
            context = self.get_resource_context()
            return context.run_id, context.resource_config, context.log.name

    with open_resources({"r": Knows(a="1")}, ["r"], {}, run_id="run-1") as running:
        assert running["r"].get() == ("run-1", {"a": "1"}, "orchestrator.resource")
    with pytest.raises(InvariantError, match="Knows is not started"):
        Knows(a="1").get()
    assert Client.from_resource_context(build_init_resource_context(config={"url": "z"})).get() == ("z", 1)
    with Client.from_resource_context_cm(build_init_resource_context(config={"url": "z"})) as client:
        assert client.get() == ("z", 1)


def test_validators_run_before_anything_starts(log):
    class Checked(ConfigurableResource):
        token: str
        client: Life

        @field_validator("token")
        @classmethod
        def _short(cls, value):
            if len(value) > 3:
                raise ValueError(f"{value} is too long")
            return value

    with pytest.raises(ConfigError) as caught:
        started(Checked(token=EnvVar("TOKEN"), client=Life(name="a", log=log)))
    assert caught.value.problems[0].message == "<TOKEN> is too long"
    assert log == []
    with pytest.raises(ValidationError):
        Checked(token="long enough", client=Life(name="a", log=log))


def test_io_managers_with_config():
    class Folder(ConfigurableIOManager):
        path: str

        def handle_output(self, context, obj):
            self.get_resource_context()

        def load_input(self, context):
            return self.path

    class Factory(ConfigurableIOManagerFactory):
        path: str

        def create_io_manager(self, context) -> IOManager:
            return Folder(path=f"made/{self.path}")

    assert isinstance(Folder(path="p"), IOManager)
    assert list(Folder.model_fields) == ["path"]
    assert started(Folder(path=EnvVar("TOKEN"))).load_input(None) == "hunter2-long"
    assert started(Folder.configure_at_launch(), {"path": "p"}).load_input(None) == "p"
    assert started(Factory(path="p")).load_input(None) == "made/p"


def test_parameters_annotated_with_resource_classes_are_resources():
    assert is_resource_annotation(Client)
    assert is_resource_annotation(ConfigurableResourceFactory)
    assert not is_resource_annotation(Connection)


def test_resources_in_a_run_config():
    raw = RunConfig(resources={"r": Service(client=Client(url="u"), name=EnvVar("TOKEN"))}).to_config_dict()
    assert raw["resources"] == {"r": {"config": {"name": {"env": "TOKEN"}}}}


def test_what_orch_show_knows_about_a_resource():
    described = Client(url=EnvVar("TOKEN")).config_schema_of_resource().describe()
    assert [(one.name, one.required, one.default) for one in described.children] == [
        ("url", False, '{"env": "TOKEN"}'),
        ("port", False, "1"),
    ]
