import dagster as dg
from observe import see

import json
import logging

# JsonLogFormatter writes one JSON object per record.

record = logging.LogRecord("n", logging.INFO, "f.py", 3, "hello %s", ("you",), None)
found = json.loads(dg.JsonLogFormatter().format(record))
see("is dict", isinstance(found, dict))
see("name", found.get("name"))
see("level", found.get("levelname"))
