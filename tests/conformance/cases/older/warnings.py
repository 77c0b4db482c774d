import dagster as dg
from observe import see

# The classes of warnings.

for name in ["BetaWarning", "PreviewWarning", "SupersessionWarning", "ConfigArgumentWarning"]:
    see(
        name,
        [
            issubclass(getattr(dg, name), Warning),
            issubclass(getattr(dg, name), UserWarning),
            issubclass(getattr(dg, name), FutureWarning),
            issubclass(getattr(dg, name), DeprecationWarning),
            issubclass(getattr(dg, name), SyntaxWarning),
        ],
    )
