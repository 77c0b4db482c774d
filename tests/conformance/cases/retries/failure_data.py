import dagster as dg
from observe import see

# What is kept of an ordinary exception.


@dg.op
def bad():
    raise ValueError("the message")


@dg.op
def chained():
    try:
        {}["a"]
    except KeyError as error:
        raise ValueError("outer") from error


@dg.job
def j():
    bad()
    chained()


result = j.execute_in_process(raise_on_error=False)
data = result.failure_data_for_node("bad")
see("class", data.error.cls_name)
see("cause", data.error.cause.cls_name)
see("message", data.error.cause.message)
see("user failure", data.user_failure_data)
chain = result.failure_data_for_node("chained").error
names = []
while chain is not None:
    names.append(chain.cls_name)
    chain = chain.cause
see("chain", names)
see("of a good node", result.failure_data_for_node("nope") if False else None)
