import dagster as dg
from observe import see

# Descriptions and types come from the function.


@dg.op
def documented(
    first: int, second: list[str], third: dict[str, int], fourth: "str | None" = None
) -> dict[str, list[int]]:
    """Do it.

    Args:
        first: The first number.
        second: Words.
    """
    return {}


see("description", documented.description)
see("ins", {i.name: [i.dagster_type.display_name, i.description] for i in documented.input_defs})
see("out", [documented.output_defs[0].dagster_type.display_name, documented.output_defs[0].description])


@dg.op(out=dg.Out(description="the result"))
def numpy_style(x):
    """Short.

    Parameters
    ----------
    x : int
        A number.

    Returns
    -------
    int
        The same.
    """
    return x


see("numpy", [numpy_style.description, numpy_style.input_defs[0].description])
see("numpy out", numpy_style.output_defs[0].description)


@dg.op
def google_returns(x):
    """Short.

    Returns:
        int: what it gives
    """
    return x


see("returns", google_returns.output_defs[0].description)
see(
    "untyped",
    [google_returns.input_defs[0].dagster_type.display_name, google_returns.output_defs[0].dagster_type.display_name],
)
