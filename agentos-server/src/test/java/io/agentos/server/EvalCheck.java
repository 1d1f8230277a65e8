package io.agentos.server;

import io.agentos.api.Output;
import io.agentos.api.TaskId;
import io.agentos.runtime.approvals.ApprovalView;
import io.agentos.runtime.definitions.EvalDefinition;
import io.agentos.runtime.definitions.EvalExpectation;
import io.agentos.runtime.state.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares what came of a golden task with what must. */
final class EvalCheck {
  private static final UUID NEWEST = new UUID(-1L, -1L);
  private static final int APPROVALS_MAX = 100;

  private final List<String> differences = new ArrayList<>();
  private final EvalExpectation expected;

  private EvalCheck(EvalExpectation expected) {
    this.expected = expected;
  }

  /** What is not as it must be, one line each; empty when all is. */
  static List<String> differences(EvalSystem system, EvalDefinition.Case one, EvalRun.Ended ended) {
    EvalCheck check = new EvalCheck(one.expect());
    EvalSeen seen =
        new EvalSeen(system.stateStore(), ended.tenant(), TaskId.parse(ended.task().id()));
    check.ending(ended.task());
    check.calls(seen.calls());
    check.same("gates", one.expect().gates(), seen.gates());
    check.approvals(system.approvals().list(ended.tenant(), null, null, NEWEST, APPROVALS_MAX));
    check.children(seen.children());
    check.output(ended.task().output());
    return check.differences;
  }

  private void ending(TaskView task) {
    TaskView.Problem error = task.error();
    if (!task.state().equals(expected.state())
        || (!expected.code().isEmpty()
            && !expected.code().equals(error == null ? "" : error.code()))) {
      differences.add(
          "state: wanted %s %s, came %s: %s"
              .formatted(expected.state(), expected.code(), task.state(), error));
    }
  }

  private void calls(List<EvalExpectation.Call> seen) {
    boolean fits = seen.size() == expected.calls().size();
    for (int i = 0; fits && i < seen.size(); i++) {
      EvalExpectation.Call wanted = expected.calls().get(i);
      EvalExpectation.Call came = seen.get(i);
      fits =
          wanted.tool().equals(came.tool())
              && wanted.outcome().equals(came.outcome())
              && holds(came.arguments(), wanted.arguments());
    }
    if (!fits) {
      same("calls", expected.calls(), seen);
    }
  }

  /** Maps may have more than is wanted; all else must be the same. */
  private static boolean holds(@Nullable Object came, @Nullable Object wanted) {
    return switch (wanted) {
      case Map<?, ?> map ->
          came instanceof Map<?, ?> other
              && map.entrySet().stream()
                  .allMatch(entry -> holds(other.get(entry.getKey()), entry.getValue()));
      case List<?> list -> {
        boolean fits = came instanceof List<?> other && other.size() == list.size();
        for (int i = 0; fits && i < list.size(); i++) {
          fits = holds(((List<?>) came).get(i), list.get(i));
        }
        yield fits;
      }
      case null, default -> Objects.equals(String.valueOf(came), String.valueOf(wanted));
    };
  }

  private void approvals(List<ApprovalView> asked) {
    same(
        "approvals",
        expected.approvals().stream()
            .map(each ->
                "%s by %s: %s"
                    .formatted(
                        each.tool(),
                        each.by(),
                        each.decide().equals("approve") ? "approved" : "rejected"))
            .sorted()
            .toList(),
        asked.stream()
            .map(each -> "%s by %s: %s".formatted(each.tool(), each.rule(), decision(each)))
            .sorted()
            .toList());
  }

  /** One that was approved is consumed by its call. */
  private static String decision(ApprovalView asked) {
    return asked.state().equals("consumed") ? "approved" : asked.state();
  }

  private void children(List<EvalExpectation.Child> seen) {
    boolean fits = seen.size() == expected.children().size();
    for (int i = 0; fits && i < seen.size(); i++) {
      EvalExpectation.Child wanted = expected.children().get(i);
      EvalExpectation.Child came = seen.get(i);
      fits =
          wanted.agent().equals(came.agent())
              && wanted.state().equals(came.state())
              && (wanted.provider().isEmpty() || wanted.provider().equals(came.provider()));
    }
    if (!fits) {
      same("children", expected.children(), seen);
    }
  }

  private void output(@Nullable Output output) {
    String text = output == null ? "" : output.text();
    for (String wanted : expected.output().contains()) {
      if (!text.contains(wanted)) {
        differences.add("output: '%s' is not in it".formatted(wanted));
      }
    }
    for (String unwanted : expected.output().lacks()) {
      if (text.contains(unwanted)) {
        differences.add("output: '%s' is in it".formatted(unwanted));
      }
    }
    for (String heading : expected.output().sections()) {
      if (!Pattern.compile("(?m)^#{1,6} +" + Pattern.quote(heading) + " *$").matcher(text).find()) {
        differences.add("output: the heading '%s' is not there".formatted(heading));
      }
    }
  }

  private void same(String what, List<?> wanted, List<?> came) {
    if (!wanted.equals(came)) {
      differences.add("%s:%n  wanted %s%n  came   %s".formatted(what, wanted, came));
    }
  }
}
