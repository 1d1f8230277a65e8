package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.runtime.definitions.GateCheck;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * URLs that a tool may be given. What two readers could read differently is refused: white space,
 * backslashes, user information, hosts that no URI has.
 */
record UrlCheck(GateCheck.Url options) implements Check {
  private static final int LENGTH_MAX = 8_192;

  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    if (!(checkpoint instanceof Checkpoint.BeforeTool before)) {
      return GateResult.PASS;
    }
    List<String> findings = new ArrayList<>();
    ArgumentValues values = ArgumentValues.named(options.arguments());
    for (String url : values.texts(before.call().arguments())) {
      finding(url)
          .map(what -> "A URL for %s %s.".formatted(before.tool().name(), what))
          .ifPresent(findings::add);
    }
    return consequence.of(findings);
  }

  private Optional<String> finding(String url) {
    if (url.length() > LENGTH_MAX) {
      return Optional.of("is longer than " + LENGTH_MAX + " characters");
    }
    if (url.codePoints().anyMatch(UrlCheck::isOdd)) {
      return Optional.of("holds white space, a backslash or a sign that is not seen");
    }
    try {
      return finding(new URI(url));
    } catch (URISyntaxException e) {
      return Optional.of("cannot be read as one");
    }
  }

  private Optional<String> finding(URI url) {
    String scheme = url.getScheme();
    if (scheme == null || !options.schemes().contains(scheme.toLowerCase(Locale.ROOT))) {
      return Optional.of("has not one of the schemes " + String.join(", ", options.schemes()));
    }
    String authority = url.getRawAuthority();
    if (authority == null || url.getHost() == null) {
      return Optional.of("names no host");
    }
    if (authority.indexOf('@') >= 0) {
      return Optional.of("names a user before its host");
    }
    String host = host(url.getHost());
    if (!options.privateAllowed() && HostAddress.isInside(host)) {
      return Optional.of("leads to this machine or into its network");
    }
    if (options.denied().stream().anyMatch(pattern -> fits(pattern, host))) {
      return Optional.of("leads to a host that is denied");
    }
    if (!options.allowed().isEmpty()
        && options.allowed().stream().noneMatch(pattern -> fits(pattern, host))) {
      return Optional.of("leads to a host that is not on the list");
    }
    return Optional.empty();
  }

  /** As resolvers read it: lower case, ASCII, without brackets and without a last dot. */
  private static String host(String written) {
    String bare = written.toLowerCase(Locale.ROOT);
    if (bare.startsWith("[")) {
      int zone = bare.indexOf('%');
      return bare.substring(1, zone < 0 ? bare.length() - 1 : zone);
    }
    String ascii = ascii(bare);
    return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
  }

  private static String ascii(String host) {
    try {
      return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      return host;
    }
  }

  private static boolean fits(String pattern, String host) {
    return pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : host.equals(pattern);
  }

  private static boolean isOdd(int c) {
    return c <= ' ' || c == '\\' || c >= 0x7F;
  }
}
