package io.agentos.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.WaitUntilState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One headless Chromium in which pages of one origin are opened, and all that a hostile page could
 * do with them is written down. Not thread-safe: Playwright wants one thread.
 */
public final class TestBrowser implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");
  private static final int NAVIGATION_MILLIS_MAX = 30_000;

  private final Listener listener = new Listener();
  private final Playwright playwright;
  private final Browser browser;
  private final BrowserContext context;
  private final Page page;
  private final String origin;
  private final ConcurrentLinkedQueue<String> breaches = new ConcurrentLinkedQueue<>();

  /**
   * Starts a browser.
   *
   * @param origin of the pages, such as {@code http://127.0.0.1:7070}; what leaves it is a breach
   * @param headers sent with every request to it, such as a bearer
   */
  public TestBrowser(String origin, Map<String, String> headers) {
    this.origin = origin;
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    .setArgs(ARGUMENTS)
                    .setHeadless(true));
    this.context = browser.newContext(new Browser.NewContextOptions().setExtraHTTPHeaders(headers));
    context.onRequest(request -> leaves(request.url()));
    this.page = context.newPage();
    page.onDialog(this::dialog);
    page.onConsoleMessage(message -> {
      if (message.text().toLowerCase(Locale.ROOT).contains("content security policy")) {
        breaches.add("CSP on " + page.url() + ": " + message.text());
      }
    });
    page.onPageError(error -> breaches.add("script error on " + page.url() + ": " + error));
    page.onPopup(other -> breaches.add("popup from " + page.url() + " to " + other.url()));
  }

  /** Where nothing of a page may ever come: a server of its own, on another origin. */
  public String elsewhere() {
    return listener.url();
  }

  /** Opens a page and gives what stands on it. */
  public String open(String path) {
    try {
      page.navigate(
          origin + path,
          new Page.NavigateOptions()
              .setWaitUntil(WaitUntilState.LOAD)
              .setTimeout(NAVIGATION_MILLIS_MAX));
      return page.innerText("body");
    } catch (PlaywrightException e) {
      // What is offered as a file is not shown, and so does nothing.
      if (String.valueOf(e.getMessage()).contains("Download is starting")) {
        return "";
      }
      throw e;
    }
  }

  /** The page that is open, for what tests want of it besides. */
  public Page page() {
    return page;
  }

  /** What pages did that they must not, the listener's word included. */
  public List<String> breaches() {
    listener.requests().forEach(request -> breaches.add("request elsewhere: " + request));
    return List.copyOf(breaches);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
    listener.close();
  }

  private void leaves(String url) {
    boolean own = url.startsWith(origin + "/") || url.equals("about:blank");
    if (!own) {
      breaches.add("request to " + url.substring(0, Math.min(200, url.length())));
    }
  }

  private void dialog(Dialog dialog) {
    breaches.add("dialog on %s: %s".formatted(page.url(), dialog.message()));
    dialog.dismiss();
  }

  private static Path executable() {
    String named = System.getenv("AGENTOS_CHROMIUM");
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    return PLACES.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "Chromium was found at none of %s; install the package chromium, or set AGENTOS_CHROMIUM."
                    .formatted(PLACES)));
  }
}
