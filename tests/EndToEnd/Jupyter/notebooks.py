"""Every notebook of the repository, executed by nbclient."""
import os
import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from kernel import Case, NAME

FOLDER = Path(os.environ["SEGLSTM_NOTEBOOKS"])

# What a notebook's parameters are here, where its own take minutes: all cells run, with fewer steps.
SHORTER = {
    "00-start": "iterations = 30;",  # the browser's test runs it as it is
    "04-seg-lstm": "iterations = 8; seeds = 2; decoders = false;",
    "05-self-supervised": "epochs = 3; iterations = 10; seeds = 1;",
    "06-language": "iterations = 5; seeds = 1;",
    "07-hyperspectral": "epochs = 5; draws = 1;",
}


class Notebooks(Case):
    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def execute(self, path):
        notebook = nbformat.read(path, as_version=4)
        self.assertEqual([c.outputs for c in notebook.cells if c.cell_type == "code" and c.outputs], [])
        if path.stem in SHORTER and os.environ.get("SEGLSTM_SOAK") != "1":
            parameters = next(i for i, c in enumerate(notebook.cells) if "parameters" in c.metadata.get("tags", []))
            notebook.cells.insert(parameters + 1, nbformat.v4.new_code_cell(SHORTER[path.stem]))
        client = NotebookClient(notebook, timeout=180, kernel_name=NAME, resources={"metadata": {"path": str(path.parent)}})
        client.execute()
        code = [c for c in notebook.cells if c.cell_type == "code"]
        shown = sum(1 for c in code if c.outputs)
        self.assertTrue(shown, "no cell showed anything")
        for cell in code:
            for output in cell.outputs:
                self.assertNotEqual(output.output_type, "error")
                if "data" in output:
                    self.assertIn("text/plain", output.data)
        self.measured(f"{len(code)} cells, {shown} with outputs")


def case(path):
    return lambda self: self.execute(path)


for path in sorted(FOLDER.glob("*.ipynb")):
    setattr(Notebooks, "test_" + re.sub(r"\W", "_", path.stem), case(path))
