import dagster as dg
from observe import see

from collections import OrderedDict

# Metadata that names a Python object.

value = dg.MetadataValue.python_artifact(OrderedDict)
see("class", type(value).__name__)
see("module and name", [value.module, value.name])
