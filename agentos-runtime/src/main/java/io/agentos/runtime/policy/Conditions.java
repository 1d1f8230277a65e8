package io.agentos.runtime.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the expressions of rules, type-checked, and binds situations to their variables. Nothing
 * of CEL is loaded before the first expression.
 *
 * <p>Thread-safe.
 */
final class Conditions {
  /** How long an expression may be, in characters. */
  static final int LENGTH_MAX = 2_000;

  private static final int DEPTH_MAX = 40;
  private static final int NODES_MAX = 1_000;
  private static final int ITERATIONS_MAX = 10_000;
  private static final int REGEX_MAX = 1_000;
  private static final int KEPT_MAX = 2_000;
  private static final int MESSAGE_LENGTH_MAX = 200;
  private static final String UNDECLARED = "undeclared reference";
  private static final String NO_CONTAINER = " (in container '')";

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(LENGTH_MAX)
          .maxParseRecursionDepth(DEPTH_MAX)
          .maxParseExpressionNodeCount(NODES_MAX)
          .comprehensionMaxIterations(ITERATIONS_MAX)
          .maxRegexProgramSize(REGEX_MAX)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

  private static final Map<Key, CelCompiler> COMPILERS = new ConcurrentHashMap<>();
  private static final Map<Source, Condition> KEPT = new ConcurrentHashMap<>();

  private Conditions() {}

  private record Key(Subject subject, CelType result) {}

  private record Source(Key key, String text) {}

  /** An expression that does not compile; the message has line and column within it. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  /** A condition of a rule about {@code subject}. */
  static Condition condition(Subject subject, String text) throws Broken {
    return compiled(new Source(new Key(subject, SimpleType.BOOL), text));
  }

  /** An amount of a rule about {@code subject}. */
  static Condition amount(Subject subject, String text) throws Broken {
    return compiled(new Source(new Key(subject, SimpleType.INT), text));
  }

  private static Condition compiled(Source source) throws Broken {
    Condition kept = KEPT.get(source);
    if (kept != null) {
      return kept;
    }
    Condition condition = compile(source);
    if (KEPT.size() >= KEPT_MAX) {
      KEPT.clear();
    }
    KEPT.put(source, condition);
    return condition;
  }

  private static Condition compile(Source source) throws Broken {
    try {
      CelAbstractSyntaxTree tree =
          COMPILERS
              .computeIfAbsent(source.key(), Conditions::compiler)
              .compile(source.text())
              .getAst();
      Set<String> names = new HashSet<>();
      for (CelReference reference : tree.getReferenceMap().values()) {
        names.add(reference.name());
      }
      names.retainAll(Variables.of(source.key().subject()).keySet());
      return new Condition(
          RUNTIME.createProgram(tree),
          Shortcuts.of(tree, source.key().subject()),
          names,
          arguments(tree));
    } catch (CelValidationException e) {
      throw new Broken(told(e, source.key().subject()));
    } catch (CelEvaluationException e) {
      throw new Broken(shortened(String.valueOf(e.getMessage())));
    }
  }

  /** The first problem with its place; of an unknown name, also the names that are known. */
  private static String told(CelValidationException e, Subject subject) {
    CelIssue first = e.getErrors().getFirst();
    String message = first.getMessage().replace(NO_CONTAINER, "");
    return "%d:%d: %s%s"
        .formatted(
            first.getSourceLocation().getLine(),
            first.getSourceLocation().getColumn() + 1,
            shortened(message),
            message.startsWith(UNDECLARED)
                ? "; rules about %ss know %s"
                    .formatted(subject.text(), String.join(", ", Variables.of(subject).keySet()))
                : "");
  }

  private static String shortened(String message) {
    String line = message.replaceAll("\\s+", " ");
    return line.length() <= MESSAGE_LENGTH_MAX ? line : line.substring(0, MESSAGE_LENGTH_MAX) + "…";
  }

  private static CelCompiler compiler(Key key) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(key.result());
    Variables.of(key.subject()).forEach((name, type) -> builder.addVar(name, type(type)));
    return builder.build();
  }

  private static CelType type(Variables.Type type) {
    return switch (type) {
      case TEXT -> SimpleType.STRING;
      case NUMBER -> SimpleType.INT;
      case FLAG -> SimpleType.BOOL;
      case TIME -> SimpleType.TIMESTAMP;
      case TEXTS -> ListType.create(SimpleType.STRING);
      case LABELS -> MapType.create(SimpleType.STRING, SimpleType.STRING);
      case COUNTS -> MapType.create(SimpleType.STRING, SimpleType.INT);
      case VALUES -> MapType.create(SimpleType.STRING, SimpleType.DYN);
    };
  }

  /** The arguments that an expression names; {@code *} when it may look at any. */
  private static Set<String> arguments(CelAbstractSyntaxTree tree) {
    Set<String> names = new HashSet<>();
    CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .filter(node ->
            node.getKind() == CelExpr.ExprKind.Kind.IDENT
                && node.expr().ident().name().equals("args"))
        .forEach(
            node -> names.add(node.parent().map(parent -> argument(parent, node)).orElse("*")));
    return names;
  }

  private static String argument(CelNavigableExpr parent, CelNavigableExpr args) {
    CelExpr expression = parent.expr();
    if (parent.getKind() == CelExpr.ExprKind.Kind.SELECT) {
      return expression.select().field();
    }
    if (parent.getKind() == CelExpr.ExprKind.Kind.CALL
        && expression.call().function().equals("_[_]")
        && expression.call().args().getFirst().id() == args.id()) {
      CelExpr index = expression.call().args().get(1);
      if (index.getKind() == CelExpr.ExprKind.Kind.CONSTANT
          && index.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
        return index.constant().stringValue();
      }
    }
    return "*";
  }

  /** The values of a situation as CEL has them. */
  static Map<String, Object> bind(Subject subject, Map<String, Object> values) {
    Map<String, Variables.Type> types = Variables.of(subject);
    Map<String, Object> bindings = HashMap.newHashMap(values.size());
    values.forEach((name, value) ->
        bindings.put(
            name,
            types.get(name) == Variables.Type.TIME
                ? Instant.parse(value.toString())
                : bound(value)));
    return bindings;
  }

  private static Object bound(@Nullable Object value) {
    return switch (value) {
      case null -> NullValue.NULL_VALUE;
      case Integer number -> number.longValue();
      case List<?> list -> {
        List<Object> items = new ArrayList<>(list.size());
        list.forEach(item -> items.add(bound(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        Map<Object, Object> members = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, member) -> members.put(key, bound(member)));
        yield members;
      }
      default -> value;
    };
  }
}
