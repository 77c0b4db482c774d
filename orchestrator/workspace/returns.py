"""What the source of a function says about its results, where the annotation says nothing."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from orchestrator.definitions.functions import unwrap

if TYPE_CHECKING:
    import ast

_GENERATOR, _ASYNC_GENERATOR = 0x20, 0x200


class ReturnReader:
    """Reads the source of functions; each file is parsed at most once."""

    def __init__(self) -> None:
        self._functions: dict[str, dict[int, ast.AST]] = {}

    def returns_no_value(self, function: Callable[..., Any]) -> bool:
        """Whether all a function returns or yields are `MaterializeResult(...)` without `value=`."""
        code = getattr(unwrap(function), "__code__", None)
        # the name of the class must stand in the code: no source is read for other functions
        if code is None or "MaterializeResult" not in code.co_names:
            return False
        if code.co_filename not in self._functions:
            self._functions[code.co_filename] = _functions_by_line(code.co_filename)
        node = self._functions[code.co_filename].get(code.co_firstlineno)
        if node is None:
            return False
        # the bare `return` of a generator is no result
        is_generator = bool(code.co_flags & (_GENERATOR | _ASYNC_GENERATOR))
        made = [result for result in _results(node) if result is not None or not is_generator]
        return bool(made) and all(_is_valueless(result) for result in made)


def _functions_by_line(filename: str) -> "dict[int, ast.AST]":
    import ast  # noqa: PLC0415  only where a function names MaterializeResult
    import linecache  # noqa: PLC0415

    try:
        tree = ast.parse("".join(linecache.getlines(filename)))
    except (SyntaxError, ValueError, RecursionError):  # not the text that was compiled: nothing can be said
        return {}
    return {
        min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]): node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def _results(function: "ast.AST") -> "Iterator[ast.expr | None]":
    """What a function returns and yields, not counting functions inside it."""
    import ast  # noqa: PLC0415  loaded already by the caller

    pending = list(ast.iter_child_nodes(function))
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            continue
        if isinstance(node, ast.Return | ast.Yield | ast.YieldFrom):
            yield node.value
        pending.extend(ast.iter_child_nodes(node))


def _is_valueless(expression: "ast.expr | None") -> bool:
    import ast  # noqa: PLC0415  loaded already by the caller

    if not isinstance(expression, ast.Call):
        return False
    called = expression.func
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    # `**options` has no name and may hold a value
    return name == "MaterializeResult" and all(word.arg not in ("value", None) for word in expression.keywords)
