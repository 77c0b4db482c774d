"""A config to start from is YAML that a person can fill in, and that is valid where nothing is required."""

import enum
from typing import Literal, Union

import yaml
from pydantic import Field

from orchestrator.definitions.config import Config
from orchestrator.definitions.config_nodes import ConfigNode
from orchestrator.definitions.config_types import as_config_field
from orchestrator.definitions.configurable_resource import ConfigurableResource
from orchestrator.definitions.env import EnvVar
from orchestrator.definitions.run_config import describe_run_config, resolve_run_config
from orchestrator.reports.config_scaffold import render_scaffold


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


class Inner(Config):
    a: int = 3
    b: str


class Cat(Config):
    kind: Literal["cat"] = "cat"
    meows: int = 1


class Dog(Config):
    kind: Literal["dog"] = "dog"
    barks: float


class Load(Config):
    limit: int = Field(description="How many rows to read.\nAll of them if 0.")
    note: str = "q"
    colour: Colour
    inner: Inner
    pet: Union[Cat, Dog] = Field(discriminator="kind")  # noqa: UP007
    tags: list[str] = ["a"]


class Quiet(Config):
    """Loud if you wish."""

    volume: float = 0.5


class Db(ConfigurableResource):
    url: str


def graph(name, *children):
    return ConfigNode(name=name, children={one.name: one for one in children}, is_graph=True)


def test_every_field_stands_with_its_type_default_and_description():
    root = graph(
        "j",
        ConfigNode(name="load", schema=Load.config_schema_of_class()),
        graph("g", ConfigNode(name="quiet", schema=Quiet.config_schema_of_class())),
        ConfigNode(name="plain"),
    )
    resources = {"db": Db(url=EnvVar("TOKEN")).config_schema_of_resource(), "any": None}
    text = render_scaffold(describe_run_config(root, resources))
    assert (
        text
        == """\
ops:
  load:
    config:
      # How many rows to read.
      # All of them if 0.
      limit: 0  # int, required
      # note: "q"  # text
      colour: RED  # one of RED, BLUE, required
      inner:
        # a: 3  # int
        b: "..."  # text, required
      pet:  # one of these
        cat:
          # meows: 1  # int
        # dog:
        #   barks: 0.0  # float, required
      # tags: ["a"]  # [text]
  # g:
  #   ops:
  #     quiet:
  #       # Loud if you wish.
  #       config:
  #         volume: 0.5  # float
# resources:
#   db:
#     config:
#       url: {"env": "TOKEN"}  # text
"""
    )
    resolved = resolve_run_config(root, yaml.safe_load(text), what="job `j`", env={})
    assert resolved.ops["load"] == Load(limit=0, colour=Colour.RED, inner=Inner(b="..."), pet=Cat())


def test_config_that_may_be_left_out_is_an_empty_mapping():
    root = graph(
        "j",
        ConfigNode(
            name="load",
            schema=as_config_field(
                {"a": int},
            ),
        ),
        ConfigNode(name="p"),
    )
    assert yaml.safe_load(render_scaffold(describe_run_config(root))) == {"ops": {"load": {"config": {"a": 0}}}}
    optional = graph("j", ConfigNode(name="quiet", schema=Quiet.config_schema_of_class()))
    assert yaml.safe_load(render_scaffold(describe_run_config(optional))) == {}
    assert yaml.safe_load(render_scaffold(describe_run_config(graph("j")))) == {}
