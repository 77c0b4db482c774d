import dagster as dg
import warnings

from observe import see

# Programs silence warnings by their names.

for warning in (dg.PreviewWarning, dg.BetaWarning, dg.SupersessionWarning, dg.ConfigArgumentWarning):
    warnings.filterwarnings("ignore", category=warning)
    see(warning.__name__, [base.__name__ for base in warning.__mro__])

with warnings.catch_warnings(record=True) as found:
    warnings.simplefilter("always")
    warnings.warn("text", dg.BetaWarning, stacklevel=1)
see("given", [item.category.__name__ for item in found])
