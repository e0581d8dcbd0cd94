"""Starts the kernel once and runs one cell: whatever it builds on a machine's
first start is built after this."""

from client import Kernel

with Kernel() as kernel:
    cell = kernel.run("1 + 1", timeout=550)
    assert cell.result == "2", cell
    cell = kernel.run("use exercises::sync::Semaphore;", timeout=550)
    assert cell.status == "ok", cell
