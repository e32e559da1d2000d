using System.Diagnostics;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace SegLstm.Tests.EndToEnd.Jupyter;

/// <summary>Debian's Chromium without a window, driven by Debian's driver.</summary>
internal sealed class Browser : IDisposable
{
    private const string Chromium = "/usr/bin/chromium", Driver = "/usr/bin/chromedriver";
    private readonly ChromeDriver _driver;

    /// <param name="folder">For the browser's profile.</param>
    public Browser(string folder)
    {
        foreach (string program in new[] { Chromium, Driver })
        {
            Assert.SkipUnless(File.Exists(program), $"{program} is missing. Install it with: bash environment/setup.sh --tests");
        }

        var options = new ChromeOptions { BinaryLocation = Chromium };
        // As root, which tests in a container are, Chromium has no sandbox; /dev/shm is small there.
        options.AddArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--window-size=1280,1800",
            "--user-data-dir=" + Path.Combine(folder, "chromium"));
        ChromeDriverService service = ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(Driver)!, Path.GetFileName(Driver));
        service.SuppressInitialDiagnosticInformation = true;
        _driver = new ChromeDriver(service, options, TimeSpan.FromMinutes(2));
    }

    public void Open(string address) => _driver.Navigate().GoToUrl(address);

    /// <summary>The value of a JavaScript expression in the page.</summary>
    public T Ask<T>(string expression) => (T)_driver.ExecuteScript("return " + expression)!;

    public void Do(string statement) => _driver.ExecuteScript(statement);

    public void Click(string selector) => _driver.FindElement(By.CssSelector(selector)).Click();

    /// <summary>Waits until a JavaScript expression is true.</summary>
    public void Await(string expression, TimeSpan limit, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!Ask<bool>($"!!({expression})"))
        {
            Assert.True(clock.Elapsed < limit, $"{what} did not come within {limit.TotalSeconds} s: {expression}");
            Thread.Sleep(100);
        }
    }

    /// <summary>A picture of the page from this element down.</summary>
    public void Picture(string path, string? from = null)
    {
        if (from is not null)
        {
            Do($"document.querySelector('{from}')?.scrollIntoView()");
            Thread.Sleep(500);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _driver.GetScreenshot().SaveAsFile(path);
    }

    /// <inheritdoc/>
    public void Dispose() => _driver.Dispose();
}
