"""The processes of a kernel, looked at from outside while some of them come and go."""

import time

import psutil

MB = 1 << 20


def alive(process):
    """Whether it runs: it may end, and its parent may ask for its end, while one looks."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def descendants(process):
    """All that come from a process and run."""
    return [p for p in process.children(recursive=True) if alive(p)]


def family(kernel):
    """The kernel itself, then its supervisor, then the worker and its copy."""
    root = psutil.Process(kernel.manager.provisioner.pid)
    return [root, *descendants(root)]


def of_each(kernel, ask, limit=60):
    """What `ask` says of each process of a kernel in which no cell runs: the copy a cell
    leaves behind may be about to end, then all are asked again."""
    until = time.monotonic() + limit
    while True:
        try:
            return [ask(process) for process in family(kernel)]
        except psutil.NoSuchProcess:
            if time.monotonic() > until:
                raise


def memory(kernel):
    """Proportional set size of each process in MB (proc(5)): shared pages count once."""
    return [size / MB for size in of_each(kernel, lambda p: p.memory_full_info().pss)]


def settled_memory(kernel, limit=60):
    """The same, once what loads behind the answers has loaded: two looks a second apart agree."""
    until = time.monotonic() + limit
    before = memory(kernel)
    while True:
        kernel.listen(1)
        after = memory(kernel)
        if abs(sum(after) - sum(before)) < 1 or time.monotonic() > until:
            return after
        before = after
