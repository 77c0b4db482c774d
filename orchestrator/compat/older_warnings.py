"""Warnings of Dagster that programs name to silence them. orch never gives one."""


class SupersessionWarning(FutureWarning):
    """Something has a better successor."""


class PreviewWarning(Warning):
    """Something is new and may change."""


class BetaWarning(Warning):
    """Something may still change."""


class ConfigArgumentWarning(SyntaxWarning):
    """A parameter is called `config` without being one."""
