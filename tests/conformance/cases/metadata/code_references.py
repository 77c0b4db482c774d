import dagster as dg
from observe import see

# Code references attached to definitions.


@dg.asset
def a(): ...


(with_refs,) = dg.with_source_code_references([a])
found = with_refs.metadata_by_key[a.key]["dagster/code_references"]
see("class", type(found).__name__)
reference = found.code_references[0]
see(
    "reference",
    [
        type(reference).__name__,
        reference.file_path.endswith("code_references.py"),
        isinstance(reference.line_number, int),
    ],
)
see(
    "local",
    [
        dg.LocalFileCodeReference(file_path="/a.py", line_number=3).file_path,
        dg.LocalFileCodeReference(file_path="/a.py").label,
    ],
)
see("url", dg.UrlCodeReference(url="http://x").url)
(linked,) = dg.link_code_references_to_git(
    [with_refs],
    git_url="https://github.com/me/repo",
    git_branch="main",
    file_path_mapping=dg.AnchorBasedFilePathMapping(
        local_file_anchor=__import__("pathlib").Path(__file__).parent, file_anchor_path_in_repository="src"
    ),
)
url = linked.metadata_by_key[a.key]["dagster/code_references"].code_references[0]
see("linked", [type(url).__name__, url.url.split("#")[0]])
