package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.runtime.definitions.GateCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where something goes must come, letter by letter, from what the caller gave, from what the
 * agent's definition says itself, or from a list: not from what a tool read. Only ASCII case and
 * the white space around it do not matter, so that a look-alike is another destination.
 */
final class DestinationCheck implements Check {
  private static final int LENGTH_MAX = 2_048;

  private final ArgumentValues arguments;
  private final Set<String> allowed = new HashSet<>();
  private final List<String> domains = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();

  DestinationCheck(GateCheck.Destination options) {
    this.arguments = ArgumentValues.named(options.arguments());
    for (String one : options.allowed()) {
      if (one.startsWith("*@")) {
        domains.add(GivenTexts.plain(one.substring(1)));
      } else if (one.endsWith("*")) {
        prefixes.add(GivenTexts.plain(one.substring(0, one.length() - 1)));
      } else {
        allowed.add(GivenTexts.plain(one));
      }
    }
  }

  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    if (!(checkpoint instanceof Checkpoint.BeforeTool before)) {
      return GateResult.PASS;
    }
    List<String> values =
        arguments.texts(before.call().arguments()).stream().filter(one -> !one.isBlank()).toList();
    if (values.isEmpty()) {
      return GateResult.PASS;
    }
    GivenTexts given = GivenTexts.of(before);
    long unknown =
        values.stream().filter(value -> !known(value, given) && !everyPart(value, given)).count();
    return unknown == 0
        ? GateResult.PASS
        : consequence.of(
            List.of(
                "%d of %d destinations of %s %s neither from the caller nor from a list."
                    .formatted(
                        unknown,
                        values.size(),
                        before.tool().name(),
                        unknown == 1 ? "comes" : "come")));
  }

  /** A row of addresses is known when each of them is. */
  private boolean everyPart(String value, GivenTexts given) {
    if (value.indexOf('@') < 0 || value.length() > LENGTH_MAX) {
      return false;
    }
    String[] parts = value.split("[,;]", -1);
    for (String part : parts) {
      if (!known(bare(part), given)) {
        return false;
      }
    }
    return parts.length > 0;
  }

  /** Of {@code Ada <ada@example.com>} the address: the name is for people. */
  private static String bare(String part) {
    int begin = part.lastIndexOf('<');
    int end = part.lastIndexOf('>');
    return begin >= 0 && end > begin && part.substring(end + 1).isBlank()
        ? part.substring(begin + 1, end)
        : part;
  }

  private boolean known(String value, GivenTexts given) {
    String plain = GivenTexts.plain(value);
    if (plain.isEmpty() || plain.length() > LENGTH_MAX) {
      return false;
    }
    return allowed.contains(plain)
        || given.holds(plain)
        || domains.stream().anyMatch(domain -> isOf(plain, domain))
        || prefixes.stream().anyMatch(prefix -> leadsBelow(plain, prefix));
  }

  private static boolean isOf(String address, String domain) {
    int at = address.indexOf('@');
    return at > 0
        && address.substring(at).equals(domain)
        && address.chars().limit(at).allMatch(c -> c > ' ' && "<>,;:\"\\()[]".indexOf(c) < 0);
  }

  /** What could lead out again does not lead below. */
  private static boolean leadsBelow(String address, String prefix) {
    if (!address.startsWith(prefix)) {
      return false;
    }
    String rest = address.substring(prefix.length());
    return !rest.contains("..")
        && !rest.contains("%2e")
        && !rest.contains("\\")
        && rest.chars().noneMatch(c -> c <= ' ' || c == 0x7F);
  }
}
