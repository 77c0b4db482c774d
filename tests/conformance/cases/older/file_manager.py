import dagster as dg
from observe import see

# The local file manager.


@dg.op(required_resource_keys={"files"})
def work(context):
    handle = context.resources.files.write_data(b"hello", ext="txt")
    see("class", type(handle).__name__)
    see("ends", handle.path_desc.endswith(".txt"))
    see("is handle", [isinstance(handle, dg.FileHandle), isinstance(handle, dg.LocalFileHandle)])
    with context.resources.files.read(handle, "rb") as stream:
        see("stream", stream.read().decode())
    return context.resources.files.read_data(handle).decode()


@dg.job(resource_defs={"files": dg.local_file_manager.configured({"base_dir": "files"})})
def j():
    work()


see("value", j.execute_in_process().output_for_node("work"))
see("path", dg.LocalFileHandle("/a/b").path)
