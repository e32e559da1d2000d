"""The messages of Jupyter 5.5, asked for by jupyter_client."""
import json
import os
import queue
import re
import time
import uuid

import zmq

from kernel import Case, PATIENCE, wait_until


class Protocol(Case):
    def every_kind_of_request(self):
        client = self.kernel.client
        yield "kernel_info", lambda: client.kernel_info()
        yield "execute", lambda: client.execute("1", allow_stdin=False)
        yield "complete", lambda: client.complete("Console.Wri")
        yield "inspect", lambda: client.inspect("Console")
        yield "is_complete", lambda: client.is_complete("1 + 1")
        yield "history", lambda: client.history(hist_access_type="tail", n=1)
        yield "comm_info", lambda: client.comm_info()

    def test_busy_and_idle_with_the_parent_stand_around_every_request(self):
        for kind, ask in self.every_kind_of_request():
            with self.subTest(kind):
                request = ask()
                published = self.kernel.published(request)
                self.assertEqual(self.kernel.reply(request)["header"]["msg_type"], kind + "_reply")
                states = [m["content"]["execution_state"] for m in published if m["header"]["msg_type"] == "status"]
                self.assertEqual(states, ["busy", "idle"])
                self.assertEqual(published[0]["content"].get("execution_state"), "busy")

    def test_control_answers_kernel_info_in_strings(self):
        request = self.kernel.control("kernel_info_request")
        content = self.kernel.on("control", request)["content"]
        self.kernel.published(request)
        self.assertEqual(content["status"], "ok")
        self.assertRegex(content["protocol_version"], r"^5\.\d+$")
        self.assertEqual(content["language_info"]["name"], "C#")
        self.assertEqual(content["language_info"]["file_extension"], ".cs")
        for key in ["implementation", "implementation_version", "banner"]:
            self.assertIsInstance(content[key], str)
        self.assertNotIn("null", json.dumps(content))

    def test_control_answers_while_a_cell_runs(self):
        running = self.kernel.send("System.Threading.Thread.Sleep(1500); \"slept\"")
        time.sleep(0.2)
        request = self.kernel.control("kernel_info_request")
        self.within(1.0, lambda: self.kernel.on("control", request))
        self.assertEqual(self.kernel.finish(running).text, "slept")

    def test_a_cell_is_answered_in_the_order_of_the_protocol(self):
        done = self.kernel.check("Console.WriteLine(\"out\"); display(\"shown\"); 6 * 7")
        self.assertEqual(done.kinds, ["status", "execute_input", "stream", "display_data", "execute_result", "status"])
        self.assertEqual(done.of("execute_input")[0]["code"], "Console.WriteLine(\"out\"); display(\"shown\"); 6 * 7")
        number = done.reply["content"]["execution_count"]
        self.assertEqual(done.of("execute_result")[0]["execution_count"], number)
        self.assertEqual(done.of("execute_input")[0]["execution_count"], number)
        self.assertEqual(self.kernel.check("1").reply["content"]["execution_count"], number + 1)

    def test_a_silent_cell_shows_nothing_and_takes_no_number(self):
        before = self.kernel.check("1").reply["content"]["execution_count"]
        done = self.kernel.check("var silently = 3; silently", silent=True)
        self.assertEqual(done.kinds, ["status", "status"])
        after = self.kernel.check("silently")
        self.assertEqual((after.text, after.reply["content"]["execution_count"]), ("3", before + 1))

    def test_a_cell_that_is_not_stored_takes_no_number_and_is_not_in_the_history(self):
        before = self.kernel.check("1").reply["content"]["execution_count"]
        self.kernel.check("\"not stored\"", store_history=False)
        self.assertEqual(self.kernel.check("2").reply["content"]["execution_count"], before + 1)
        self.assertNotIn("\"not stored\"", [entry[2] for entry in self.history(hist_access_type="tail", n=50)])

    def test_a_failing_cell_aborts_those_that_wait_unless_told_otherwise(self):
        failing = self.kernel.send("System.Threading.Thread.Sleep(500); throw new Exception(\"stop here\");")
        waiting = [self.kernel.send("var mustNotRun = 1;") for _ in range(3)]
        self.assertEqual(self.kernel.finish(failing).status, "error")
        for request in waiting:
            self.assertEqual(self.kernel.reply(request)["content"]["status"], "aborted")
        self.assertEqual(self.kernel.run("mustNotRun").status, "error")

        failing = self.kernel.send("System.Threading.Thread.Sleep(300); throw new Exception();", stop_on_error=False)
        waiting = self.kernel.send("var ranOn = 4;")
        self.kernel.finish(failing)
        self.assertEqual(self.kernel.finish(waiting).status, "ok")
        self.assertEqual(self.kernel.value("ranOn"), "4")

    def test_user_expressions_answer_each_for_itself(self):
        done = self.kernel.check("var width = 7;", user_expressions={"good": "width * 6", "bad": "nowhere.Found"})
        answers = done.reply["content"]["user_expressions"]
        self.assertEqual(answers["good"]["status"], "ok")
        self.assertEqual(answers["good"]["data"]["text/plain"], "42")
        self.assertEqual(answers["bad"]["status"], "error")
        self.assertIn("nowhere", answers["bad"]["evalue"])

    def test_errors_name_the_line_of_the_cell(self):
        thrown = self.kernel.run("int zero = 0;\n\nint broken = 1 / zero;")
        self.assertEqual(thrown.status, "error")
        self.assertIn("DivideByZero", thrown.error["ename"])
        self.assertRegex("\n".join(thrown.error["traceback"]), r"line 3\b")
        self.assertEqual(thrown.reply["content"]["ename"], thrown.error["ename"])
        wrong = self.kernel.run("var fine = 1;\nvar bad = fine.Missing;")
        text = re.sub("\x1b\\[[0-9;]*m", "", "\n".join(wrong.error["traceback"]))
        self.assertIn("CS1061", text)
        self.assertRegex(text, r"(?m)^.*var bad = fine\.Missing;\n[^\n]*\^")

    def test_completion_counts_characters_as_people_do(self):
        self.kernel.check("var scenery = \"x\";")
        code = "var moon = \"🌒🌓\"; scener"
        request = self.kernel.client.complete(code, cursor_pos=len(code))
        content = self.kernel.reply(request)["content"]
        self.assertEqual(content["matches"], ["scenery"])
        self.assertEqual(code[content["cursor_start"]:content["cursor_end"]], "scener")

    def test_completion_in_the_middle_of_a_cell_replaces_only_the_word(self):
        code = "Console.WriteLi(1);"
        request = self.kernel.client.complete(code, cursor_pos=len("Console.WriteLi"))
        content = self.kernel.reply(request)["content"]
        self.assertIn("WriteLine", content["matches"])
        self.assertTrue(all(match.startswith("WriteLi") for match in content["matches"]), content["matches"])
        self.assertEqual(code[content["cursor_start"]:content["cursor_end"]], "WriteLi")

    def test_inspection_shows_signatures_with_their_documentation(self):
        code = "var text = \"🌒\"; Math.Max(1, 2)"
        request = self.kernel.client.inspect(code, cursor_pos=code.index("Max") + 1)
        content = self.kernel.reply(request)["content"]
        self.assertTrue(content["found"])
        self.assertIn("Max", content["data"]["text/plain"])
        request = self.kernel.client.inspect("   ", cursor_pos=1)
        nothing = self.kernel.reply(request)["content"]
        self.assertEqual((nothing["status"], nothing["found"], nothing["data"]), ("ok", False, {}))

    def test_completeness_gets_exactly_one_reply(self):
        for code, status in [("1 + 1", "complete"), ("for (int i = 0; i < 3; i++) {", "incomplete"), ("var = = 3;", "invalid")]:
            with self.subTest(code):
                request = self.kernel.client.is_complete(code)
                self.assertEqual(self.kernel.reply(request)["content"]["status"], status)
                self.kernel.published(request)
                with self.assertRaises(queue.Empty):
                    self.kernel.client.get_shell_msg(timeout=0.2)

    def history(self, **arguments):
        return self.kernel.reply(self.kernel.client.history(**arguments))["content"]["history"]

    def test_history_by_tail_range_and_search(self):
        mark = f"mark{uuid.uuid4().hex[:8]}"
        cells = [f"\"{mark} one\"", f"\"{mark} two\"", f"\"{mark} one\""]
        for code in cells:
            self.kernel.check(code)
        tail = self.history(hist_access_type="tail", n=3)
        self.assertEqual([entry[2] for entry in tail], cells)
        session, first = tail[0][0], tail[0][1]
        asked = self.history(hist_access_type="range", session=session, start=first, stop=first + 2)
        self.assertEqual([entry[2] for entry in asked], cells[:2])
        found = self.history(hist_access_type="search", pattern=f"*{mark}*", n=10)
        self.assertEqual([entry[2] for entry in found], cells)
        unique = self.history(hist_access_type="search", pattern=f"*{mark}*", unique=True)
        self.assertEqual(sorted(entry[2] for entry in unique), sorted(set(cells)))
        outputs = self.history(hist_access_type="tail", n=1, output=True)
        self.assertEqual(outputs[0][2], [cells[2], f"{mark} one"])

    def test_a_comm_of_an_unknown_target_is_closed_and_known_ones_are_listed(self):
        client = self.kernel.client
        comm = uuid.uuid4().hex
        message = client.session.msg("comm_open", {"comm_id": comm, "target_name": "nobody.knows", "data": {}})
        client.shell_channel.send(message)
        published = self.kernel.published(message["header"]["msg_id"])
        closes = [m["content"] for m in published if m["header"]["msg_type"] == "comm_close"]
        self.assertEqual([c["comm_id"] for c in closes], [comm])
        self.assertEqual([m["header"]["msg_type"] for m in (published[0], published[-1])], ["status", "status"])
        comms = self.kernel.reply(client.comm_info())["content"]["comms"]
        self.assertNotIn(comm, comms)

    def test_a_display_is_updated_by_its_id_from_a_later_cell(self):
        shown = self.kernel.check("var note = display(\"before\");")
        opened = shown.of("display_data")[0]
        self.assertEqual(opened["data"]["text/plain"], "before")
        name = opened["transient"]["display_id"]
        later = self.kernel.check("note.Update(\"after\");")
        update = later.of("update_display_data")[0]
        self.assertEqual((update["data"]["text/plain"], update["transient"]["display_id"]), ("after", name))

    def test_clearing_reaches_the_front_end(self):
        done = self.kernel.check("Console.WriteLine(\"gone\"); Console.Clear(); Console.WriteLine(\"stays\");")
        self.assertIn("clear_output", done.kinds)
        self.assertLess(done.kinds.index("stream"), done.kinds.index("clear_output"))
        self.assertIn("wait", done.of("clear_output")[0])

    def ask(self, code, answer):
        """Runs a cell that asks for input, answers, and returns the question and the finished cell."""
        request = self.kernel.send(code, allow_stdin=True)
        question = self.kernel.client.get_stdin_msg(timeout=PATIENCE)
        self.assertEqual(question["header"]["msg_type"], "input_request")
        self.assertEqual(question["parent_header"]["msg_id"], request)
        self.kernel.client.input(answer)
        return question["content"], self.kernel.finish(request)

    def test_cells_ask_the_front_end_for_lines_and_passwords(self):
        question, done = self.ask("Console.ReadLine()", "typed ☂")
        self.assertEqual((done.text, question["password"]), ("typed ☂", False))
        question, done = self.ask("input(\"Name: \")", "Ada")
        self.assertEqual((question["prompt"], done.text), ("Name: ", "Ada"))
        question, done = self.ask("var secret = password(\"Secret: \"); secret.GetClearTextPassword().Length", "sesame")
        self.assertEqual((question["prompt"], question["password"], done.text), ("Secret: ", True, "6"))

    def test_where_no_input_is_allowed_a_cell_that_asks_fails_and_says_so(self):
        done = self.kernel.run("input(\"Name: \")")
        self.assertEqual(done.status, "error")
        self.assertIn("input", done.error["evalue"].lower())
        self.assertEqual(self.kernel.value("1 + 1"), "2")

    def test_waiting_for_input_can_be_interrupted(self):
        request = self.kernel.send("input(\"Name: \")", allow_stdin=True)
        self.kernel.client.get_stdin_msg(timeout=PATIENCE)
        self.kernel.manager.interrupt_kernel()
        done = self.within(2.0, lambda: self.kernel.finish(request))
        self.assertEqual(done.error["ename"], "KeyboardInterrupt")

    def test_ten_megabytes_stream_in_order_without_a_flood_of_messages(self):
        code = "for (int i = 0; i < 100_000; i++) Console.WriteLine($\"{i:d8} {new string('x', 91)}\");"
        clock = time.monotonic()
        done = self.kernel.check(code, timeout=120)
        took = time.monotonic() - clock
        text = done.stream()
        self.assertEqual(len(text), 100_000 * 101)
        numbers = [int(line[:8]) for line in text.splitlines()]
        self.assertEqual(numbers, list(range(100_000)))
        messages = len(done.of("stream"))
        self.measured(f"{len(text) / 1e6:.1f} MB in {took:.1f} s and {messages} messages")
        self.assertLessEqual(messages, 20 * took + 25)
        self.assertEqual(self.kernel.value("1 + 1"), "2")

    def test_output_streams_while_a_cell_runs_and_the_two_streams_keep_their_order(self):
        code = ("Console.WriteLine(\"first\"); Console.Error.WriteLine(\"second\"); Console.WriteLine(\"third\");"
                "System.Threading.Thread.Sleep(1500);")
        request = self.kernel.send(code)
        clock = time.monotonic()
        seen = []
        while len(seen) < 3 and time.monotonic() - clock < 10:
            message = self.kernel.client.get_iopub_msg(timeout=10)
            if message["header"]["msg_type"] == "stream":
                seen += [(message["content"]["name"], line) for line in message["content"]["text"].split()]
        self.assertLess(time.monotonic() - clock, 1.2)
        self.assertEqual(seen, [("stdout", "first"), ("stderr", "second"), ("stdout", "third")])
        self.kernel.reply(request)

    def test_every_bundle_has_a_plain_form(self):
        cells = ["42", "\"text\"", "new[] { 1, 2, 3 }", "new { A = 1, B = \"two\" }", "HTML(\"<b>bold</b>\")", "display(HTML(\"<i>x</i>\"))",
                 "#!html\n<b>bold</b>", "#!markdown\n# Title", "#!mermaid\ngraph TD; A-->B",
                 "new Dictionary<string, int> { [\"a\"] = 1 }", "(1, 2)", "DateTime.UnixEpoch", "typeof(string)", "new Exception(\"kept\")"]
        for code in cells:
            with self.subTest(code):
                done = self.kernel.check(code)
                bundles = done.of("execute_result") + done.of("display_data")
                self.assertTrue(bundles, f"{code!r} showed nothing")
                for bundle in bundles:
                    self.assertTrue(bundle["data"].get("text/plain", "").strip(), bundle["data"])

    def test_a_subscription_is_welcomed(self):
        # jupyter_client 7 subscribes without looking; a socket of one's own sees the frames.
        manager = self.kernel.manager
        context = zmq.Context()
        socket = context.socket(zmq.SUB)
        try:
            socket.connect(f"tcp://{manager.ip}:{manager.iopub_port}")
            socket.setsockopt(zmq.SUBSCRIBE, b"")
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until:
                self.assertTrue(socket.poll(10_000), "nothing came on iopub")
                frames = socket.recv_multipart()
                mark = frames.index(b"<IDS|MSG>")
                header = json.loads(frames[mark + 2])
                if header["msg_type"] == "iopub_welcome":
                    self.assertEqual(manager.session.sign(frames[mark + 2:mark + 6]), frames[mark + 1])
                    self.assertEqual(json.loads(frames[mark + 5])["subscription"], "")
                    return
        finally:
            socket.close(0)
            context.term()

    def test_the_heartbeat_echoes(self):
        manager = self.kernel.manager
        context = zmq.Context()
        socket = context.socket(zmq.REQ)
        try:
            socket.connect(f"tcp://{manager.ip}:{manager.hb_port}")
            socket.send(b"\x00ping\xff")
            self.assertTrue(socket.poll(5000))
            self.assertEqual(socket.recv(), b"\x00ping\xff")
        finally:
            socket.close(0)
            context.term()

    def test_a_cell_that_wants_help_gets_a_page(self):
        done = self.kernel.check("Math.Max?")
        payload = done.reply["content"]["payload"]
        self.assertEqual([p["source"] for p in payload], ["page"])
        self.assertIn("Max", payload[0]["data"]["text/plain"])

    def test_a_message_of_an_unknown_kind_leaves_the_kernel_at_work(self):
        self.kernel.client.shell_channel.send(self.kernel.client.session.msg("nonsense_request", {"code": "1"}))
        self.kernel.client.shell_channel.send(self.kernel.client.session.msg("execute_request", {}))
        self.assertEqual(self.kernel.value("20 + 1"), "21")
