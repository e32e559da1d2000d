"""Long use. The suite takes the short form of each case; SEGLSTM_SOAK=1 the full one."""
import os
import time

from kernel import Case, Kernel, is_alive, wait_until

SOAK = os.environ.get("SEGLSTM_SOAK") == "1"


def children():
    """The processes that descend from this one."""
    found, parents = [], {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as stat:
                    fields = stat.read().rsplit(")", 1)[1].split()
                if fields[0] != "Z":
                    parents[int(entry)] = int(fields[1])
            except FileNotFoundError:
                pass
    for process in parents:
        ancestor = process
        while ancestor in parents and ancestor != os.getpid():
            ancestor = parents[ancestor]
        if ancestor == os.getpid() and process != os.getpid():
            found.append(process)
    return found


class Endurance(Case):
    def test_failing_cells_leave_the_session_whole(self):
        count = 1000 if SOAK else 60
        self.kernel.check("int failures = 0;")
        failing = ["failures++; throw new Exception($\"no {failures}\");", "failures++; var tooShort = new int[1]; tooShort[2]", "var x = undefined;",
                   "for (", "#!nosuchlanguage\n1", "failures++; await Task.FromException(new TimeoutException(\"gone\"));"]
        for i in range(count):
            done = self.kernel.run(failing[i % len(failing)])
            self.assertEqual(done.status, "error", failing[i % len(failing)])
            self.assertEqual(len(done.of("error")), 1)
        ran = sum(1 for i in range(count) if "failures++" in failing[i % len(failing)])
        self.assertEqual(self.kernel.value("failures"), str(ran))
        self.measured(f"{count} failing cells")

    def test_repetitions_of_a_cell_do_not_grow_memory(self):
        count = 1000 if SOAK else 150
        code = ("var rows = Enumerable.Range(0, 1000).Select(i => new { Id = i, Name = $\"row {i}\" }).ToList();\n"
                "double total = 0;\nforeach (var row in rows) total += Math.Sqrt(row.Id);\ntotal")
        # The first cells bring the compiler, its caches and the JIT's code with them.
        for _ in range(150):
            self.kernel.check(code)
        before = self.kernel.resident
        for _ in range(count):
            self.kernel.check(code)
        after = self.kernel.resident
        growth = after / before - 1
        self.measured(f"{count} repetitions: {before / 2**20:.0f} MiB to {after / 2**20:.0f} MiB, {growth:+.1%}")
        self.assertLess(growth, 0.20)

    def test_restarts_leave_no_process(self):
        count = 100 if SOAK else 4
        outside = set(children())
        kernel = Kernel()
        try:
            for i in range(count):
                kernel.check(f"var n = {i}; n")
                old = kernel.process
                kernel.client.stop_channels()
                kernel.manager.restart_kernel()
                kernel.connect()
                self.assertFalse(is_alive(old))
                self.assertEqual(len(set(children()) - outside), 1)
        finally:
            kernel.stop()
        wait_until(lambda: not set(children()) - outside, 15, "the end of every process")
        self.measured(f"{count} restarts")
