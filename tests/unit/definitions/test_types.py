"""Types: what an annotation asks for, what passes, what a failure says."""

import collections.abc as cabc
import typing as t

import pytest

import orchestrator as dg
from orchestrator.definitions import types
from orchestrator.definitions.runtime_types import ANY, NOTHING, Form
from orchestrator.definitions.types import check_names, declared_type, type_of
from orchestrator.errors import DefinitionError, InvariantError, TypeCheckFunctionError


class Animal: ...


class Dog(Animal): ...


class Shape(t.Protocol):
    def area(self) -> float: ...


class Row(t.TypedDict):
    a: int


@pytest.fixture(autouse=True)
def _registered_classes_end_with_the_test() -> t.Iterator[None]:
    before = dict(types._registered)
    yield
    types._registered.clear()
    types._registered.update(before)
    types._known.clear()
    types._known.update(types._BUILT_IN | types._registered)


@pytest.mark.parametrize(
    ("annotation", "name", "good", "bad"),
    [
        (int, "Int", [1, True], [1.5, "a", None]),
        (float, "Float", [1.5], [1, "a"]),
        (str, "String", ["a"], [1, b"a"]),
        (bool, "Bool", [True], [1, None]),
        (bytes, "bytes", [b"x"], ["x"]),
        (Animal, "Animal", [Animal(), Dog()], [1, Animal]),
        (list, "[Any]", [[], [1, "a"]], [(), {}]),
        (dict, "dict", [{}, {1: 2}], [[]]),
        (tuple, "tuple", [(), (1,)], [[]]),
        (list[int], "[Int]", [[], [1]], [["a"], [None], (1,), 1]),
        (t.List[int], "[Int]", [[1]], [(1,)]),  # noqa: UP006
        (cabc.Sequence[int], "[Int]", [[1]], [(1,), "a"]),
        (dict[str, int], "Dict[String,Int]", [{}, {"a": 1}], [{1: 1}, {"a": "b"}, []]),
        (cabc.Mapping[str, int], "Dict[String,Int]", [{"a": 1}], [{"a": "b"}]),
        (t.Mapping, "dict", [{1: 2}], [[]]),
        (set[int], "Set[Int]", [set(), {1}], [{"a"}, [1]]),
        (tuple[int, str], "Tuple[Int,String]", [(1, "a")], [(1,), (1, 2), [1, "a"]]),
        (tuple[int, ...], "Tuple[Int,...]", [(), (1, 2)], [(1, "a"), [1]]),
        (tuple[()], "Tuple[]", [()], [(1,)]),
        (t.Optional[int], "Int?", [None, 1], ["a"]),  # noqa: UP045
        (int | None, "Int?", [None, 1], ["a"]),
        (list[Animal | None], "[Animal?]", [[None, Dog()]], [[1]]),
        (int | str, "Union[Int,String]", [1, "a"], [1.5, None]),
        (int | str | None, "Union[Int,String]?", [1, "a", None], [1.5]),
        (list[dict[str, int]], "[Dict[String,Int]]", [[{"a": 1}]], [[{"a": "b"}]]),
        (t.Annotated[int, "metres"], "Int", [1], ["a"]),
        (t.Annotated[int, []], "Int", [1], ["a"]),
        (t.NewType("Metres", int), "Int", [1], ["a"]),
        (dg.Output[int], "Int", [1], ["a"]),
        (dg.MaterializeResult[int], "Int", [1], ["a"]),
        (list[dg.DynamicOutput[int]], "Int", [1], [[1]]),
        (t.Optional[dg.Output[int]], "Int?", [None], ["a"]),  # noqa: UP045
        (None, "Nothing", [None], [0, ""]),
        (dg.Nothing, "Nothing", [None], [1]),
        (dg.ObserveResult, "Nothing", [None], [1]),
    ],
)
def test_what_passes(annotation: object, name: str, good: list[object], bad: list[object]) -> None:
    wanted = type_of(annotation, "input `a`")
    assert wanted.name == wanted.display_name == wanted.unique_name == name
    assert [value for value in good if not wanted.check(None, value).success] == []
    assert [value for value in bad if wanted.check(None, value).success] == []


@pytest.mark.parametrize(
    "annotation",
    [
        t.Any, dg.Output, dg.MaterializeResult, dg.DynamicOutput, list[dg.DynamicOutput[t.Any]], "Unresolvable",
        t.ForwardRef("Animal"), t.TypeVar("T"), t.Callable[[int], int], t.Iterator[int], t.Literal["a"], type[Animal],
        frozenset[int], Shape, Row, t.Union[int, t.Any],  # noqa: UP007
    ],
)  # fmt: skip
def test_what_cannot_be_checked_asks_for_anything(annotation: object) -> None:
    assert type_of(annotation, "input `a`") is ANY


def test_what_is_no_type_is_an_error_that_says_where() -> None:
    with pytest.raises(DefinitionError, match=r"input `a` of op `x` has the type 5"):
        type_of(5, "input `a` of op `x`")


def test_text_is_no_declared_type() -> None:
    assert declared_type(int, "an In").name == "Int"
    with pytest.raises(DefinitionError, match="an In has the type 'int', which is text"):
        declared_type("int", "an In")


def test_a_type_tells_what_it_is_made_of() -> None:
    made = type_of(dict[str, list[int] | None], "a")
    assert made.form is Form.DICT
    assert [part.name for part in made.parts] == ["String", "[Int]?"]
    assert (made.parts[1].form, made.parts[1].parts[0].form) == (Form.OPTIONAL, Form.LIST)
    assert (ANY.form, ANY.parts) == (Form.PLAIN, ())


@pytest.mark.parametrize(
    ("annotation", "loadable"),
    [
        (int, True), (t.Any, True), (dict, True), (list, True), (list[int], True), (set[int], True), (int | None, True),
        (tuple[int, str], True), (dict[str, list[int]], True), (set, False), (tuple, False), (Animal, False),
        (list[Animal], False), (None, False), (int | str, False),
    ],
)  # fmt: skip
def test_which_values_run_config_can_give(annotation: object, loadable: bool) -> None:
    assert type_of(annotation, "a").loadable is loadable


def test_a_loader() -> None:
    @dg.runtime_type_loader({"stop": int}, required_resource_keys={"r"})
    def numbers(context: object, config: dict[str, int]) -> list[int]:
        return list(range(config["stop"]))

    assert isinstance(numbers, dg.RuntimeTypeLoader)
    assert (numbers.config_schema, numbers.required_resource_keys) == ({"stop": int}, frozenset({"r"}))
    loaded = dg.PythonObjectType(list, loader=numbers)
    assert loaded.loader is numbers
    assert loaded.loadable
    assert numbers.function(None, {"stop": 2}) == [0, 1]
    with pytest.raises(DefinitionError, match="`loader` of type `X` is 5"):
        dg.RuntimeType(lambda _, __: True, name="X", loader=5)  # type: ignore[arg-type]


def test_types_are_made_once() -> None:
    assert type_of(list[int], "a") is type_of(list[int], "b")
    assert type_of(Animal, "a") is type_of(Animal, "b")
    assert ANY.is_any
    assert not ANY.is_nothing
    assert NOTHING.is_nothing


@pytest.mark.parametrize(
    ("annotation", "value", "words"),
    [
        (int, "a", "expected Int, got 'a' (str)"),
        (Animal, 1, "expected Animal, got 1 (int)"),
        (list[int], [1, "a"], "item 1: expected Int, got 'a' (str)"),
        (list[list[int]], [[], ["a"]], "item 1: item 0: expected Int, got 'a' (str)"),
        (dict[str, int], {"x": "a"}, "item 'x': expected Int, got 'a' (str)"),
        (dict[str, int], {1: 1}, "key: expected String, got 1 (int)"),
        (set[int], {"a"}, "an item: expected Int, got 'a' (str)"),
        (tuple[int, str], (1,), "expected a tuple of 2, got (1,) (tuple)"),
        (int | str, 1.5, "expected Union[Int,String], got 1.5 (float)"),
        (None, 1, "expected no value, got 1 (int)"),
    ],
)
def test_a_failure_says_what_was_expected_and_what_came(annotation: object, value: object, words: str) -> None:
    assert type_of(annotation, "a").check(None, value).description == words


def test_a_value_that_cannot_show_itself_does_not_hide_the_message() -> None:
    class Shy:
        def __repr__(self) -> str:
            raise RuntimeError("no")

    assert type_of(int, "a").check(None, Shy()).description == "expected Int, got a Shy"


@pytest.mark.parametrize(
    ("annotation", "python"),
    [(list[int], t.List[int]), (dict[str, int], t.Dict[str, int]), (int, int), (Animal, Animal), (t.Any, t.Any)],  # noqa: UP006
)
def test_the_python_type_is_known_to_io_managers(annotation: object, python: object) -> None:
    assert type_of(annotation, "a").typing_type == python


def test_a_type_of_ones_own() -> None:
    even = dg.RuntimeType(
        lambda _, value: dg.TypeCheck(success=value % 2 == 0, description="is odd", metadata={"rest": value % 2}),
        name="Even",
        description="even numbers",
        typing_type=int,
        metadata={"unit": "1"},
    )
    assert type_of(even, "a") is even
    assert even.check(None, 2).success
    failed = even.check(None, 3)
    assert (failed.success, failed.description) == (False, "is odd")
    assert failed.metadata == {"rest": dg.MetadataValue.int(1)}
    assert even.metadata == {"unit": dg.MetadataValue.text("1")}
    listed = type_of(list[even], "a")  # type: ignore[valid-type]
    assert listed.name == "[Even]"
    assert listed.check(None, [2, 3]).description == "item 1: is odd"


def test_the_checking_function_sees_the_context() -> None:
    seen: list[object] = []

    def check(context: object, value: object) -> bool:
        seen.append((context, value))
        return True

    dg.RuntimeType(check, name="X").check("the context", 5)
    assert seen == [("the context", 5)]


def test_a_checking_function_that_raises() -> None:
    broken = dg.RuntimeType(lambda _, value: bool(1 / value), name="Broken")
    with pytest.raises(TypeCheckFunctionError, match="`Broken` raised ZeroDivisionError") as caught:
        broken.check(None, 0)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    with pytest.raises(ZeroDivisionError):
        dg.check_runtime_type(broken, 0)


@pytest.mark.parametrize("nonsense", [None, 1, "yes"])
def test_a_checking_function_that_returns_no_verdict(nonsense: t.Any) -> None:
    with pytest.raises(InvariantError, match="`X` returned"):
        dg.RuntimeType(lambda _, __: nonsense, name="X").check(None, 0)


def test_what_makes_no_type() -> None:
    with pytest.raises(DefinitionError, match="needs a name"):
        dg.RuntimeType(lambda _, __: True)
    with pytest.raises(DefinitionError, match="must be a function"):
        dg.RuntimeType(5, name="x")  # type: ignore[arg-type]
    with pytest.raises(DefinitionError, match="class or a tuple of classes"):
        dg.PythonObjectType(5)  # type: ignore[arg-type]
    with pytest.raises(DefinitionError, match="`success`"):
        dg.TypeCheck(success=1)  # type: ignore[arg-type]


def test_the_type_of_several_classes() -> None:
    either = dg.PythonObjectType((int, str))
    assert either.name == "Union[int, str]"
    assert either.check(None, "a").success
    assert either.check(None, 1.5).description == "expected int or str, got 1.5 (float)"
    assert dg.PythonObjectType((int, str), name="Id").name == "Id"


def test_a_class_can_have_a_type_of_its_own() -> None:
    assert type_of(list[Animal], "a").name == "[Animal]"  # known before it is registered
    dg.make_python_type_usable_as_runtime_type(Animal, dg.RuntimeType(lambda _, v: v == "rex", name="Pet"))
    assert type_of(Animal, "a").name == "Pet"
    assert type_of(list[Animal], "a").check(None, ["rex"]).success
    assert type_of(Dog, "a").name == "Dog"  # not inherited
    for taken in (Animal, int):
        with pytest.raises(DefinitionError, match="has a type already"):
            dg.make_python_type_usable_as_runtime_type(taken, ANY)


def test_a_decorated_class() -> None:
    @dg.usable_as_runtime_type
    class Plain: ...

    @dg.usable_as_runtime_type(name="Named", description="with words")
    class Other: ...

    assert type_of(Plain, "a").name == "Plain"
    named = type_of(Other, "a")
    assert (named.name, named.description) == ("Named", "with words")
    assert named.check(None, Other()).success
    assert not named.check(None, Plain()).success


def test_types_of_one_name() -> None:
    first, second = (dg.RuntimeType(lambda _, __: True, name="Same") for _ in range(2))
    other = type("Animal", (), {})
    check_names([first, first, type_of(Animal, "a"), type_of(other, "a"), type_of(list[first], "a")], "job `j`")  # type: ignore[valid-type]
    for types_used in ([first, second], [first, type_of(list[second], "a")]):  # type: ignore[valid-type]
        with pytest.raises(DefinitionError, match="job `j` uses two different types called `Same`"):
            check_names(types_used, "job `j`")


def test_the_resources_of_a_type_are_the_op_s() -> None:
    kind = dg.RuntimeType(lambda context, value: value in context.resources.r, name="K", required_resource_keys={"r"})
    assert type_of(list[kind], "a").all_resource_keys == {"r"}  # type: ignore[valid-type]

    @dg.op(out=dg.Out(kind))
    def known(value):
        return value

    assert known.required_resource_keys == {"r"}
    assert known(dg.build_op_context(resources={"r": [1]}), 1) == 1


def test_an_input_that_only_waits_has_no_default() -> None:
    with pytest.raises(DefinitionError, match="default value 1"):
        dg.In(dg.Nothing, default_value=1)


def test_checking_a_value_in_a_test() -> None:
    assert dg.check_runtime_type(int, 1).success
    assert not dg.check_runtime_type(list[int], ["a"]).success
    assert dg.check_runtime_type(None, 1).success
