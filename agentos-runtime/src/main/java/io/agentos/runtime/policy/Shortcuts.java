package io.agentos.runtime.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import io.agentos.runtime.policy.Shortcut.Order;
import io.agentos.runtime.policy.Shortcut.Question;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes shortcuts out of checked expressions; what has no shortcut is left in doubt. */
final class Shortcuts {
  private final CelAbstractSyntaxTree tree;
  private final Subject subject;

  private Shortcuts(CelAbstractSyntaxTree tree, Subject subject) {
    this.tree = tree;
    this.subject = subject;
  }

  static Shortcut of(CelAbstractSyntaxTree tree, Subject subject) {
    return new Shortcuts(tree, subject).of(tree.getExpr());
  }

  private Shortcut of(CelExpr expression) {
    Optional<String> variable =
        tree.getReference(expression.id())
            .map(CelReference::name)
            .filter(Variables.of(subject)::containsKey);
    return switch (expression.getKind()) {
      case CONSTANT -> constant(expression.constant());
      case IDENT -> variable.map(this::variable).orElse(Shortcut.DOUBT);
      case SELECT -> variable.map(this::variable).orElseGet(() -> select(expression.select()));
      case CALL -> call(expression.call());
      case LIST -> list(expression.list());
      case STRUCT, MAP, COMPREHENSION, NOT_SET -> Shortcut.DOUBT;
    };
  }

  private Shortcut variable(String name) {
    return new Shortcut.Variable(name, Variables.of(subject).get(name) == Variables.Type.TIME);
  }

  private Shortcut select(CelExpr.CelSelect select) {
    Shortcut of = of(select.operand());
    return select.testOnly()
        ? new Shortcut.Has(of, select.field())
        : new Shortcut.Member(of, select.field());
  }

  private static Shortcut constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case STRING_VALUE -> new Shortcut.Constant(constant.stringValue());
      case INT64_VALUE -> new Shortcut.Constant(constant.int64Value());
      case BOOLEAN_VALUE -> new Shortcut.Constant(constant.booleanValue());
      case NOT_SET,
          NULL_VALUE,
          UINT64_VALUE,
          DOUBLE_VALUE,
          BYTES_VALUE,
          DURATION_VALUE,
          TIMESTAMP_VALUE ->
          Shortcut.DOUBT;
    };
  }

  private Shortcut list(CelExpr.CelList list) {
    List<Object> texts = new ArrayList<>();
    for (CelExpr element : list.elements()) {
      if (!(of(element) instanceof Shortcut.Constant(String text))) {
        return Shortcut.DOUBT;
      }
      texts.add(text);
    }
    return new Shortcut.Constant(List.copyOf(texts));
  }

  private Shortcut call(CelExpr.CelCall call) {
    List<Shortcut> all = new ArrayList<>();
    call.target().ifPresent(target -> all.add(of(target)));
    call.args().forEach(argument -> all.add(of(argument)));
    return switch (all.size()) {
      case 1 -> unary(call.function(), all.getFirst());
      case 2 -> binary(call.function(), all.getFirst(), all.get(1));
      case 3 ->
          call.function().equals("_?_:_")
              ? new Shortcut.Choice(all.getFirst(), all.get(1), all.get(2))
              : Shortcut.DOUBT;
      default -> Shortcut.DOUBT;
    };
  }

  private static Shortcut unary(String function, Shortcut of) {
    return switch (function) {
      case "!_" -> new Shortcut.Not(of);
      case "size" -> new Shortcut.Size(of);
      default -> Shortcut.DOUBT;
    };
  }

  private static Shortcut binary(String function, Shortcut left, Shortcut right) {
    return switch (function) {
      case "_&&_" -> new Shortcut.Both(left, right, false);
      case "_||_" -> new Shortcut.Both(left, right, true);
      case "_==_" -> new Shortcut.Equal(left, right, true);
      case "_!=_" -> new Shortcut.Equal(left, right, false);
      case "_<_" -> new Shortcut.Compared(left, right, Order.LESS);
      case "_<=_" -> new Shortcut.Compared(left, right, Order.AT_MOST);
      case "_>_" -> new Shortcut.Compared(left, right, Order.MORE);
      case "_>=_" -> new Shortcut.Compared(left, right, Order.AT_LEAST);
      case "@in" -> new Shortcut.In(left, right);
      case "_[_]" ->
          right instanceof Shortcut.Constant(String name)
              ? new Shortcut.Member(left, name)
              : Shortcut.DOUBT;
      case "startsWith" -> new Shortcut.Asked(left, right, Question.STARTS_WITH);
      case "endsWith" -> new Shortcut.Asked(left, right, Question.ENDS_WITH);
      case "contains" -> new Shortcut.Asked(left, right, Question.CONTAINS);
      case "getHours" -> timePart(left, right, true);
      case "getDayOfWeek" -> timePart(left, right, false);
      default -> Shortcut.DOUBT;
    };
  }

  private static Shortcut timePart(Shortcut of, Shortcut zone, boolean hour) {
    if (!(zone instanceof Shortcut.Constant(String region))
        || region.indexOf('/') < 0
        || !(of instanceof Shortcut.Variable(String name, boolean time))
        || !time) {
      return Shortcut.DOUBT;
    }
    try {
      return new Shortcut.TimePart(name, ZoneId.of(region), hour);
    } catch (DateTimeException e) {
      return Shortcut.DOUBT;
    }
  }
}
