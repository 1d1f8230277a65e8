package io.agentos.tools.http;

import io.agentos.spi.Egress.HttpAnswer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where an answer leads on. Only within one origin: gates, people and secrets were asked about the
 * first address, and another server is another question.
 */
final class Redirect {
  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

  private Redirect() {}

  /** The next address; empty when the answer is the end. */
  static Optional<URI> target(String url, HttpAnswer answer) {
    List<String> locations = answer.headers().getOrDefault("location", List.of());
    if (!STATUSES.contains(answer.status()) || locations.size() != 1) {
      return Optional.empty();
    }
    try {
      URI from = new URI(url);
      URI to = withoutFragment(from.resolve(new URI(locations.getFirst())));
      return sameOrigin(from, to) ? Optional.of(to) : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty(); // what cannot be read is not followed; the answer says so
    }
  }

  /** The host of an address, for messages. */
  static String host(String url) {
    try {
      return String.valueOf(new URI(url).getHost());
    } catch (URISyntaxException e) {
      return "The address";
    }
  }

  private static URI withoutFragment(URI uri) throws URISyntaxException {
    String text = uri.toString();
    int hash = text.indexOf('#');
    return hash < 0 ? uri : new URI(text.substring(0, hash));
  }

  private static boolean sameOrigin(URI from, URI to) {
    return to.getHost() != null
        && to.getRawUserInfo() == null
        && to.getHost().equalsIgnoreCase(from.getHost())
        && scheme(to).equals(scheme(from))
        && port(to) == port(from);
  }

  private static String scheme(URI uri) {
    return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return scheme(uri).equals("https") ? 443 : 80;
  }
}
