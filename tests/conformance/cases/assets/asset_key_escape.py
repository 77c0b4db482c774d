import dagster as dg
from observe import see

# Keys with a slash inside a part.

DIFFERS = {
    "path": "a key has no part that holds `/`, in both modes",
    "escaped": "a key has no part that holds `/`, in both modes",
}

key = dg.AssetKey(["a/b", "c"])
see("path", key.path)
see("user string", key.to_user_string())
see("back", dg.AssetKey.from_user_string(key.to_user_string()).path)
see("backslash", dg.AssetKey(["a\\b"]).to_user_string())
see(
    "escaped",
    dg.AssetKey.from_escaped_user_string("a\\/b/c").path if hasattr(dg.AssetKey, "from_escaped_user_string") else None,
)
