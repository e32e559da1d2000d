"""Cells in several languages, and the compiled workbook loaded into a cell."""
import os
import tempfile

from kernel import Case, Kernel

WORKBOOK = os.environ["SEGLSTM_WORKBOOK"]


class Languages(Case):
    folder = tempfile.mkdtemp(prefix="seglstm-test-")

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        for name in os.listdir(cls.folder):
            os.remove(os.path.join(cls.folder, name))
        os.rmdir(cls.folder)

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w") as file:
            file.write(text)

    def test_values_pass_between_csharp_and_fsharp_by_reference(self):
        self.kernel.check("var shared = new List<int> { 1, 2 };")
        self.kernel.check("#!fsharp\n#!share --from csharp shared\nshared.Add 40\nlet doubled = Seq.sumBy ((*) 2) shared", timeout=120)
        self.assertEqual(self.kernel.value("shared.Count"), "3")
        self.kernel.check("#!share --from fsharp doubled")
        self.assertEqual(self.kernel.value("doubled + 0"), "86")
        self.assertEqual(self.kernel.value("doubled.GetType().Name"), "Int32")

    def test_sql_reads_a_file_of_the_notebook_s_folder(self):
        self.write("cities.csv", "name,people\nBerne,134\nBasle,178\nChur,38\n")
        done = self.kernel.check("#!sql\nselect name from 'cities.csv' where people > 100 order by name")
        shown = (done.of("execute_result") + done.of("display_data"))[0]["data"]
        self.assertIn("Basle", shown["text/plain"])
        self.assertNotIn("Chur", shown["text/plain"])
        self.assertIn("<table", shown["text/html"])

    def test_text_languages_show_what_they_are(self):
        for magic, text, mime in [("html", "<b>bold</b>", "text/html"), ("markdown", "# Title", "text/markdown"),
                                  ("javascript", "1 + 1", "application/javascript")]:
            with self.subTest(magic):
                data = self.kernel.check(f"#!{magic}\n{text}").of("display_data")[0]["data"]
                self.assertTrue(mime in data or "text/html" in data, data.keys())

    def test_a_cell_changes_its_language_in_the_middle(self):
        done = self.kernel.check("var below = 3;\n#!html\n<i>between</i>\n#!csharp\nbelow * 2")
        self.assertEqual(done.text, "6")
        self.assertIn("<i>between</i>", done.of("display_data")[0]["data"]["text/html"])

    def test_time_and_variables_are_shown(self):
        self.assertRegex("".join(b["data"]["text/plain"] for b in self.kernel.check("#!time\n1 + 1").of("display_data")), r"\d")
        self.kernel.check("int listed = 12;")
        done = self.kernel.check("#!whos")
        self.assertIn("listed", str(done.of("display_data") + done.of("execute_result") + done.of("stream")))

    def test_a_file_is_loaded_and_another_imported(self):
        self.write("part.csx", "int fromFile = 11;")
        self.kernel.check("#load \"part.csx\"")
        self.assertEqual(self.kernel.value("fromFile"), "11")
        self.write("more.csx", "int imported = 12;")
        self.kernel.check("#!import more.csx")
        self.assertEqual(self.kernel.value("imported"), "12")

    def test_an_unknown_magic_is_named(self):
        done = self.kernel.run("#!fshrap\n1")
        self.assertEqual(done.status, "error")
        self.assertIn("fshrap", done.error["evalue"])

    def test_the_workbook_loads_with_the_native_library_beside_it(self):
        self.kernel.check(f"#r \"{WORKBOOK}\"")
        self.kernel.check("using TorchSharp; using static TorchSharp.torch; using SegLstm.Workbook;")
        self.assertEqual(self.kernel.value("arange(6).reshape(2, 3).sum().ToInt64()"), "15")
        shown = self.kernel.check("arange(6).reshape(2, 3)").of("execute_result")[0]["data"]
        self.assertIn("text/plain", shown)
        self.assertIn("3", shown["text/plain"])

    def test_a_dll_that_is_not_there_is_named_and_the_session_stays_usable(self):
        done = self.kernel.run("#r \"nowhere/Missing.dll\"")
        self.assertEqual(done.status, "error")
        self.assertIn("Missing.dll", done.error["evalue"])
        self.assertEqual(self.kernel.value("5 + 5"), "10")
