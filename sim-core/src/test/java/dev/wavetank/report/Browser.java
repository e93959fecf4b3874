package dev.wavetank.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a window, with a profile of its own; {@code .ci/install-browser} installs one. */
final class Browser implements AutoCloseable {

    private static final List<String> BROWSERS =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final List<String> DRIVERS = List.of(
            "/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver", "/usr/lib/chromium-browser/chromedriver");

    private final ChromeDriver driver;
    private final Path profile;

    private Browser(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /** Starts one, or skips the test where there is none; on a CI machine that is a failure. */
    static Browser start() throws IOException {
        File browser = firstOf(BROWSERS);
        File chromedriver = firstOf(DRIVERS);
        String missing = "no Chromium with chromedriver is installed; .ci/install-browser installs both";
        if (System.getenv("CI") != null) {
            assertThat(browser != null && chromedriver != null).as(missing).isTrue();
        }
        assumeTrue(browser != null && chromedriver != null, missing);
        Objects.requireNonNull(browser);
        Objects.requireNonNull(chromedriver);
        Path profile = Files.createTempDirectory("wavetank-browser");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser);
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
        // the driver is named, so that nothing is looked for or fetched
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver)
                .build();
        return new Browser(new ChromeDriver(service, options), profile);
    }

    private static @Nullable File firstOf(List<String> paths) {
        return paths.stream()
                .map(File::new)
                .filter(File::canExecute)
                .findFirst()
                .orElse(null);
    }

    /** Opens a file in a window of that size, as a person with that taste in colours sees it. */
    void open(Path file, int width, int height, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        driver.get("about:blank");
        consoleMessages();
        driver.get(file.toUri().toString());
    }

    /** What the page has said on the console since the last call. */
    List<String> consoleMessages() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** What a script returns; an empty text if it returns nothing. */
    Object run(String script, Object... arguments) {
        return Objects.requireNonNullElse(driver.executeScript(script, arguments), "");
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Moves the mouse over an element, to a share of its width and height. */
    void hover(WebElement element, double x, double y) {
        run("arguments[0].scrollIntoView({block: 'center'})", element);
        int right = (int) ((x - 0.5) * element.getSize().getWidth());
        int down = (int) ((y - 0.5) * element.getSize().getHeight());
        new Actions(driver).moveToElement(element, right, down).perform();
    }

    /** The text of an element once it says something. */
    String textOf(String selector) {
        return new WebDriverWait(driver, Duration.ofSeconds(10)).until(unused -> {
            List<WebElement> found = all(selector);
            String text = found.isEmpty() ? "" : found.get(0).getText();
            return text.isEmpty() ? null : text;
        });
    }

    /** Keeps a picture of the whole page. */
    void picture(Path file) throws IOException {
        run("scrollTo(0, 0)");
        Number height = (Number) run("return document.documentElement.scrollHeight");
        Number width = (Number) run("return document.documentElement.clientWidth");
        Map<String, Object> shot = driver.executeCdpCommand(
                "Page.captureScreenshot",
                Map.of(
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
    }

    /** Keeps a picture of what is in the window. */
    void view(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
