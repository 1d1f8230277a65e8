package io.agentos.runtime.policy;

import dev.cel.common.CelException;
import dev.cel.runtime.Program;
import java.util.Map;
import java.util.Set;

/**
 * A compiled expression of a rule.
 *
 * <p>Immutable and thread-safe.
 */
final class Condition {
  /** What an expression fails with that looks at an argument which was too long to be recorded. */
  static final String NOT_RECORDED = "VALUE_NOT_RECORDED";

  private final Program program;
  private final Shortcut shortcut;
  private final Set<String> names;
  private final Set<String> arguments;

  /**
   * @param shortcut evaluates common forms in a fraction of the time
   * @param names the variables it speaks of
   * @param arguments the arguments it speaks of by name; with {@code *} when it speaks of all
   */
  Condition(Program program, Shortcut shortcut, Set<String> names, Set<String> arguments) {
    this.program = program;
    this.shortcut = shortcut;
    this.names = Set.copyOf(names);
    this.arguments = Set.copyOf(arguments);
  }

  /** What an expression comes to. */
  sealed interface Result {
    /** It came to a value: a Boolean, or a Long for an amount. */
    record Value(Object value) implements Result {}

    /** It speaks of what will be known later. */
    record Unknown() implements Result {}

    /** It could not be evaluated. */
    record Failed(String code) implements Result {}
  }

  /** The variables it speaks of. */
  Set<String> names() {
    return names;
  }

  Result evaluate(Situation situation) {
    if (touchesCut(situation.cut())) {
      return new Result.Failed(NOT_RECORDED);
    }
    Object known = shortcut.value(situation);
    return known == null ? ask(situation) : new Result.Value(known);
  }

  /** What CEL itself says. */
  Result ask(Situation situation) {
    Map<String, Object> bindings = situation.bindings();
    try {
      return switch (program.eval(bindings)) {
        case Boolean flag -> new Result.Value(flag);
        case Long number -> new Result.Value(number);
        case null, default -> new Result.Failed("INTERNAL_ERROR");
      };
    } catch (CelException e) {
      return names.stream().anyMatch(situation.pending()::contains)
          ? new Result.Unknown()
          : new Result.Failed(e.getErrorCode().name());
    } catch (RuntimeException e) {
      return new Result.Failed("INTERNAL_ERROR");
    }
  }

  private boolean touchesCut(Set<String> cut) {
    return !cut.isEmpty()
        && !arguments.isEmpty()
        && (arguments.contains("*") || arguments.stream().anyMatch(cut::contains));
  }
}
