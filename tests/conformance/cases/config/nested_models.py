import dagster as dg
from typing import Literal, Optional, Union

from observe import fails, see
from pydantic import Field, field_validator

# Classes within classes, discriminated by a field, with validators and defaults.


class Cat(dg.Config):
    kind: Literal["cat"] = "cat"
    lives: int = 9


class Dog(dg.Config):
    kind: Literal["dog"] = "dog"
    name: str


class Address(dg.Config):
    street: str
    number: int = Field(default=1, ge=1, le=500, description="house number")


class Person(dg.Config):
    name: str
    address: Address
    pet: Union[Cat, Dog] = Field(discriminator="kind")
    tags: list[str] = []
    scores: dict[str, float] = {}
    other: Optional[Address] = None

    @field_validator("name")
    @classmethod
    def not_empty(cls, value):
        if not value.strip():
            raise ValueError("empty name")
        return value.title()


@dg.op
def greet(config: Person):
    return [
        config.name,
        config.address.street,
        config.address.number,
        type(config.pet).__name__,
        config.tags,
        config.scores,
        config.other.street if config.other else None,
    ]


@dg.job
def j():
    greet()


def run(label, config):
    with fails(f"{label} raises"):
        see(label, j.execute_in_process({"ops": {"greet": {"config": config}}}).output_for_node("greet"))


base = {"name": "ann", "address": {"street": "s"}}
run("cat", {**base, "pet": {"cat": {}}})
run("dog", {**base, "pet": {"dog": {"name": "rex"}}, "scores": {"a": 1}})
run("dog without name", {**base, "pet": {"dog": {}}})
run("unknown pet", {**base, "pet": {"bird": {}}})
run("pydantic form", {**base, "pet": {"kind": "cat"}})
run("both pets", {**base, "pet": {"cat": {}, "dog": {"name": "x"}}})
run("no pet", base)
run("number too big", {"name": "x", "address": {"street": "s", "number": 501}, "pet": {"cat": {}}})
run("empty name", {"name": " ", "address": {"street": "s"}, "pet": {"cat": {}}})
run("other", {**base, "pet": {"cat": {"lives": 1}}, "other": {"street": "t"}})
run("other none", {**base, "pet": {"cat": {}}, "other": None})
run("unknown nested", {"name": "x", "address": {"street": "s", "zip": 1}, "pet": {"cat": {}}})
see(
    "by object",
    j.execute_in_process(
        dg.RunConfig(ops={"greet": Person(name="bob", address=Address(street="a"), pet=Dog(name="d"), tags=["x"])})
    ).output_for_node("greet"),
)
see("as dict", dg.RunConfig(ops={"greet": Person(name="bob", address=Address(street="a"), pet=Cat())}).to_config_dict())
