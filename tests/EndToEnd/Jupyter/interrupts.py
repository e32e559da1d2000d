"""Cells that would never end are stopped, and what they leave behind is whole."""
import os
import time

from kernel import Case, Kernel, wait_until, is_alive

CORE = os.environ["SEGLSTM_WORKBOOK"]


class Interrupts(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kernel.check("var kept = new List<int> { 1, 2, 3 };")

    def stopped(self, code, after=1.0):
        request = self.kernel.send(code)
        # The cell is under way only once its first statements are compiled.
        time.sleep(after)
        clock = time.monotonic()
        self.kernel.manager.interrupt_kernel()
        done = self.kernel.finish(request, timeout=20)
        took = time.monotonic() - clock
        self.measured(f"stopped in {took * 1000:.0f} ms")
        self.assertEqual(done.status, "error")
        self.assertEqual(done.error["ename"], "KeyboardInterrupt")
        self.assertLessEqual(took, float(os.environ.get("SEGLSTM_INTERRUPT_LIMIT", "1.0")))
        self.assertEqual(self.kernel.value("kept.Sum()"), "6")
        return done

    def test_a_tight_loop(self):
        self.stopped("while (true) { }")

    def test_a_loop_that_counts_keeps_its_count(self):
        self.stopped("long counted = 0; while (true) counted++;")
        self.assertGreater(int(self.kernel.value("counted")), 1000)

    def test_a_recursion(self):
        self.stopped("int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);\nFib(80)")

    def test_an_endless_await(self):
        self.stopped("await Task.Delay(-1);")

    def test_a_loop_of_awaits(self):
        self.stopped("while (true) await Task.Yield();")

    def test_a_sleep(self):
        self.stopped("System.Threading.Thread.Sleep(-1);")

    def test_a_goto(self):
        self.stopped("again: goto again;")

    def test_a_loop_in_a_lambda_and_in_a_query(self):
        self.stopped("Action spin = () => { for (;;) { } }; spin();")
        self.stopped("Enumerable.Range(0, int.MaxValue).Where(i => i % 7 < 0).Count()")

    def test_a_class_of_an_earlier_cell(self):
        self.kernel.check("class Spinner { public void Run() { do { } while (true); } }")
        self.stopped("new Spinner().Run();")

    def test_a_catch_all_does_not_swallow_the_stop(self):
        self.stopped("while (true) { try { while (true) { } } catch (Exception) { } }")

    def test_endless_output(self):
        self.stopped("while (true) Console.WriteLine(\"again and again\");")

    def test_an_interrupt_while_nothing_runs_does_not_hit_the_next_cell(self):
        # Requests on two channels have no order: the next cell is sent when the first has been answered.
        self.kernel.on("control", self.kernel.control("interrupt_request"))
        self.assertEqual(self.kernel.value("kept.Count"), "3")

    def test_cells_that_wait_behind_the_stopped_one_do_not_run(self):
        endless = self.kernel.send("while (true) { }")
        waiting = self.kernel.send("var afterwards = 1;")
        time.sleep(0.7)
        self.kernel.manager.interrupt_kernel()
        self.assertEqual(self.kernel.finish(endless).status, "error")
        self.assertEqual(self.kernel.reply(waiting)["content"]["status"], "aborted")

    def test_fsharp(self):
        self.kernel.check("#!fsharp\nlet mutable n = 0", timeout=120)
        request = self.kernel.send("#!fsharp\nwhile true do n <- n + 1")
        time.sleep(3)
        self.kernel.manager.interrupt_kernel()
        done = self.kernel.finish(request, timeout=20)
        self.assertEqual(done.status, "error")
        self.assertEqual(self.kernel.value("kept.Sum()"), "6")


class TheCore(Interrupts):
    """The compiled core: native calls in a loop, and its own trainer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kernel.check(f"#r \"{CORE}\"")
        cls.kernel.check("using TorchSharp; using static TorchSharp.torch;\nvar a = randn(300, 300);")

    def test_a_loop_of_tensor_calls(self):
        self.stopped("while (true) a = a.matmul(a).div(a.abs().max());")
        self.assertEqual(self.kernel.value("a.shape[0]"), "300")

    def test_a_trainer(self):
        # The call names no token: the kernel hands its own to the parameter that takes one.
        self.kernel.check("""using SegLstm.Data; using SegLstm.Experiments; using SegLstm.Training;
var training = DemoRecipe.Olinda.Training;
training = training with { Schedule = training.Schedule with { Iterations = 1_000_000 }, ValidateEvery = 1_000_000 };
var scene = SceneCatalog.Load("synthetic-rural");
var experiment = new SceneExperiment(scene, DemoRecipe.Olinda with { Training = training });
var model = experiment.CreateModel();
var folder = new RunFolder(System.IO.Directory.CreateTempSubdirectory("seglstm-trainer-").FullName);""")
        self.stopped("experiment.Train(model, folder);", after=5.0)
        self.assertEqual(self.kernel.value("training.ValidateEvery"), "1000000")
        self.kernel.check("folder.Dispose(); System.IO.Directory.Delete(folder.Path, true);")


for inherited in [name for name in dir(Interrupts) if name.startswith("test_")]:
    setattr(TheCore, inherited, None)


class Lifetime(Case):
    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def test_shutdown_ends_the_process_and_leaves_no_other(self):
        kernel = Kernel()
        kernel.check("1")
        process = kernel.process
        clock = time.monotonic()
        request = kernel.control("shutdown_request", {"restart": False})
        reply = kernel.on("control", request)
        self.assertEqual(reply["content"], {"status": "ok", "restart": False})
        wait_until(lambda: not is_alive(process), 10, "the end of the kernel")
        self.measured(f"ended {time.monotonic() - clock:.2f} s after the request")
        kernel.stop()

    def test_shutdown_ends_a_kernel_that_is_at_work(self):
        kernel = Kernel()
        kernel.send("while (true) { }")
        time.sleep(1.0)
        process = kernel.process
        kernel.control("shutdown_request", {"restart": False})
        wait_until(lambda: not is_alive(process), 10, "the end of the kernel")
        kernel.stop()

    def test_a_restart_begins_anew_on_the_same_ports(self):
        kernel = Kernel()
        try:
            kernel.check("var old = 1;")
            first = kernel.process
            kernel.client.stop_channels()
            kernel.manager.restart_kernel()
            kernel.connect()
            self.assertNotEqual(kernel.process, first)
            self.assertFalse(is_alive(first))
            self.assertEqual(kernel.run("old").status, "error")
            self.assertEqual(kernel.check("2").reply["content"]["execution_count"], 2)
        finally:
            kernel.stop()
