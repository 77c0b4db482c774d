import dagster as dg
from observe import see
from pathlib import Path

# Names that stand for values of metadata, of data versions and of schemas.

see("a schema is a type to annotate with", isinstance(dg.ConfigSchema, type))


def of_schema(schema: dg.ConfigSchema) -> dg.ConfigSchema:
    return schema


see("passed on", of_schema({"a": int}) == {"a": int})

local = dg.LocalFileCodeReference(file_path="/a/b.py", line_number=3, label="here")
url = dg.UrlCodeReference(url="https://example.com/b.py", label="there")
value = dg.CodeReferencesMetadataValue(code_references=[local, url])
see("references", [[type(item).__name__, item.label] for item in value.code_references])
see("the value of references", value.value is value)
see("a kind of metadata", isinstance(value, dg.MetadataValue))


class Upper(dg.FilePathMapping):
    def convert_to_source_control_path(self, local_path):
        return f"up/{local_path.name}"


see("own mapping", Upper().convert_to_source_control_path(Path("/a/b.py")))
see("a mapping is a class to build on", issubclass(dg.AnchorBasedFilePathMapping, dg.FilePathMapping))


@dg.asset(code_version="1")
def first():
    return 1


@dg.asset(code_version="2")
def second(first):
    return first


with dg.DagsterInstance.ephemeral() as instance:
    dg.materialize([first, second], instance=instance)
    found = instance.get_latest_data_version_record(dg.AssetKey("second"))
provenance = dg.DataProvenance(
    code_version="2",
    input_data_versions={dg.AssetKey("first"): dg.DataVersion("x")},
    input_storage_ids={dg.AssetKey("first"): 7},
    is_user_provided=True,
)
see("provenance", [provenance.code_version, provenance.input_data_versions[dg.AssetKey("first")].value])
see("rest of it", [provenance.is_user_provided, provenance.input_storage_ids[dg.AssetKey("first")]])
