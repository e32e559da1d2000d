"""The public suite of kernels, jupyter_kernel_test: every case of it, none left out."""
import jupyter_kernel_test

from kernel import NAME


class Conformance(jupyter_kernel_test.KernelTests):
    kernel_name = NAME
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = "Console.WriteLine(\"hello, world\");"
    code_stderr = "Console.Error.WriteLine(\"oops\");"
    completion_samples = [
        {"text": "Console.WriteLi", "matches": {"WriteLine"}},
        {"text": "Math.Flo", "matches": {"Floor"}},
    ]
    complete_code_samples = ["1 + 1", "var x = 3;", "class C { }", "#!html\n<b>x</b>"]
    incomplete_code_samples = ["for (int i = 0; i < 3; i++) {", "Console.WriteLine(", "/* a comment"]
    invalid_code_samples = ["var = = 3;", "int 3x;"]
    code_page_something = "Math.Max?"
    code_generate_error = "throw new Exception(\"on purpose\");"
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "string.Join(\", \", new[] { 1, 2 })", "result": "1, 2"},
        {"code": "Enumerable.Range(0, 4).Sum()", "result": "6"},
    ]
    code_display_data = [
        {"code": "display(HTML(\"<b>bold</b>\"));", "mime": "text/html"},
        {"code": "#!markdown\n# Title", "mime": "text/markdown"},
    ]
    code_history_pattern = "1 + 2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Console"
    code_clear_output = "Console.Clear();"
