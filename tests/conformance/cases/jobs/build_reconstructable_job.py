import dagster as dg
from observe import see

# build_reconstructable_job names a factory and its arguments.

see("callable", callable(dg.build_reconstructable_job))
