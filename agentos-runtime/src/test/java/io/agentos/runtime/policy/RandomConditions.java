package io.agentos.runtime.policy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Random conditions as trees: printed as CEL for the engine, interpreted directly for the
 * reference. A tree that cannot be evaluated comes to null.
 */
final class RandomConditions {
  private final Random random;

  RandomConditions(Random random) {
    this.random = random;
  }

  /** One condition. */
  interface Tree {
    String cel();

    /** True, false, or null for an error. */
    @Nullable Boolean value(Map<String, Object> values);

    /** The variables it speaks of. */
    Set<String> names();
  }

  private record Leaf(
      String cel, String name, Function<Map<String, Object>, @Nullable Boolean> meaning)
      implements Tree {
    @Override
    public @Nullable Boolean value(Map<String, Object> values) {
      return values.containsKey(name) ? meaning.apply(values) : null;
    }

    @Override
    public Set<String> names() {
      return Set.of(name);
    }
  }

  private record Not(Tree of) implements Tree {
    @Override
    public String cel() {
      return "!(" + of.cel() + ")";
    }

    @Override
    public @Nullable Boolean value(Map<String, Object> values) {
      Boolean value = of.value(values);
      return value == null ? null : !value;
    }

    @Override
    public Set<String> names() {
      return of.names();
    }
  }

  /** Both or either: what decides, decides even beside an error. */
  private record Both(Tree left, Tree right, boolean and) implements Tree {
    @Override
    public String cel() {
      return "(" + left.cel() + (and ? " && " : " || ") + right.cel() + ")";
    }

    @Override
    public @Nullable Boolean value(Map<String, Object> values) {
      Boolean one = left.value(values);
      Boolean other = right.value(values);
      Boolean decides = !and;
      if (decides.equals(one) || decides.equals(other)) {
        return decides;
      }
      return (one == null || other == null) ? null : (Boolean) and;
    }

    @Override
    public Set<String> names() {
      Set<String> names = new TreeSet<>(left.names());
      names.addAll(right.names());
      return names;
    }
  }

  private record Choice(Tree test, Tree then, Tree otherwise) implements Tree {
    @Override
    public String cel() {
      return "(%s ? %s : %s)".formatted(test.cel(), then.cel(), otherwise.cel());
    }

    @Override
    public @Nullable Boolean value(Map<String, Object> values) {
      Boolean value = test.value(values);
      return value == null ? null : value ? then.value(values) : otherwise.value(values);
    }

    @Override
    public Set<String> names() {
      Set<String> names = new TreeSet<>(test.names());
      names.addAll(then.names());
      names.addAll(otherwise.names());
      return names;
    }
  }

  Tree tree(Subject subject, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return leaf(subject);
    }
    return switch (random.nextInt(6)) {
      case 0 -> new Not(tree(subject, depth - 1));
      case 1 ->
          new Choice(tree(subject, depth - 1), tree(subject, depth - 1), tree(subject, depth - 1));
      default -> new Both(tree(subject, depth - 1), tree(subject, depth - 1), random.nextBoolean());
    };
  }

  private Leaf leaf(Subject subject) {
    List<Leaf> leaves = new ArrayList<>(ofTasks());
    if (subject == Subject.TOOL) {
      leaves.addAll(ofTools());
      leaves.addAll(ofArguments());
    }
    return leaves.get(random.nextInt(leaves.size()));
  }

  private List<Leaf> ofTasks() {
    long number = random.nextInt(10);
    String text = List.of("p", "pq", "q", "prod", "dev").get(random.nextInt(5));
    return List.of(
        new Leaf(
            "task.priority < " + number, "task.priority", v -> number(v, "task.priority") < number),
        new Leaf(
            "10 / (task.priority - %d) > 1".formatted(number),
            "task.priority",
            v -> {
              long divisor = number(v, "task.priority") - number;
              return divisor == 0 ? null : 10 / divisor > 1;
            }),
        new Leaf("tenant == 'ab'", "tenant", v -> v.get("tenant").equals("ab")),
        new Leaf(
            "tenant.startsWith('a')", "tenant", v -> v.get("tenant").toString().startsWith("a")),
        new Leaf("'env' in labels", "labels", v -> map(v, "labels").containsKey("env")),
        new Leaf(
            "labels.env == '%s'".formatted(text),
            "labels",
            v -> {
              Object found = map(v, "labels").get("env");
              return found == null ? null : found.equals(text);
            }),
        new Leaf(
            "principal.role == 'operator'",
            "principal.role",
            v -> v.get("principal.role").equals("operator")),
        new Leaf(
            "agent.pack == '%s'".formatted(text),
            "agent.pack",
            v -> v.get("agent.pack").equals(text)),
        new Leaf("zone != 'green'", "zone", v -> !v.get("zone").equals("green")),
        new Leaf(
            "now.getHours('Europe/Berlin') < " + (number + 8),
            "now",
            v -> now(v).atZone(ZoneId.of("Europe/Berlin")).getHour() < number + 8),
        new Leaf(
            "now.getDayOfWeek() == " + (number % 7),
            "now",
            v -> now(v).atZone(ZoneId.of("UTC")).getDayOfWeek().getValue() % 7 == number % 7));
  }

  private List<Leaf> ofTools() {
    String tool = List.of("m.send", "m.sense", "f.read").get(random.nextInt(3));
    long number = random.nextInt(4);
    return List.of(
        new Leaf(
            "tool.name == '%s'".formatted(tool), "tool.name", v -> v.get("tool.name").equals(tool)),
        new Leaf(
            "'%s' in history.tools".formatted(tool),
            "history.tools",
            v -> list(v, "history.tools").contains(tool)),
        new Leaf(
            "history.counts['%s'] >= %d".formatted(tool, number),
            "history.tools",
            v -> {
              long count = list(v, "history.tools").stream().filter(tool::equals).count();
              return count == 0 ? null : count >= number;
            }),
        new Leaf(
            "'tool:%s' in taint".formatted(tool),
            "taint",
            v -> list(v, "taint").contains("tool:" + tool)),
        new Leaf(
            "usage.tool_calls > " + number,
            "usage.tool_calls",
            v -> number(v, "usage.tool_calls") > number),
        new Leaf(
            "size(history.tools) > " + number,
            "history.tools",
            v -> list(v, "history.tools").size() > number));
  }

  private List<Leaf> ofArguments() {
    long number = random.nextInt(6);
    return List.of(
        new Leaf("has(args.amount)", "args", v -> map(v, "args").containsKey("amount")),
        new Leaf(
            "args.amount > " + number,
            "args",
            v ->
                map(v, "args").get("amount") instanceof Number found
                    ? found.doubleValue() > number
                    : null),
        new Leaf(
            "args.amount <= %d.5".formatted(number),
            "args",
            v ->
                map(v, "args").get("amount") instanceof Number found
                    ? found.doubleValue() <= number + 0.5
                    : null),
        new Leaf(
            "args.amount == null",
            "args",
            v ->
                map(v, "args").containsKey("amount") ? map(v, "args").get("amount") == null : null),
        new Leaf(
            "args.amount == 'many'",
            "args",
            v ->
                map(v, "args").containsKey("amount")
                    ? "many".equals(map(v, "args").get("amount"))
                    : null),
        new Leaf(
            "args.amount.contains('an')",
            "args",
            v ->
                map(v, "args").get("amount") instanceof String found ? found.contains("an") : null),
        new Leaf(
            "args.items.exists(i, i == %d)".formatted(number),
            "args",
            v ->
                map(v, "args").get("items") instanceof List<?> items
                    ? items.contains(number)
                    : null),
        new Leaf(
            "args.items[%d] == 1".formatted(number),
            "args",
            v ->
                (map(v, "args").get("items") instanceof List<?> items && number < items.size())
                    ? items.get((int) number).equals(1L)
                    : null));
  }

  private static long number(Map<String, Object> values, String name) {
    return values.get(name) instanceof Long number ? number : -1;
  }

  private static Instant now(Map<String, Object> values) {
    return Instant.parse(values.get("now").toString());
  }

  private static Map<?, ?> map(Map<String, Object> values, String name) {
    return values.get(name) instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(Map<String, Object> values, String name) {
    return values.get(name) instanceof List<?> list ? list : List.of();
  }
}
