"""From the start of the process to the first result, and the round trip of a trivial cell.

The suite allows for machines that do something else meanwhile; SEGLSTM_SOAK=1 asserts the numbers that the project promises.
"""
import os
import statistics
import time

from kernel import Case, Kernel

STRICT = os.environ.get("SEGLSTM_SOAK") == "1"


class Speed(Case):
    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def test_from_start_to_the_first_result(self):
        seconds = []
        for _ in range(10 if STRICT else 3):
            clock = time.monotonic()
            kernel = Kernel()
            self.assertEqual(kernel.value("1 + 1"), "2")
            seconds.append(time.monotonic() - clock)
            kernel.stop()
        self.measured(f"median of {len(seconds)} starts: {statistics.median(seconds):.2f} s")
        # Every wait of the machine for something else lengthens a start; none shortens it.
        if STRICT:
            self.assertLessEqual(statistics.median(seconds), 2.0)
        else:
            self.assertLessEqual(min(seconds), 4.0)

    def test_the_round_trip_of_a_trivial_cell(self):
        kernel = Kernel()
        try:
            for i in range(20):
                kernel.check(f"{i} + 1")
            seconds = []
            for i in range(400 if STRICT else 100):
                clock = time.monotonic()
                request = kernel.send(f"{i} + 2")
                kernel.reply(request)
                seconds.append(time.monotonic() - clock)
                kernel.published(request)
        finally:
            kernel.stop()
        last = statistics.quantiles(seconds, n=20)[-1]
        self.measured(f"median {statistics.median(seconds) * 1000:.1f} ms, 95th percentile {last * 1000:.1f} ms")
        if STRICT:
            self.assertLessEqual(last, 0.050)
        else:
            self.assertLessEqual(statistics.median(seconds), 0.150)

    def test_completion_once_warm(self):
        kernel = Kernel()
        try:
            kernel.check("var table = new Dictionary<string, List<int>>();")
            for _ in range(5):
                kernel.reply(kernel.client.complete("table.Sel"))
            seconds = []
            for code in ["table.Sel", "Console.Wri", "Enumer", "Math.", "table.Values.First().Ad"] * 4:
                clock = time.monotonic()
                matches = kernel.reply(kernel.client.complete(code))["content"]["matches"]
                seconds.append(time.monotonic() - clock)
                self.assertTrue(matches, code)
        finally:
            kernel.stop()
        self.measured(f"median {statistics.median(seconds) * 1000:.0f} ms, slowest {max(seconds) * 1000:.0f} ms")
        self.assertLessEqual(max(seconds) if STRICT else statistics.median(seconds), 0.150 if STRICT else 0.5)
