import dagster as dg
import os
import signal

from observe import see

# A signal becomes an exception where `raise_execution_interrupts` says so.

try:
    with dg.raise_execution_interrupts():
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            pass
except dg.DagsterExecutionInterruptedError:
    see("interrupted", True)
else:
    see("interrupted", False)
with dg.raise_execution_interrupts():
    see("quiet", True)
