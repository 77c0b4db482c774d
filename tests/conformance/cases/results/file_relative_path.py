import dagster as dg
from observe import see

import os

# file_relative_path stands beside the file.

see("path", os.path.basename(dg.file_relative_path(__file__, "data/x.csv")))
see("folder", os.path.basename(os.path.dirname(dg.file_relative_path(__file__, "data/x.csv"))))
