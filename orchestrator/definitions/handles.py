"""What a handle in the body of a graph refuses: it stands for a value that is not there before a run.

Without this, `if load():` would hold silently, and `load() > 1` would fail with a word about a class that nobody wrote.
Code written for Dagster keeps what it is used to: any handle is true there, equal to itself, and what else is tried
with it is a `TypeError`.
"""

from collections.abc import Callable
from typing import Any, NoReturn

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.functions import caller_source
from orchestrator.errors import InvariantError

_IN_AN_OP = "do it in an op, and pass its output on"
_FOR_EACH = "do it in an op; or let the op give its values one by one, out=DynamicOut(), and .map(...) over them"
_BRANCH = (
    "decide in an op: it yields one of several outputs, out={...: Out(is_required=False)}, and only what takes it runs"
)


class NoValue:
    """Stands for a value that only a run has: every use of the value itself is refused."""

    __slots__ = ()

    def refusal(self, what: str, hint: str) -> InvariantError:
        """The error that the body of a graph works with a value.

        Args:
            what: what it does, with `{}` for what the handle stands for.
            hint: what to do instead.
        """
        where, thing = self.in_words()
        return InvariantError(
            f"{where} {what.format(thing)}, which has no value before it runs: a body only wires, it does not compute",
            hint=hint,
            sources=(caller_source(),),
        )

    def in_words(self) -> tuple[str, str]:
        """Whose body it belongs to, and what it stands for."""
        raise NotImplementedError

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name in ("composition", "ref", "name"):  # asked of it by Python, before it is made
            raise AttributeError(name)
        where, thing = self.in_words()
        hint = "only @op(out=DynamicOut()) has map and collect" if name in ("map", "collect") else _IN_AN_OP
        raise AttributeError(f"{where} takes `.{name}` of {thing}, which has no value before it runs\nhint: {hint}")

    def __repr__(self) -> str:
        return f"<{self.in_words()[1]}>"

    def __bool__(self) -> bool:
        if spoken().handles_are_objects:
            return True
        raise self.refusal("asks whether {} is true", _BRANCH)

    def __eq__(self, other: object) -> bool:
        if spoken().handles_are_objects or isinstance(other, NoValue):
            return self is other
        raise self.refusal("compares {}", _BRANCH)

    def __hash__(self) -> int:
        return id(self)

    def __format__(self, form: str) -> str:
        if spoken().handles_are_objects:
            return object.__format__(self, form)
        raise self.refusal("puts {} in a text", "do it in an op; to see what it stands for: {...!r}")


def _refusing(what: str, hint: str) -> Callable[..., Any]:
    def refuse(self: NoValue, *_: object) -> NoReturn:
        error = self.refusal(what, hint)
        raise TypeError(str(error)) if spoken().handles_are_objects else error

    return refuse


_REFUSED = {
    ("compares {}", _BRANCH): ("lt", "le", "gt", "ge"),
    ("computes with {}", _IN_AN_OP): (
        *("add", "sub", "mul", "truediv", "floordiv", "mod", "divmod", "pow", "matmul"),
        *("radd", "rsub", "rmul", "rtruediv", "rfloordiv", "rmod", "rdivmod", "rpow", "rmatmul"),
        *("and", "or", "xor", "lshift", "rshift", "rand", "ror", "rxor", "rlshift", "rrshift"),
        *("neg", "pos", "abs", "invert", "round"),
    ),
    ("makes a number of {}", _IN_AN_OP): ("int", "float", "complex", "index"),
    ("asks for the length of {}", _FOR_EACH): ("len",),
    ("changes {}", _IN_AN_OP): ("setitem", "delitem"),
    ("calls {}", _IN_AN_OP): ("call",),
    ("enters {}", _IN_AN_OP): ("enter", "exit"),
}
for (_what, _hint), _names in _REFUSED.items():
    for _name in _names:
        setattr(NoValue, f"__{_name}__", _refusing(_what, _hint))
