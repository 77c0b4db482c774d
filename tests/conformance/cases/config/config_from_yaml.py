import dagster as dg
from observe import fails, see

from pathlib import Path

# Run config from YAML.

see("strings", dg.config_from_yaml_strings(["a: {b: 1}", "a: {c: 2}\nd: [1]"]))
Path("one.yaml").write_text("ops:\n  bake:\n    config: 3\n")
Path("two.yaml").write_text("ops:\n  brew:\n    config: 4\n")
see("files", dg.config_from_files(["one.yaml", "two.yaml"]))
see("glob", dg.config_from_files(["*.yaml"]))
with fails("missing file"):
    dg.config_from_files(["three.yaml"])
with fails("bad yaml"):
    dg.config_from_yaml_strings(["a: ["])
with fails("merge of scalars"):
    see("later", dg.config_from_yaml_strings(["a: 1", "a: 2"]))
see("relative", Path(dg.file_relative_path(__file__, "x.yaml")).name)
