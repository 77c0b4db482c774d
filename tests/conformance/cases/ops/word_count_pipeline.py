import dagster as dg
from observe import ran, see

# A small pipeline as tutorials write it.


@dg.op(config_schema={"text": str, "min_length": dg.Field(int, default_value=1)})
def words(context: dg.OpExecutionContext) -> list[str]:
    found = [w for w in context.op_config["text"].split() if len(w) >= context.op_config["min_length"]]
    context.log.info("%d words", len(found))
    return found


@dg.op(out={"counts": dg.Out(dict[str, int]), "longest": dg.Out(str, is_required=False)})
def count(words: list[str]):
    yield dg.Output({w: words.count(w) for w in sorted(set(words))}, "counts", metadata={"distinct": len(set(words))})
    if words:
        yield dg.Output(max(words, key=len), "longest")


@dg.op
def shout(word: str) -> str:
    return word.upper()


@dg.op
def report(counts: dict[str, int], title: str = "none") -> str:
    return f"{title}: {sum(counts.values())}"


@dg.job(description="counts")
def pipeline():
    counts, longest = count(words())
    report(counts)
    shout(longest)


for text in ("a bb a ccc", ""):
    result = pipeline.execute_in_process(
        {"ops": {"words": {"config": {"text": text}}, "report": {"inputs": {"title": text or "empty"}}}}
    )
    ran(f"run {text}", result)
    see(f"report {text}", result.output_for_node("report"))
    see(f"counts {text}", result.output_for_node("count", "counts"))
see(
    "long",
    pipeline.execute_in_process(
        {
            "ops": {
                "words": {"config": {"text": "a bb ccc", "min_length": 2}},
                "report": {"inputs": {"title": {"value": "t"}}},
            }
        }
    ).output_for_node("count", "counts"),
)
