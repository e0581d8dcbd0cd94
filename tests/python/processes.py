"""The processes of a kernel, looked at from outside while some of them come and go."""

import pathlib
import time

import psutil

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
    """What each process of a kernel takes of the machine's memory, in MB (proc(5), `smaps`): its share of what is in no
    file, and what it holds of files of the kernel's own. Not its share of programs and libraries: that grows when
    another kernel ends."""

    def of_one(process):
        size = 0
        try:
            mappings = pathlib.Path(f"/proc/{process.pid}/smaps").read_text()
        except (FileNotFoundError, ProcessLookupError):
            raise psutil.NoSuchProcess(process.pid) from None
        for line in mappings.splitlines():
            first, *rest = line.split()
            if not first.endswith(":"):
                fields = {}
                own = "/weft-kernel-" in line or "/memfd:weft-" in line
            else:
                fields[first] = rest[0]
                if first == "VmFlags:":
                    pss, rss, no_file = (int(fields[f"{f}:"]) for f in ("Pss", "Rss", "Anonymous"))
                    # The system tells the share of all pages only.
                    size += pss if own or no_file == rss else pss * no_file / max(rss, 1)
        return size / 1024

    return of_each(kernel, of_one)


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
