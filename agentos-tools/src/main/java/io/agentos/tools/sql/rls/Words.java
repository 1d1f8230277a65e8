package io.agentos.tools.sql.rls;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Roles and privileges in plain words. */
final class Words {
  private static final int ITEMS_MAX = 20;

  private Words() {}

  /** Such as {@code Anyone who is not signed in (anon) and the role app can read and add rows}. */
  static String whoCanDoWhat(List<Exposure> exposures) {
    Map<List<Privilege>, List<String>> byPrivileges = new LinkedHashMap<>();
    for (Exposure exposure : exposures) {
      List<Privilege> privileges = List.copyOf(EnumSet.copyOf(exposure.privileges()));
      byPrivileges.computeIfAbsent(privileges, key -> new ArrayList<>()).add(who(exposure.role()));
    }
    return byPrivileges.entrySet().stream()
        .map(entry -> list(entry.getValue()) + " can " + verbs(entry.getKey()))
        .collect(joining("; "));
  }

  /** Such as {@code every signed-in user (authenticated)}. */
  static String who(Role role) {
    if (role.isPublic()) {
      return "every role (PUBLIC)";
    }
    return switch (role.name()) {
      case "anon" -> "anyone who is not signed in (anon)";
      case "authenticated" -> "every signed-in user (authenticated)";
      default -> "the role " + role.quoted();
    };
  }

  static String whoAll(List<Role> roles) {
    return list(roles.stream().map(Words::who).toList());
  }

  /** The names for SQL, separated by commas. */
  static String names(List<Role> roles) {
    return roles.stream().map(Role::quoted).collect(joining(", "));
  }

  /** Such as {@code a, b and c}; of many only the first. */
  static String list(List<String> items) {
    if (items.size() > ITEMS_MAX) {
      return "%s and %d more"
          .formatted(String.join(", ", items.subList(0, ITEMS_MAX)), items.size() - ITEMS_MAX);
    }
    int last = items.size() - 1;
    return last < 1
        ? String.join("", items)
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }

  static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Such as {@code 1 policy} or {@code 2 policies}. */
  static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  private static String verbs(List<Privilege> privileges) {
    return list(privileges.stream().map(Privilege::verb).toList());
  }
}
