package io.agentos.server.config;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.catalogue.ExplicitPrice;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that can be configured.
 *
 * @param path its place in agentos.yaml, such as {@code server.port}
 * @param fallback what holds when nobody sets it, as it would be written; empty for nothing
 * @param alias a second name in the environment that others use too; empty for none
 */
record Key(String path, Kind kind, String fallback, Optional<String> alias) {

  /** Its name in the environment. */
  String variable() {
    return "AGENTOS_" + path.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** Refuses a value that is not allowed; a section calls it for each of its values. */
  void check(Object value) {
    boolean allowed =
        switch (kind) {
          case Kind.WholeNumber number -> value instanceof Long whole && number.allows(whole);
          case Kind.Time time -> value instanceof Duration length && time.allows(length);
          case Kind.Text text -> value instanceof String words && text.allows(words);
          case Kind.LogName name -> value instanceof String words && name.allows(words);
          case Kind.OneOf some -> value instanceof String word && some.allows(word);
          case Kind.Folder folder -> value instanceof Path place && folder.allows(place);
          case Kind.Place place -> value instanceof Path path && place.allows(path);
          case Kind.Folders folders -> value instanceof List<?> places && folders.allows(places);
          case Kind.Destinations rules -> value instanceof List<?> list && rules.allows(list);
          case Kind.WebAddress address -> value instanceof URI uri && address.allows(uri);
          case Kind.ModelPrice _ -> value instanceof ExplicitPrice;
          case Kind.RoleNames _ -> value instanceof Map<?, ?>;
          case Kind.Headers _ -> value instanceof Map<?, ?>;
          case Kind.SecretReference _ -> value instanceof Secret;
          case Kind.PostgresAddress _ -> value instanceof PostgresUrl;
        };
    if (!allowed) {
      throw new AgentOsException(ErrorCode.INVALID_DEFINITION, refusal(value.toString()));
    }
  }

  /** The words that name the key, what was found and what is allowed. */
  String refusal(String found) {
    return "%s is '%s'; allowed is %s.".formatted(path, found, kind.allowed());
  }
}
