package io.agentos.server.config;

import io.agentos.runtime.catalogue.ExplicitPrice;
import io.agentos.runtime.egress.EgressRule;
import io.agentos.runtime.identity.Role;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a key may be set to. */
sealed interface Kind {
  /** The longest text a key takes. */
  int TEXT_LENGTH_MAX = 4_096;

  /** The most folders a key takes. */
  int FOLDERS_MAX = 64;

  /** What is allowed, in words that end a sentence. */
  String allowed();

  /** A whole number between two bounds. */
  record WholeNumber(long min, long max) implements Kind {
    @Override
    public String allowed() {
      return "a whole number from %d to %d".formatted(min, max);
    }

    Optional<Long> parse(String text) {
      try {
        return Optional.of(Long.parseLong(text));
      } catch (NumberFormatException _) {
        return Optional.empty();
      }
    }

    boolean allows(long value) {
      return value >= min && value <= max;
    }
  }

  /** A length of time between two bounds. */
  record Time(Duration min, Duration max) implements Kind {
    @Override
    public String allowed() {
      return "an ISO 8601 duration from %s to %s".formatted(min, max);
    }

    Optional<Duration> parse(String text) {
      try {
        return Optional.of(Duration.parse(text));
      } catch (DateTimeParseException _) {
        return Optional.empty();
      }
    }

    boolean allows(Duration value) {
      return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }
  }

  /** A text. */
  record Text() implements Kind {
    @Override
    public String allowed() {
      return "a text of 1 to %d characters".formatted(TEXT_LENGTH_MAX);
    }

    boolean allows(String value) {
      return !value.isBlank() && value.length() <= TEXT_LENGTH_MAX;
    }
  }

  /** The first part of the origin of audit logs: as in C2SP signed-note, no space and no plus. */
  record LogName() implements Kind {
    @Override
    public String allowed() {
      return "1 to 200 of a-z, A-Z, 0-9, '.', '-', '_' and '/'";
    }

    boolean allows(String value) {
      return value.matches("[a-zA-Z0-9._/-]{1,200}");
    }
  }

  /** One of some words. */
  record OneOf(List<String> words) implements Kind {
    @Override
    public String allowed() {
      return "one of " + String.join(", ", words);
    }

    boolean allows(String value) {
      return words.contains(value);
    }
  }

  /** A folder. */
  record Folder() implements Kind {
    @Override
    public String allowed() {
      return "a folder's path";
    }

    boolean allows(Path value) {
      return value.isAbsolute();
    }
  }

  /** A file or a folder. */
  record Place() implements Kind {
    @Override
    public String allowed() {
      return "a file's or folder's path";
    }

    boolean allows(Path value) {
      return value.isAbsolute();
    }
  }

  /** Some folders. */
  record Folders() implements Kind {
    @Override
    public String allowed() {
      return "at most %d folders' paths".formatted(FOLDERS_MAX);
    }

    boolean allows(List<?> value) {
      return value.size() <= FOLDERS_MAX
          && value.stream().allMatch(folder -> folder instanceof Path path && path.isAbsolute());
    }
  }

  /** Places inside that connections may go to. */
  record Destinations() implements Kind {
    /** The most places a key takes. */
    static final int MAX = 64;

    @Override
    public String allowed() {
      return "at most %d of %s".formatted(MAX, EgressRule.FORM);
    }

    boolean allows(List<?> value) {
      return value.size() <= MAX && value.stream().allMatch(EgressRule.class::isInstance);
    }
  }

  /** A web address. */
  record WebAddress() implements Kind {
    @Override
    public String allowed() {
      return "an http or https URL with no user, query or fragment";
    }

    Optional<URI> parse(String text) {
      try {
        URI uri = URI.create(text);
        return allows(uri) ? Optional.of(uri) : Optional.empty();
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }

    boolean allows(URI value) {
      String scheme = value.getScheme() == null ? "" : value.getScheme().toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https"))
          && value.getHost() != null
          && value.getRawUserInfo() == null
          && value.getRawQuery() == null
          && value.getRawFragment() == null;
    }
  }

  /** What a model costs. */
  record ModelPrice() implements Kind {
    @Override
    public String allowed() {
      return ExplicitPrice.FORM;
    }
  }

  /** Headers that are sent with each call. */
  record Headers() implements Kind {
    /** The most headers a provider takes. */
    static final int MAX = 16;

    private static final Pattern HEADER =
        Pattern.compile("([A-Za-z0-9-]{1,64}):\\s*(\\S.{0,2047})");

    @Override
    public String allowed() {
      return "at most %d of NAME: VALUE, separated by ';', each value also as env:NAME or file:PATH"
          .formatted(MAX);
    }

    /** The headers in a text, by name; empty when one of them is none. */
    Optional<Map<String, String>> parse(String text) {
      Map<String, String> headers = new LinkedHashMap<>();
      for (String part : text.split(";", -1)) {
        Matcher header = HEADER.matcher(part.strip());
        if (!header.matches() || headers.put(header.group(1), header.group(2).strip()) != null) {
          return Optional.empty();
        }
      }
      return headers.size() > MAX ? Optional.empty() : Optional.of(headers);
    }
  }

  /** Which role a value of a claim gives. */
  record RoleNames() implements Kind {
    /** The most values. */
    static final int MAX = 64;

    @Override
    public String allowed() {
      return "at most %d of VALUE=ROLE, separated by ';'".formatted(MAX);
    }

    /** The roles in a text, by value; empty when one of them is none. */
    Optional<Map<String, Role>> parse(String text) {
      Map<String, Role> roles = new LinkedHashMap<>();
      for (String part : text.split(";", -1)) {
        int equals = part.lastIndexOf('=');
        String value = equals < 0 ? "" : part.substring(0, equals).strip();
        String name = part.substring(equals + 1).strip();
        Optional<Role> role =
            java.util.Arrays.stream(Role.values())
                .filter(each -> each.text().equals(name))
                .findFirst();
        if (value.isEmpty() || role.isEmpty() || roles.put(value, role.get()) != null) {
          return Optional.empty();
        }
      }
      return roles.size() > MAX ? Optional.empty() : Optional.of(roles);
    }
  }

  /** Where a secret is kept. */
  record SecretReference() implements Kind {
    @Override
    public String allowed() {
      return "env:NAME or file:PATH";
    }
  }

  /** Where a Postgres is; with its password only where the text is not kept in a file. */
  record PostgresAddress() implements Kind {
    @Override
    public String allowed() {
      return "env:NAME, file:PATH or postgresql://USER@HOST:PORT/DATABASE";
    }
  }
}
