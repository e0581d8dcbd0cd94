"""A kernel is hard to kill: what it needs goes away, its processes are killed, many
are started, much is run. WEFT_LONG=1 does it as often as the promise says."""

import os
import pathlib
import pwd
import random
import re
import shutil
import tempfile
import time
import unittest

import psutil
import report
from client import Kernel
from processes import alive, descendants, family, of_each, settled_memory

LONG = os.environ.get("WEFT_LONG") == "1"
# The folder all kernels of these tests share.
CACHE = pathlib.Path(os.environ.get("WEFT_CACHE_DIR") or pathlib.Path.home() / ".cache/weft")


def namespace(commands):
    """Words before a kernel's command that give it mounts of its own, as any user."""
    return ["unshare", "-rm", "sh", "-ec", commands + '; exec "$@"', "kernel"]


class Lacking(unittest.TestCase):
    """Something the kernel needs is not there, or goes away."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="weft-lacking-"))
        self.addCleanup(shutil.rmtree, self.folder, True)

    def own_cache(self):
        """A cache that may be destroyed: with the library, which takes a minute to make. Of the shared cache only
        that: in the rest other tests make and remove files at this moment."""
        with Kernel() as kernel:
            cell = kernel.run('exercises::sync::Event::new(); std::fs::read_to_string("/proc/self/maps").unwrap()', timeout=300)
            library = pathlib.Path(re.search(rf"{CACHE}/cells/[0-9a-f]+", cell.result)[0])
        cache = self.folder / "cache"
        for part in ("compiled", "dependencies"):
            (cache / part).mkdir(parents=True)
        copy = cache / library.relative_to(CACHE)
        shutil.copytree(library, copy, symlinks=True)
        note = copy / "library.json"
        note.write_text(note.read_text().replace(str(library), str(copy)))
        return cache

    def works(self, kernel, number=7):
        cell = kernel.run(f"let n = {number} + {random.randrange(1 << 20)} * 0; n", timeout=300)
        self.assertEqual((cell.status, cell.result), ("ok", str(number)), cell)
        return cell

    def test_a_cache_that_is_deleted_in_the_middle(self):
        cache = self.own_cache()
        with Kernel(env={"WEFT_CACHE_DIR": str(cache)}) as kernel:
            self.assertEqual(kernel.run("let kept = 5;").status, "ok")
            for part in ("compiled", "dependencies"):
                shutil.rmtree(cache / part, ignore_errors=True)
            self.works(kernel)
            self.assertEqual(kernel.run("kept", timeout=60).result, "5")
            if LONG:
                shutil.rmtree(cache)
                cell = self.works(kernel)
                self.assertIn("exercises", cell.stderr, "it says what it does for a minute")
                self.assertEqual(kernel.run("kept", timeout=60).result, "5")
                self.assertEqual(kernel.run("exercises::sync::Event::new().is_set()").result, "false")

    def test_a_cache_that_cannot_be_written(self):
        cache = self.own_cache()
        only_read = f"mount --bind {cache} {cache}; mount -o remount,bind,ro {cache}"
        with Kernel(env={"WEFT_CACHE_DIR": str(cache)}, prefix=namespace(only_read)) as kernel:
            self.works(kernel)
            cell = kernel.run(f'std::fs::write("{cache}/x", "x").is_err()')
            self.assertEqual(cell.result, "true", "it cannot be written")

    def test_a_cache_on_a_full_disk(self):
        cache = self.own_cache()
        shutil.rmtree(cache / "compiled", ignore_errors=True)
        (cache / "compiled").mkdir()
        full = f"mount -t tmpfs -o size=8k none {cache}/compiled"
        with Kernel(env={"WEFT_CACHE_DIR": str(cache)}, prefix=namespace(full)) as kernel:
            for number in range(5):
                self.works(kernel, number)

    def test_a_full_disk_for_what_is_compiled_and_its_end(self):
        place = self.folder / "tmp"
        place.mkdir()
        small = f"mount -t tmpfs -o size=30m none {place}"
        with Kernel(env={"TMPDIR": str(place)}, prefix=namespace(small)) as kernel:
            self.assertEqual(kernel.run("let kept = vec![1, 2, 3];").status, "ok")
            filler = f'{{ use std::io::Write; let mut f = std::fs::File::create("{place}/filler").unwrap();'
            filler += " while f.write_all(&[7; 4096]).is_ok() {} }"
            self.assertEqual(kernel.run(filler).status, "ok")
            for number in range(3):
                cell = kernel.run(f"let more = {number}; println!(\"{{more}}\");", timeout=60)
                self.assertEqual(cell.status, "error", "there is no room for its shared object")
                self.assertTrue(cell.reply["evalue"], cell)
            pid = kernel.manager.provisioner.pid
            os.remove(f"/proc/{pid}/root{place}/filler")
            self.works(kernel)
            self.assertEqual(kernel.run("&kept").result, "[1, 2, 3]")

    def test_no_cargo_and_no_rustc_are_said_plainly(self):
        with Kernel() as kernel:
            cell = kernel.run('std::env::var("PATH").unwrap()')
        tools = {}
        for name in ("cargo", "rustc"):
            tools[name] = shutil.which(name, path=eval(cell.result))  # noqa: S307: a Rust string is a Python one
        for missing, other in (("cargo", "rustc"), ("rustc", "cargo")):
            with self.subTest(missing):
                folder = self.folder / missing
                folder.mkdir()
                (folder / other).symlink_to(tools[other])
                env = {"PATH": f"{folder}:/usr/bin:/bin", "CARGO_HOME": str(folder), "HOME": str(folder)}
                with Kernel(env=env) as kernel:
                    self.assertEqual(kernel.ask("kernel_info_request", {})["status"], "ok")
                    for _ in range(2):
                        cell = kernel.run("1 + 1")
                        self.assertEqual(cell.reply["ename"], "NotReady", cell)
                        self.assertIn(f"`{missing}`", cell.reply["evalue"])
                    for kind, content in (
                        ("complete_request", {"code": "a", "cursor_pos": 1}),
                        ("inspect_request", {"code": "a", "cursor_pos": 1, "detail_level": 0}),
                        ("is_complete_request", {"code": "a"}),
                    ):
                        kernel.ask(kind, content)

    def test_no_home(self):
        cache = self.own_cache()
        # The home that the system knows for the user of the namespace; what of it the kernel
        # writes to is a copy there, the rest stays (it may hold the programs of these tests).
        real = pathlib.Path(pwd.getpwuid(0).pw_dir) / ".cache/weft"
        here = "; ".join(
            f"mkdir -p {real / part.name}; mount --bind {part} {real / part.name}" for part in cache.iterdir() if part.is_dir()
        )
        without = ("HOME", "WEFT_CACHE_DIR", "XDG_CACHE_HOME", "XDG_DATA_HOME")
        with Kernel(prefix=namespace(here), without=without) as kernel:
            self.works(kernel)
            self.assertEqual(kernel.run("exercises::sync::Event::new().is_set()").result, "false")

    def test_the_settings_of_the_c_library_are_the_users(self):
        ask = 'std::env::vars().filter(|(name, _)| name.contains("TUNABLES")).collect::<Vec<_>>()'
        with Kernel(without=("GLIBC_TUNABLES",)) as kernel:
            self.assertEqual(kernel.run(ask).result, "[]")
        with Kernel(env={"GLIBC_TUNABLES": "glibc.malloc.arena_max=4"}) as kernel:
            self.assertEqual(kernel.run(ask).result, '[("GLIBC_TUNABLES", "glibc.malloc.arena_max=4")]')


class Killed(unittest.TestCase):
    """Parts of the kernel are ended by force at any moment."""

    def test_supervisor_and_worker_killed_at_any_moment(self):
        chance = random.Random(40)
        with Kernel() as kernel:
            # What asks the compiler at the start is no part of the kernel.
            self.assertEqual(kernel.run("1").status, "ok")
            pid = kernel.manager.provisioner.pid
            for turn in range(60 if LONG else 12):
                cell = kernel.start(
                    f"let v{turn} = {turn}; for i in 0..20 {{ println!(\"{{i}}\");"
                    " std::thread::sleep(std::time::Duration::from_millis(3)); }"
                )
                kernel.listen(chance.random() * 0.3)
                victims = descendants(psutil.Process(pid))
                if victims:
                    try:
                        chance.choice(victims).kill()
                    except psutil.NoSuchProcess:
                        pass
                kernel.until(cell.done, 60, f"the end of cell {turn}")
                # A loss is told once, and the next cells work.
                cells = [kernel.run("1 + 1", timeout=60) for _ in range(2)]
                self.assertEqual(cells[1].result, "2", f"turn {turn}: {cells}")

    def test_what_a_killed_kernel_left_is_removed_by_the_next(self):
        folder = tempfile.mkdtemp(prefix="weft-killed-")
        self.addCleanup(shutil.rmtree, folder, True)
        def left():
            return [name for name in os.listdir(folder) if name.startswith("weft-kernel-")]
        with Kernel(env={"TMPDIR": folder}) as other, Kernel(env={"TMPDIR": folder}) as killed:
            self.assertEqual([other.run("1").result, killed.run("1").result], ["1", "1"])
            members = family(killed)
            psutil.Process(killed.manager.provisioner.pid).kill()
            _, still = psutil.wait_procs(members, timeout=60)
            self.assertEqual([p for p in still if alive(p)], [])
            self.assertEqual(len(left()), 2)
            with Kernel(env={"TMPDIR": folder}) as kernel:
                self.assertEqual(kernel.run("1 + 1").result, "2")
                self.assertEqual(len(left()), 2, "the dead one's is gone, its own has come")
                self.assertEqual(other.run("1 + 2").result, "3")
        self.assertEqual(left(), [])

    def test_a_compiler_ends_with_its_kernel(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="weft-compiler-"))
        self.addCleanup(shutil.rmtree, folder, True)
        # What the compiler waits for comes to no end; without a library of cells every cell is linked by it.
        linker = folder / "cc"
        linker.write_text("#!/bin/sh\nexec sleep 4711\n")
        linker.chmod(0o755)
        path = f"{folder}:{os.environ['PATH']}"
        with Kernel(env={"PATH": path, "WEFT_CACHE_DIR": str(folder / "cache")}) as kernel:
            kernel.start("1")

            def links(process):
                try:
                    return "4711" in process.cmdline()
                except psutil.NoSuchProcess:
                    return False

            kernel.until(lambda: any(links(p) for p in family(kernel)), 300, "a linker at work")
            members = family(kernel)
            self.assertIn("rustc", [p.name() for p in members])
            psutil.Process(kernel.manager.provisioner.pid).kill()
            _, still = psutil.wait_procs(members, timeout=60)
            left = [p for p in still if alive(p)]
            for process in left:
                process.kill()
            self.assertEqual(left, [])

    def test_what_a_cell_writes_to_descriptors_that_are_not_its_own(self):
        # Seeds are kept: a generator of xorshift numbers in the cell.
        scribble = """
        use std::io::Write;
        fn scribble(mut seed: u64, rounds: usize) {
            unsafe extern "C" { fn write(fd: i32, bytes: *const u8, count: usize) -> isize; }
            let mut next = move || { seed ^= seed << 13; seed ^= seed >> 7; seed ^= seed << 17; seed };
            for _ in 0..rounds {
                for entry in std::fs::read_dir("/proc/self/fd").unwrap() {
                    let entry = entry.unwrap();
                    let number: i32 = entry.file_name().to_str().unwrap().parse().unwrap();
                    let to = std::fs::read_link(entry.path()).unwrap_or_default();
                    let to = to.to_str().unwrap_or("").to_owned();
                    if number < 3 || !(to.starts_with("pipe") || to.starts_with("socket")) { continue; }
                    let bytes: Vec<u8> = (0..next() % 300).map(|_| match next() % 3 {
                        0 => b"{}[]\\":01"[(next() % 8) as usize], 1 => (next() % 10) as u8, _ => next() as u8 }).collect();
                    // By the system call: the process' own functions know these descriptors.
                    unsafe { write(number, bytes.as_ptr(), bytes.len()); }
                    // At last the beginning of something whose end never comes.
                    let begun = [1u8, 1, 0xf0, 0x0f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
                    if to.starts_with("pipe") { unsafe { write(number, begun.as_ptr(), begun.len()); } }
                }
            }
        }"""
        with Kernel() as kernel:
            self.assertEqual(kernel.run(scribble).status, "ok")
            for seed in range(1, 201 if LONG else 9):
                cell = kernel.start(f"scribble({seed}, 20);")
                kernel.until(cell.done, 45, f"the end of the cell with seed {seed}")
                cells = [kernel.run("1 + 1", timeout=45) for _ in range(2)]
                self.assertEqual(cells[1].result, "2", f"seed {seed}: {cells}")
                if kernel.run("scribble(1, 0)").status != "ok":
                    self.assertEqual(kernel.run(scribble).status, "ok")


class Many(unittest.TestCase):
    def test_kernels_one_after_another_leave_nothing(self):
        own = psutil.Process()
        folder = tempfile.mkdtemp(prefix="weft-many-")
        self.addCleanup(shutil.rmtree, folder, True)
        files = own.num_fds()
        before = {p.pid for p in psutil.process_iter()}
        left = []
        for number in range(200 if LONG else 10):
            kernel = Kernel(wait=False, env={"TMPDIR": folder})
            kernel.ready()
            cell = kernel.run(f"std::thread::spawn(|| loop {{ std::thread::park() }}); {number} + 1", timeout=120)
            self.assertEqual(cell.result, str(number + 1))
            members = family(kernel)
            kernel.stop()
            # With its last process a kernel's ports are free again.
            _, still = psutil.wait_procs(members, timeout=10)
            left += [f"process {p}" for p in still if alive(p)]
        self.assertEqual(left, [])
        self.assertEqual(os.listdir(folder), [], "nothing stays in the folder of temporary files")
        mine = [p for p in descendants(own) if p.pid not in before]
        self.assertEqual(mine, [])
        self.assertLess(own.num_fds(), files + 10)

    def test_nothing_but_the_kernels_own_folder_is_made_in_that_of_temporary_files(self):
        folder = tempfile.mkdtemp(prefix="weft-own-")
        self.addCleanup(shutil.rmtree, folder, True)
        calls = pathlib.Path(folder, "calls")
        # Some are there for a moment only, such as a linker's: a look at the folder would miss them.
        watched = "trace=open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mknod,mknodat"
        prefix = ["strace", "-f", "-qq", "-s", "4096", "-e", "signal=none", "-e", watched, "-o", str(calls)]
        with Kernel(env={"TMPDIR": folder}, prefix=prefix, wait=False) as kernel:
            kernel.ready(120)
            number = random.randrange(1 << 30)
            self.assertEqual(kernel.run(f"let n = {number};", timeout=300).status, "ok")
            # rust-analyzer has read the library of cells when it answers.
            asked = kernel.request("complete_request", {"code": "exercises::sync::Ev", "cursor_pos": 19}, "shell")
            answered = lambda: any(c == "shell" for _, c, _ in kernel.of(asked))
            kernel.until(lambda: answered(), 240, "an answer")
            self.assertEqual(kernel.run('std::env::var("TMPDIR").unwrap()', timeout=300).result, f'"{folder}"')
        text = calls.read_text(errors="replace")
        making = [line for line in text.splitlines() if "O_CREAT" in line or "open" not in line.split("(")[0]]
        made = {name for line in making for name in re.findall(re.escape(folder) + r"/([^/\"]+)", line)}
        self.assertEqual({name for name in made if not name.startswith("weft-kernel-")}, set())
        self.assertNotEqual(made, set(), "the calls were seen")

    def test_many_cells_in_one_session_in_flat_memory(self):
        count = 10_000 if LONG else 200
        kinds = ["{i} + 1", "let x = {i};", "println!(\"{i}\");", "x"]
        with Kernel() as kernel:
            def descriptors():
                return sum(of_each(kernel, psutil.Process.num_fds))

            for i in range(40):
                self.assertEqual(kernel.run(kinds[i % 4].format(i=i % 50)).status, "ok")
            threads = family(kernel)[0].num_threads()
            before, files = settled_memory(kernel), descriptors()
            begun = time.monotonic()
            for i in range(count):
                # The compile cache has most of them after the first ones: it is the session that is tried.
                cell = kernel.run(kinds[i % 4].format(i=i % 50))
                self.assertEqual(cell.status, "ok", cell)
                kernel.log.clear()
            took = (time.monotonic() - begun) / count * 1e3
            after = settled_memory(kernel)
            shown = [dict(zip(("kernel", "supervisor", "worker", "copy"), map(round, each))) for each in (before, after)]
            print(f"{count} cells, {took:.1f} ms each; MB before {shown[0]}, after {shown[1]}")
            self.assertLessEqual(family(kernel)[0].num_threads(), threads + 1)
            self.assertLessEqual(descriptors(), files + 5)
            # A cell that has run leaves its name behind, not its code and not its data.
            self.assertLessEqual(sum(after) - sum(before), 0.005 * count + 2)
            self.assertLessEqual(sum(after), sum(before) * 1.1 + 2)


if __name__ == "__main__":
    report.main(limit_s=14_000 if LONG else 1450)
