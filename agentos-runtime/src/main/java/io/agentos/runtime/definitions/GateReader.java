package io.agentos.runtime.definitions;

import io.agentos.api.Quorum;
import io.agentos.api.Zone;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a gate of its document, and checks what a schema cannot. */
final class GateReader {
  private static final Set<GatePlace> ANYWHERE = EnumSet.allOf(GatePlace.class);

  private final Section spec;
  private final @Nullable PackFiles files;

  private GateReader(Section spec, @Nullable PackFiles files) {
    this.spec = spec;
    this.files = files;
  }

  /**
   * The gate; its problems go where those of the document went.
   *
   * @param name what the file is named
   * @param files those of the pack it belongs to; null for a gate of the installation
   */
  static GateDefinition read(String name, Section document, @Nullable PackFiles files) {
    Section metadata = document.section("metadata");
    if (!metadata.text("name").equals(name)) {
      metadata.problem(
          "name",
          "found '%s'; allowed: '%s', as the file is named".formatted(metadata.text("name"), name));
    }
    return new GateReader(document.section("spec"), files).read(name, metadata.text("description"));
  }

  private GateDefinition read(String name, String description) {
    GateCheck check = new GateOptions(spec.section("options"), files).read(spec.text("check"));
    OnFinding onFinding = onFinding(check);
    return new GateDefinition(
        name,
        description,
        places(check),
        check,
        onFinding,
        quorum(check, onFinding),
        match(),
        spec.duration("timeout", GateDefinition.TIMEOUT_MAX)
            .orElse(GateDefinition.TIMEOUT_DEFAULT));
  }

  private List<GatePlace> places(GateCheck check) {
    Set<GatePlace> allowed = places(check.getClass());
    List<GatePlace> places = new ArrayList<>();
    List<String> names = spec.texts("at");
    for (int i = 0; i < names.size(); i++) {
      GatePlace place = GatePlace.valueOf(names.get(i).toUpperCase(Locale.ROOT));
      places.add(place);
      if (!allowed.contains(place)) {
        spec.problem(
            "at",
            i,
            "found '%s' with check %s; allowed: %s"
                .formatted(
                    names.get(i),
                    spec.text("check"),
                    String.join(", ", allowed.stream().map(GateReader::lower).toList())));
      }
    }
    return places;
  }

  /** Where there is something to check. */
  private static Set<GatePlace> places(Class<? extends GateCheck> check) {
    if (List.of(
            GateCheck.FitsSchema.class,
            GateCheck.Sections.class,
            GateCheck.Citations.class,
            GateCheck.Readability.class)
        .contains(check)) {
      return EnumSet.of(GatePlace.OUTPUT);
    }
    if (check == GateCheck.Length.class) {
      return EnumSet.of(GatePlace.TASK, GatePlace.OUTPUT);
    }
    if (check == GateCheck.Injection.class) {
      return EnumSet.of(GatePlace.TASK, GatePlace.MODEL, GatePlace.TOOL);
    }
    return ofArguments(check) ? EnumSet.of(GatePlace.TOOL) : ANYWHERE;
  }

  private static boolean ofArguments(Class<? extends GateCheck> check) {
    return List.of(
            GateCheck.Destination.class,
            GateCheck.Untrusted.class,
            GateCheck.Url.class,
            GateCheck.Sql.class,
            GateCheck.Consent.class,
            GateCheck.Amount.class)
        .contains(check);
  }

  private OnFinding onFinding(GateCheck check) {
    boolean says = check instanceof GateCheck.Human || check instanceof GateCheck.Amount;
    if (!spec.has("onFinding")) {
      return byItself(check);
    }
    OnFinding onFinding = OnFinding.valueOf(spec.text("onFinding").toUpperCase(Locale.ROOT));
    if (says && onFinding != OnFinding.ESCALATE) {
      spec.problem(
          "onFinding",
          "found '%s' with check %s; allowed: escalate, which it does by itself"
              .formatted(spec.text("onFinding"), spec.text("check")));
    }
    return onFinding;
  }

  private static OnFinding byItself(GateCheck check) {
    return switch (check) {
      case GateCheck.FitsSchema _,
          GateCheck.Length _,
          GateCheck.Sections _,
          GateCheck.Citations _,
          GateCheck.Readability _,
          GateCheck.Words _ ->
          OnFinding.FIX;
      case GateCheck.Secrets _,
          GateCheck.Pii _,
          GateCheck.Url _,
          GateCheck.Sql _,
          GateCheck.Consent _ ->
          OnFinding.BLOCK;
      case GateCheck.Injection _,
          GateCheck.Destination _,
          GateCheck.Untrusted _,
          GateCheck.QuietHours _,
          GateCheck.Amount _,
          GateCheck.Human _ ->
          OnFinding.ESCALATE;
    };
  }

  private Quorum quorum(GateCheck check, OnFinding onFinding) {
    if (!spec.has("quorum")) {
      return Quorum.ONE;
    }
    Section quorum = spec.section("quorum");
    if (onFinding != OnFinding.ESCALATE) {
      spec.problem(
          "quorum", "found with onFinding %s; allowed: with escalate".formatted(lower(onFinding)));
    }
    if (check instanceof GateCheck.Amount && quorum.has("approvers")) {
      quorum.problem(
          "approvers", "found with check amount; allowed: roles, for tiers say how many");
    }
    return new Quorum(
        quorum.number("approvers").map(Math::toIntExact).orElse(1), quorum.texts("roles"));
  }

  private GateMatch match() {
    if (!spec.has("match")) {
      return GateMatch.WHERE_NAMED;
    }
    Section match = spec.section("match");
    if (files != null && match.has("packs")) {
      match.problem("packs", "found in a gate of a pack; allowed: agents, tools, zones");
    }
    if (match.has("tools") && !spec.texts("at").contains("tool")) {
      match.problem("tools", "found without at tool; allowed: where the gate looks at tool calls");
    }
    return new GateMatch(
        true,
        match.texts("packs"),
        match.texts("agents"),
        match.texts("tools"),
        match.texts("zones").stream()
            .map(zone -> Zone.valueOf(zone.toUpperCase(Locale.ROOT)))
            .toList());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
