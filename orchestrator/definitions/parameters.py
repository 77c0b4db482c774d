"""Parameters of the public API that are not there: refused by name, never ignored."""

from collections.abc import Iterable, Mapping

from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import SourceRef, UnsupportedParameterError

#: Parameters that users of Dagster know and that orch does not serve yet.
NOT_YET = frozenset(
    {
        "asset_checks", "auto_materialize_policy", "automation_condition", "backfill_policy", "check_specs",         "execution_type", "freshness_policy", "is_virtual",
        "legacy_freshness_policy", "partition_key", "partition_mapping",
        "partitions_def",
    }
)  # fmt: skip


def refuse_parameters(
    refused: Mapping[str, object], where: str, known: Iterable[str], source: SourceRef | None = None
) -> None:
    """Raise if any parameter was given that `where` does not take.

    A parameter given as None is as good as not given, if orch knows of it.

    Raises:
        UnsupportedParameterError: names the parameter and, if it is misspelt, the nearest one.
    """
    for name, value in refused.items():
        sources = () if source is None else (source,)
        if name not in NOT_YET:
            raise UnsupportedParameterError(
                f"{where} takes no parameter `{name}`", hint=did_you_mean(name, known), sources=sources
            )
        if value is not None:
            raise UnsupportedParameterError(
                f"parameter `{name}` of {where} is not supported yet",
                hint="remove it to go on without what it does",
                sources=sources,
            )
