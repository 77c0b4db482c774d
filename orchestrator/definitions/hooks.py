"""Hooks: functions that are called when a step has ended."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, overload

from msgspec import Struct
from msgspec.structs import force_setattr

from orchestrator.definitions.functions import parameters_of, unwrap
from orchestrator.definitions.names import check_name
from orchestrator.errors import DefinitionError, HookError, InvariantError, InvocationError, MissingResourceError

#: Takes the context and the events of the step.
HookFunction = Callable[..., "HookExecutionResult"]


class HookExecutionResult(Struct, frozen=True):
    """What a hook did.

    Args:
        hook_name: the hook.
        is_skipped: whether it found that there was nothing for it to do.
    """

    hook_name: str
    is_skipped: bool | None = None

    def __post_init__(self) -> None:
        if self.is_skipped is None:
            force_setattr(self, "is_skipped", False)  # noqa: FBT003  the value, not a flag


class HookDefinition:
    """A function that is called when a step has ended, and when.

    Args:
        name: shown in events and messages.
        hook_fn: takes the context and the events of the step, and returns a `HookExecutionResult`.
        required_resource_keys: the resources it finds in `context.resources`.
        decorated_fn: the function a user wrote, for calling it in a test.
        after: True calls it only after a step that succeeded, False only after one that failed, None after any.

    Raises:
        DefinitionError: the name is not valid, or `hook_fn` cannot be called.
    """

    def __init__(
        self,
        *,
        name: str,
        hook_fn: HookFunction,
        required_resource_keys: AbstractSet[str] | None = None,
        decorated_fn: Callable[..., Any] | None = None,
        after: bool | None = None,
    ) -> None:
        if not callable(hook_fn):
            raise DefinitionError(f"`hook_fn` of hook `{name}` must be a function, got {hook_fn!r:.60}")
        self.name = check_name(name, "name of a hook")
        self.hook_fn = hook_fn
        self.required_resource_keys = frozenset(required_resource_keys or ())
        self.decorated_fn = decorated_fn
        self.after = after

    def run(self, context: Any, events: Sequence[Any], *, succeeded: bool) -> HookExecutionResult:
        """Call the hook for a step that has ended, if it is meant for such an end.

        Args:
            context: a `HookContext` made for this hook.
            events: of the step.
            succeeded: how the step ended.

        Raises:
            HookError: the function raised; the cause is what it raised.
            InvariantError: the function returned something else than a `HookExecutionResult`.
        """
        if self.after is not None and self.after is not succeeded:
            return HookExecutionResult(self.name, is_skipped=True)
        try:
            result: object = self.hook_fn(context, events)
        except Exception as error:
            raise HookError(f"hook `{self.name}` raised {type(error).__name__}: {error}") from error
        if not isinstance(result, HookExecutionResult):
            raise InvariantError(
                f"hook `{self.name}` returned {result!r:.60}", hint="return HookExecutionResult(hook_name=...)"
            )
        return result

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Attach the hook to a job, or call its function with a context made by `build_hook_context`.

        Raises:
            InvocationError: neither a job nor a fitting context is given.
            MissingResourceError: the context lacks a resource the hook requires.
        """
        if len(args) == 1 and not kwargs and hasattr(args[0], "with_hooks"):
            return args[0].with_hooks({self})
        if self.decorated_fn is None:
            raise InvocationError(
                f"hook `{self.name}` cannot be called", hint="make it with @success_hook, @failure_hook"
            )
        names = parameters_of(unwrap(self.decorated_fn)).names[: 1 if self.after is not None else 2]
        given = dict(zip(names, args, strict=False)) | kwargs
        if len(args) > len(names) or set(given) != set(names):
            raise InvocationError(
                f"hook `{self.name}` takes {' and '.join(f'`{name}`' for name in names)}, "
                f"got {len(args) + len(kwargs)} arguments"
            )
        given[names[0]] = self._bound(given[names[0]])
        return self.decorated_fn(*(given[name] for name in names))

    def _bound(self, context: Any) -> Any:
        """A context made for this hook, of one that was built without knowing it."""
        if context is None:
            return None
        bind = getattr(context, "for_hook", None)
        if bind is None:
            raise InvocationError(
                f"hook `{self.name}` was called with {context!r:.60}", hint="call it with build_hook_context(...)"
            )
        for key in sorted(self.required_resource_keys):
            if key not in context.resource_keys:
                raise MissingResourceError(
                    f"hook `{self.name}` requires resource `{key}`, which the context does not have",
                    hint=f"build_hook_context(resources={{{key!r}: ...}})",
                )
        return bind(self)

    def __repr__(self) -> str:
        return f"HookDefinition({self.name!r})"


@overload
def success_hook(hook_fn: Callable[..., Any]) -> HookDefinition: ...


@overload
def success_hook(
    hook_fn: None = None, *, name: str | None = None, required_resource_keys: AbstractSet[str] | None = None
) -> Callable[[Callable[..., Any]], HookDefinition]: ...


def success_hook(
    hook_fn: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    required_resource_keys: AbstractSet[str] | None = None,
) -> HookDefinition | Callable[[Callable[..., Any]], HookDefinition]:
    """Make a hook of a function that is called after each step that succeeded.

    Args:
        hook_fn: takes the context.
        name: of the hook, if it shall not be the function's.
        required_resource_keys: the resources it finds in `context.resources`.

    Raises:
        DefinitionError: the function has no parameter `context`, or the name is not valid.
    """
    if hook_fn is not None:
        return _on_end(hook_fn, name, required_resource_keys, after=True)
    return lambda function: _on_end(function, name, required_resource_keys, after=True)


@overload
def failure_hook(name: Callable[..., Any]) -> HookDefinition: ...


@overload
def failure_hook(
    name: str | None = None, required_resource_keys: AbstractSet[str] | None = None
) -> Callable[[Callable[..., Any]], HookDefinition]: ...


def failure_hook(
    name: str | Callable[..., Any] | None = None, required_resource_keys: AbstractSet[str] | None = None
) -> HookDefinition | Callable[[Callable[..., Any]], HookDefinition]:
    """Make a hook of a function that is called after each step that failed.

    Args:
        name: of the hook, if it shall not be the function's.
        required_resource_keys: the resources it finds in `context.resources`.

    Raises:
        DefinitionError: the function has no parameter `context`, or the name is not valid.
    """
    if callable(name):
        return _on_end(name, None, required_resource_keys, after=False)
    return lambda function: _on_end(function, name, required_resource_keys, after=False)


@overload
def event_list_hook(hook_fn: HookFunction) -> HookDefinition: ...


@overload
def event_list_hook(
    hook_fn: None = None, *, name: str | None = None, required_resource_keys: AbstractSet[str] | None = None
) -> Callable[[HookFunction], HookDefinition]: ...


def event_list_hook(
    hook_fn: HookFunction | None = None,
    *,
    name: str | None = None,
    required_resource_keys: AbstractSet[str] | None = None,
) -> HookDefinition | Callable[[HookFunction], HookDefinition]:
    """Make a hook of a function that is called after every step and finds out itself what there is to do.

    Args:
        hook_fn: takes the context and the events of the step, and returns a `HookExecutionResult`.
        name: of the hook, if it shall not be the function's.
        required_resource_keys: the resources it finds in `context.resources`.

    Raises:
        DefinitionError: the function lacks one of the two parameters, or the name is not valid.
    """

    def decorate(function: HookFunction) -> HookDefinition:
        _require_parameters(function, "event_list")
        return HookDefinition(
            name=name or _name_of(function),
            hook_fn=function,
            required_resource_keys=required_resource_keys,
            decorated_fn=function,
        )

    return decorate if hook_fn is None else decorate(hook_fn)


def _on_end(
    function: Callable[..., Any], name: str | None, required_resource_keys: AbstractSet[str] | None, *, after: bool
) -> HookDefinition:
    _require_parameters(function)
    chosen = name or _name_of(function)

    def hook_fn(context: Any, _: Sequence[Any]) -> HookExecutionResult:
        function(context)
        return HookExecutionResult(chosen, is_skipped=False)

    return HookDefinition(
        name=chosen,
        hook_fn=hook_fn,
        required_resource_keys=required_resource_keys,
        decorated_fn=function,
        after=after,
    )


def _name_of(function: Callable[..., Any]) -> str:
    name: str = getattr(function, "__name__", type(function).__name__)
    return name


def _require_parameters(function: Callable[..., Any], *more: str) -> None:
    names = parameters_of(unwrap(function)).names
    fits = bool(names) and (names[0] == "context" or names[0].startswith("_"))
    if not fits or names[1 : 1 + len(more)] != more:
        wanted = ("context", *more)
        raise DefinitionError(
            f"hook `{_name_of(function)}` must take {' and '.join(f'`{name}`' for name in wanted)}",
            hint=f"def {_name_of(function)}({', '.join(wanted)}): ...",
        )
