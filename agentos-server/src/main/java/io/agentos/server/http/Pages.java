package io.agentos.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages for browsers: one document, its style and its script, all from this server. What is put
 * into a page is text: every character that HTML gives a meaning is escaped. Thread-safe.
 */
final class Pages {
  /** Lets a page load what this server serves, and nothing written into it run. */
  static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

  /** Lets a document do nothing at all. */
  static final String NO_PAGE_POLICY =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String PROVIDER =
      "<a class=\"button\" href=\"" + OidcPages.START + "\">Single sign-on</a>";

  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

  private final String signIn = resource("sign-in.html");
  private final boolean provider;

  /**
   * @param provider whether people may sign in at an OpenID provider
   */
  Pages(boolean provider) {
    this.provider = provider;
  }

  /** The routes of pages; they are not part of the API. */
  List<Route> routes() {
    return List.of(
        page("/sign-in", call -> signIn("")),
        asset("/assets/sign-in.css", "text/css; charset=utf-8"),
        asset("/assets/sign-in.js", "text/javascript; charset=utf-8"),
        asset("/assets/agentos.svg", "image/svg+xml"));
  }

  /** The page on which people sign in, telling what went wrong before. */
  Answer.Ready signIn(String message) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("message", escaped(message));
    values.put("provider", provider ? PROVIDER : "");
    return new Answer.Ready(200, filled(signIn, values), headers("text/html; charset=utf-8"));
  }

  /** A text as it stands in an element or between the quotes of an attribute. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      switch (each) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(each);
      }
    }
    return escaped.toString();
  }

  private static String filled(String page, Map<String, String> values) {
    return PLACE
        .matcher(page)
        .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
  }

  private static Route page(String path, Route.Handler handler) {
    return new Route("GET", path, new Access.Open(), handler);
  }

  private static Route asset(String path, String type) {
    String text = resource(path.substring("/assets/".length()));
    Map<String, String> headers = headers(type);
    headers.put("Cache-Control", "public, max-age=300");
    Answer.Ready answer = new Answer.Ready(200, text, headers);
    return page(path, _ -> answer);
  }

  private static Map<String, String> headers(String type) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type);
    headers.put("Content-Security-Policy", POLICY);
    return headers;
  }

  private static String resource(String name) {
    try (InputStream in = Pages.class.getResourceAsStream("/pages/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no pages/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
