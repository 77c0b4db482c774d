"""The checks of arguments that code written for Dagster imports from `dagster._check`.

Each returns the value it was given, or raises `DefinitionError`, under the names `CheckError` and `ParameterCheckError`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from os import PathLike
from typing import Any, Never, NoReturn, TypeVar

from orchestrator.errors import DefinitionError

T = TypeVar("T")

CheckError = ParameterCheckError = ElementCheckError = NotImplementedCheckError = DefinitionError


def failed(desc: str) -> NoReturn:
    """Raise: what should never happen did."""
    raise CheckError(f"check failed: {desc}")


def not_implemented(desc: str) -> NoReturn:
    """Raise: a case is not covered."""
    raise NotImplementedCheckError(f"not implemented: {desc}")


def assert_never(value: Never) -> NoReturn:
    """Raise: a value that no branch covers."""
    failed(f"unhandled value {value!r}")


def invariant(condition: T, desc: str | None = None) -> T:
    """The condition, which must be true."""
    if not condition:
        failed(desc or "an invariant does not hold")
    return condition


def param_invariant(condition: T, param_name: str, desc: str | None = None) -> T:
    """The condition on a parameter, which must be true."""
    return invariant(condition, f"parameter {param_name}: {desc or 'not valid'}")


def not_none(value: T | None, additional_message: str | None = None) -> T:
    """The value, which must not be None."""
    if value is None:
        failed(additional_message or "expected a value, got None")
    return value


def not_none_param(obj: T | None, param_name: str, additional_message: str | None = None) -> T:
    """A parameter, which must not be None."""
    return not_none(obj, additional_message or f"parameter {param_name} is None")


def inst(obj: Any, ttype: Any, additional_message: str | None = None) -> Any:
    """A value, which must be of a type."""
    return inst_param(obj, "value", ttype, additional_message)


def inst_param(obj: Any, param_name: str, ttype: Any, additional_message: str | None = None) -> Any:
    """A parameter, which must be of a type."""
    if not isinstance(obj, ttype):
        _refuse(obj, param_name, ttype, additional_message)
    return obj


def opt_inst(obj: Any, ttype: Any, additional_message: str | None = None) -> Any:
    """A value of a type, or None."""
    return None if obj is None else inst(obj, ttype, additional_message)


def opt_inst_param(obj: Any, param_name: str, ttype: Any, default: Any = None) -> Any:
    """A parameter of a type, or the default in the place of None."""
    return default if obj is None else inst_param(obj, param_name, ttype)


def class_param(obj: Any, param_name: str, additional_message: str | None = None, superclass: Any = object) -> Any:
    """A parameter, which must be a class."""
    if not isinstance(obj, type) or not issubclass(obj, superclass):
        _refuse(obj, param_name, type, additional_message)
    return obj


def literal_param(obj: Any, param_name: str, values: Sequence[object]) -> Any:
    """A parameter, which must be one of some values."""
    if obj not in values:
        failed(f"parameter {param_name} must be one of {values!r}, got {obj!r}")
    return obj


def _refuse(obj: object, name: str, kind: Any, message: str | None) -> NoReturn:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    wanted = " or ".join(getattr(one, "__name__", str(one)) for one in kinds)
    tail = f"; {message}" if message else ""
    raise ParameterCheckError(f"parameter {name} must be a {wanted}, got {obj!r:.80} ({type(obj).__name__}){tail}")


def _one(kind: Any) -> Callable[..., Any]:
    def check(obj: Any, param_name: str = "value", additional_message: str | None = None) -> Any:
        if not isinstance(obj, kind) or (kind is int and isinstance(obj, bool)):
            _refuse(obj, param_name, kind, additional_message)
        return obj

    return check


def _optional(kind: Any) -> Callable[..., Any]:
    strict = _one(kind)

    def check(obj: Any, param_name: str = "value", default: Any = None, additional_message: str | None = None) -> Any:
        return default if obj is None else strict(obj, param_name, additional_message)

    return check


def _many(kind: Any, empty: Callable[[], Any] | None = None, *, none: bool = False) -> Callable[..., Any]:
    """Checks of a collection and of all its items; None is refused, or kept, or made an empty collection."""

    def check(
        obj: Any,
        param_name: str = "value",
        of_type: Any = None,
        additional_message: str | None = None,
        *,
        key_type: Any = None,
        value_type: Any = None,
    ) -> Any:
        if obj is None and (none or empty is not None):
            return None if none or empty is None else empty()
        if not isinstance(obj, kind) or isinstance(obj, str):
            _refuse(obj, param_name, kind, additional_message)
        if isinstance(obj, Mapping):
            key_type = of_type if key_type is None else key_type
            for key, value in obj.items():
                _item(key, param_name, key_type)
                _item(value, param_name, value_type)
        else:
            for one in obj:
                _item(one, param_name, of_type)
        return obj

    return check


def _item(item: object, name: str, kind: Any) -> None:
    if kind is not None and not isinstance(item, kind):
        _refuse(item, f"item of {name}", kind, None)


bool_param, opt_bool_param = _one(bool), _optional(bool)
str_param, opt_str_param = _one(str), _optional(str)
int_param, opt_int_param = _one(int), _optional(int)
float_param, opt_float_param = _one(float), _optional(float)
numeric_param, opt_numeric_param = _one((int, float)), _optional((int, float))
callable_param, opt_callable_param = _one(Callable), _optional(Callable)
path_param, opt_path_param = _one((str, PathLike)), _optional((str, PathLike))
list_param, opt_list_param, opt_nullable_list_param = _many(list), _many(list, list), _many(list, none=True)
set_param, opt_set_param, opt_nullable_set_param = (
    _many(AbstractSet),
    _many(AbstractSet, set),
    _many(AbstractSet, none=True),
)
tuple_param, opt_tuple_param, opt_nullable_tuple_param = _many(tuple), _many(tuple, tuple), _many(tuple, none=True)
sequence_param, opt_sequence_param, opt_nullable_sequence_param = (
    _many(Sequence),
    _many(Sequence, list),
    _many(Sequence, none=True),
)
iterable_param, opt_iterable_param, opt_nullable_iterable_param = (
    _many(Iterable),
    _many(Iterable, list),
    _many(Iterable, none=True),
)
dict_param, opt_dict_param, opt_nullable_dict_param = _many(dict), _many(dict, dict), _many(dict, none=True)
mapping_param, opt_mapping_param, opt_nullable_mapping_param = (
    _many(Mapping),
    _many(Mapping, dict),
    _many(Mapping, none=True),
)
