"""What the same costs with Python's threading, queue and multiprocessing (fork): microseconds each.

python3 python.py FIGURE prints one number.
"""

import multiprocessing
import queue
import sys
import threading
import time

processes = multiprocessing.get_context("fork")


def nothing(*_):
    pass


def square(number):
    return number * number


def each(count, work):
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) / count * 1e6


def start_and_join(new, count):
    def work():
        for _ in range(count):
            started = new(target=nothing)
            started.start()
            started.join()

    return each(count, work)


def with_partner(new, partner, work, count):
    """Time of `work` while `partner` does its part in a thread or process of its own."""
    other = new(target=partner)
    other.start()
    took = each(count, work)
    other.join()
    return took


def thread_start():
    return start_and_join(threading.Thread, 2000)


def process_start():
    return start_and_join(processes.Process, 200)


def pool_map():
    count = 200_000
    with processes.Pool(2) as pool:
        pool.map(square, range(100))
        return each(count, lambda: pool.map(square, range(count)))


def apply_async():
    count = 5_000
    with processes.Pool(2) as pool:
        pool.map(square, range(100))

        def work():
            pending = [pool.apply_async(square, (number,)) for number in range(count)]
            for one in pending:
                one.get()

        return each(count, work)


def pipe_round_trip():
    count = 20_000
    here, there = processes.Pipe()

    def echo():
        for _ in range(count):
            there.send(there.recv())

    def work():
        for number in range(count):
            here.send(number)
            here.recv()

    return with_partner(processes.Process, echo, work, count)


def fill(target, count):
    def filler():
        for number in range(count):
            target.put(number)

    return filler


def drain(source, count):
    def work():
        for _ in range(count):
            source.get()

    return work


def process_queue():
    count, items = 100_000, processes.Queue()
    return with_partner(processes.Process, fill(items, count), drain(items, count), count)


def thread_queue():
    count, items = 200_000, queue.Queue()
    return with_partner(threading.Thread, fill(items, count), drain(items, count), count)


def manager_dict():
    count = 5_000
    with processes.Manager() as manager:
        shared = manager.dict()

        def work():
            for number in range(count):
                shared[number % 64] = number

        return each(count, work)


def locked_counter():
    count, counter = 50_000, processes.Value("i", 0)

    def add():
        for _ in range(count):
            with counter.get_lock():
                counter.value += 1

    def work():
        both = [processes.Process(target=add) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()

    return each(2 * count, work)


def rounds(new, barrier, count):
    def partner():
        for _ in range(count):
            barrier.wait()

    return with_partner(new, partner, partner, count)


def thread_barrier():
    return rounds(threading.Thread, threading.Barrier(2), 5_000)


def process_barrier():
    return rounds(processes.Process, processes.Barrier(2), 5_000)


def pairs(semaphore, count):
    def work():
        for _ in range(count):
            semaphore.acquire()
            semaphore.release()

    return each(count, work)


def thread_semaphore():
    return pairs(threading.Semaphore(1), 200_000)


def process_semaphore():
    return pairs(processes.Semaphore(1), 500_000)


if __name__ == "__main__":
    print(globals()[sys.argv[1]]())
