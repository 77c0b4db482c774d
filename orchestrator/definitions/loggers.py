"""Loggers: where the messages of a run go besides the run's own log."""

import logging
from collections.abc import Callable
from typing import Any, overload

from msgspec import Struct

from orchestrator.definitions.config_mapping import configured_schema
from orchestrator.definitions.config_schema import MISSING, ConfigSchema, resolve_or_raise
from orchestrator.definitions.config_types import as_config_field
from orchestrator.definitions.functions import parameters_of, unwrap
from orchestrator.errors import DefinitionError, InvariantError, InvocationError

#: Takes an `InitLoggerContext`, or nothing.
LoggerFunction = Callable[..., logging.Logger]


class InitLoggerContext(Struct, frozen=True):
    """What the function that makes a logger can know.

    Args:
        logger_config: its config.
        logger_def: the definition it is made for.
        job_def: the job that runs.
        run_id: of the run.
    """

    logger_config: Any
    logger_def: Any = None
    job_def: Any = None
    run_id: str | None = None


class UnboundInitLoggerContext:
    """A context to call a logger's function with in a test, before it is known which logger that is."""

    def __init__(self, logger_config: Any, job_def: Any) -> None:
        self.logger_config = logger_config
        self.job_def = job_def
        self.run_id = "ephemeral"

    @property
    def logger_def(self) -> "LoggerDefinition":
        """Not known yet.

        Raises:
            InvariantError: always.
        """
        raise InvariantError("this context belongs to no logger yet", hint="call a logger with it")


class LoggerDefinition:
    """A logger that messages of a run can go to.

    Args:
        logger_fn: makes the logger; takes an `InitLoggerContext`, or nothing.
        config_schema: the config it takes; anything if left out.
        description: what it is for.

    Raises:
        DefinitionError: `logger_fn` cannot be called.
        ConfigDefinitionError: `config_schema` is no schema.
    """

    def __init__(self, logger_fn: LoggerFunction, config_schema: Any = None, description: str | None = None) -> None:
        if not callable(logger_fn):
            raise DefinitionError(f"`logger_fn` of a logger must be a function, got {logger_fn!r:.60}")
        self.logger_fn = logger_fn
        self.config_schema: ConfigSchema = (
            config_schema if isinstance(config_schema, ConfigSchema) else as_config_field(config_schema)
        )
        self.description = description

    def make(self, context: InitLoggerContext) -> logging.Logger:
        """Make the logger."""
        return self.logger_fn(context) if parameters_of(unwrap(self.logger_fn)).names else self.logger_fn()

    def configured(
        self, config_or_config_fn: Any, config_schema: Any = None, description: str | None = None
    ) -> "LoggerDefinition":
        """The same logger with config, or with a function that makes its config of other config."""
        schema = configured_schema(self.config_schema, config_or_config_fn, config_schema, "a logger")
        return LoggerDefinition(self.logger_fn, schema, description or self.description)

    def __call__(self, *args: Any, **kwargs: Any) -> logging.Logger:
        """Make the logger in a test.

        Raises:
            InvocationError: no context made by `build_init_logger_context` is given.
            ConfigError: its config does not fit.
        """
        names = parameters_of(unwrap(self.logger_fn)).names
        given = (*args, *kwargs.values())
        if len(given) != min(len(names), 1) or not set(kwargs) <= set(names):
            raise InvocationError(
                f"this logger takes {f'one argument, `{names[0]}`' if names else 'no argument'}, got {len(given)}",
                hint="call it with build_init_logger_context()",
            )
        if not given:
            return self.logger_fn()
        context = UnboundInitLoggerContext(None, None) if given[0] is None else given[0]
        if not isinstance(context, UnboundInitLoggerContext):
            raise InvocationError(
                f"a logger was called with {context!r:.60}", hint="call it with build_init_logger_context()"
            )
        raw = MISSING if context.logger_config is None else context.logger_config
        config = resolve_or_raise(self.config_schema, raw, "the logger")
        return self.make(InitLoggerContext(config, self, context.job_def, context.run_id))


@overload
def logger(config_schema: LoggerFunction) -> LoggerDefinition: ...


@overload
def logger(
    config_schema: Any = None, description: str | None = None
) -> Callable[[LoggerFunction], LoggerDefinition]: ...


def logger(
    config_schema: Any = None, description: str | None = None
) -> LoggerDefinition | Callable[[LoggerFunction], LoggerDefinition]:
    """Make a logger of a function that takes an `InitLoggerContext`; used as a decorator, with or without arguments.

    Args:
        config_schema: the config it takes.
        description: what it is for.
    """
    if callable(config_schema) and not isinstance(config_schema, type):
        return LoggerDefinition(config_schema)
    return lambda function: LoggerDefinition(function, config_schema, description)


def build_init_logger_context(logger_config: Any = None, job_def: Any = None) -> UnboundInitLoggerContext:
    """A context to call a logger's function with in a test.

    Args:
        logger_config: the config of the logger.
        job_def: the job that would run.
    """
    return UnboundInitLoggerContext(logger_config, job_def)
